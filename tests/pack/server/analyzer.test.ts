import assert from "node:assert/strict";
import {
    AnalyzeResponse,
    AnalyzeStackRequest,
    ConfigureAnalyzerRequest,
    type EnforcementLevel,
    PolicyConfig,
    RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { PACK } from "../../../pack/about";
import type { LogNote } from "../../../pack/notes";
import { type Policy, resourcePolicy, stackPolicy } from "../../../pack/policy";
import { type Analyzer, analyzerOf } from "../../../pack/server/analyzer";
import { ofType } from "../../../stack/stack";
import { text } from "../../../stack/values";
import { declare, secret, wire } from "../../support/wire/declare";
import { analyzeRequest, analyzerResource, type WireResource } from "../../support/wire/pack";

// With the policies of the pack, and beside the policy SDK: tests/wire.
const BUCKET = "aws:s3/bucket:Bucket";

const METADATA = {
    displayName: "Shops are open",
    description: "Every shop is open.",
    remediationSteps: "Open the shop.",
    severity: "low",
    url: "https://docs.aws.amazon.com/shop",
    types: [BUCKET],
} as const;

function bucket(props: Record<string, unknown>): WireResource {
    return wire([declare(BUCKET, "one", props)], "first preview", "inputs")[1] as WireResource;
}

const bytesOf = (message: { serializeBinary(): Uint8Array }) => Buffer.from(message.serializeBinary());

function configured(analyzer: Analyzer, levels: Readonly<Record<string, number>>): Analyzer {
    const request = new ConfigureAnalyzerRequest();
    for (const [name, level] of Object.entries(levels)) {
        request.getPolicyconfigMap().set(name, new PolicyConfig().setEnforcementlevel(level as EnforcementLevel));
    }
    analyzer.configure(bytesOf(request));
    return analyzer;
}

function serving(...policies: readonly Policy[]) {
    const said: LogNote[] = [];
    return { said, analyzer: analyzerOf(policies, { about: PACK, say: async (note) => void said.push(note) }) };
}

const inOrder = (name: string, remediates = true) =>
    resourcePolicy({
        ...{ ...METADATA, name, remediates },
        evaluate: (resource) => ({
            problem: `The shop is called ${String(text(resource, "name"))}.`,
            advice: "Close.",
            remedy: [{ set: ["name"], to: `${String(text(resource, "name"))}, ${name}` }],
        }),
    });

const analyze = (analyzer: Analyzer, resource: WireResource) =>
    AnalyzeResponse.deserializeBinary(analyzer.analyze(bytesOf(analyzeRequest(resource))));
const stackRequest = (resources: readonly WireResource[]) =>
    bytesOf(new AnalyzeStackRequest().setResourcesList(resources.map(analyzerResource)));

describe("the pack's own server", () => {
    it("evaluates by the defaults of the policies until it is configured", () => {
        const { analyzer } = serving(inOrder("shop-policy"));
        const levels = analyze(analyzer, bucket({ name: "a" })).getDiagnosticsList();
        assert.deepEqual(
            levels.map((one) => [one.getEnforcementlevel(), one.getMessage()]),
            [[0, "Every shop is open.\nThe shop is called a.\nClose."]],
        );
    });

    it("has mandatory findings where a remediation has left something", () => {
        const { analyzer } = serving(inOrder("shop-policy"));
        const [finding] = analyze(
            configured(analyzer, { "shop-policy": 3 }),
            bucket({ name: "a" }),
        ).getDiagnosticsList();
        assert.equal(finding?.getEnforcementlevel(), 1);
    });

    it("remediates one after the other, each what the one before has left", () => {
        const { analyzer } = serving(inOrder("first"), inOrder("none", false), inOrder("second"));
        const all = configured(analyzer, { first: 3, none: 3, second: 3 });
        const answer = RemediateResponse.deserializeBinary(
            all.remediate(bytesOf(analyzeRequest(bucket({ name: secret("a"), other: secret({ b: 1 }) })))),
        );
        assert.deepEqual(
            answer.getRemediationsList().map((one) => one.getProperties()?.toJavaScript()),
            [
                { name: secret("a, first"), other: secret({ b: 1 }) },
                { name: secret("a, first, second"), other: secret({ b: 1 }) },
            ],
        );
        assert.deepEqual(
            answer.getNotApplicableList().map((one) => [one.getPolicyName(), one.getReason()]),
            [["none", "Policy does not implement remediateResource"]],
        );
    });

    it("rejects a level that the protocol does not have", () => {
        const { analyzer } = serving(inOrder("shop-policy"));
        assert.throws(() => configured(analyzer, { "shop-policy": 9 }), { message: "Unknown enforcement level 9." });
    });

    it("names the policy that fails, whatever it throws", async () => {
        const fails = (error: unknown) => () => {
            throw error;
        };
        const common = { ...METADATA, name: "shop-policy" };
        const { analyzer } = serving(resourcePolicy({ ...common, evaluate: fails("no reason") }));
        assert.throws(() => analyze(analyzer, bucket({ name: "a" })), {
            message: `Error validating resource with policy 'shop-policy' from policy pack 'apigateway-guard@v${PACK.version}':\nno reason`,
        });
        const { analyzer: ofStacks } = serving(stackPolicy({ ...common, evaluate: fails(new Error("a reason")) }));
        await assert.rejects(ofStacks.analyzeStack(stackRequest([bucket({ name: "a" })])), /\nError: a reason\n/);
    });

    it("says what could not be decided before it answers, be it with an error", async () => {
        const common = { ...METADATA, name: "shop-policy" };
        const fails = (): never => {
            throw new Error("a reason");
        };
        const undecided = stackPolicy({ ...common, name: "shop-stack", evaluate: () => [{ undecided: "it" }] });
        const { analyzer, said } = serving(undecided, stackPolicy({ ...common, evaluate: fails }));
        await assert.rejects(analyzer.analyzeStack(stackRequest([bucket({ name: "a" })])));
        assert.deepEqual(said, [{ text: "shop-stack could not decide on it" }]);
    });

    it("works out what stack policies share once a request, and decodes a resource once", async () => {
        const props = new Set<unknown>();
        const stacks = new Set<unknown>();
        const watching = (name: string) =>
            stackPolicy({
                ...{ ...METADATA, name },
                evaluate: (stack) => {
                    stacks.add(stack);
                    for (const one of ofType(stack, BUCKET)) {
                        props.add(one.props);
                    }
                    return [];
                },
            });
        const { analyzer } = serving(watching("first"), watching("second"));
        await analyzer.analyzeStack(stackRequest([bucket({ name: "a" })]));
        assert.deepEqual([stacks.size, props.size], [1, 1]);
    });
});
