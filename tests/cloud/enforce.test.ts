import assert from "node:assert/strict";
import { join } from "node:path";
import { inc } from "semver";
import advisory from "../../config/advisory.json";
import mandatory from "../../config/mandatory.json";
import { programOf } from "../../examples";
import type { EngineStack } from "../../tools/pulumi/engine";
import { typeAndName } from "../support/engine/run";
import { between, codeIn, PAGE, RUN } from "./rollout";
import { cloudTier, languageHost, ROOT, type Session, startSession } from "./session";

const { version: VERSION } = require(join(ROOT, "package.json"));
const NEXT = inc(VERSION, "minor") as string;

/** What the program without the fixes has, as the service gets it. */
const FOUND = [
    ["apigateway-account-cloudwatch-role", "aws:apigateway/methodSettings:MethodSettings::prod"],
    ["apigateway-account-role-set", "aws:apigateway/account:Account::account"],
    ["apigateway-method-settings-logging-level", "aws:apigateway/methodSettings:MethodSettings::prod-list-orders"],
    ["apigateway-method-settings-logging-level", "aws:apigateway/methodSettings:MethodSettings::test"],
    ["apigateway-stage-execution-logging", "aws:apigateway/stage:Stage::dev"],
    ["cloudwatch-log-group-retention", "aws:cloudwatch/logGroup:LogGroup::orders-prod"],
] as const;

type Levels = Readonly<Partial<Record<string, string>>>;

interface Exception {
    readonly id: string;
    readonly reason: string;
}

/** The findings of that program with a config, each mandatory one with an exception if there is one. */
function found(levels: Levels, exception?: Exception) {
    return FOUND.map(([policy, resource]) => {
        const level = levels[policy];
        const exceptions = exception !== undefined && level === "mandatory" ? [exception] : [];
        return { policy, resource, level, severity: "medium", exceptions };
    });
}

/** Of apitype.EngineEvent what is read here. */
interface Event {
    readonly policyEvent?: {
        readonly policyName: string;
        readonly resourceUrn: string;
        readonly enforcementLevel: string;
        readonly severity: string;
        readonly exceptions?: readonly Exception[];
    };
    readonly summaryEvent?: { readonly PolicyPacks: Levels };
    readonly policyAnalyzeSummaryEvent?: Verdicts & { readonly resourceUrn: string };
    readonly policyAnalyzeStackSummaryEvent?: Verdicts;
}

interface Verdicts {
    readonly passed?: readonly string[];
    readonly failed?: readonly string[];
}

/** The page names versions that a reader may have, the tests those that there are. */
const withoutVersions = (command: string) => command.replaceAll(/\b\d+\.\d+\.\d+\b/g, "VERSION");

const verdictsOf = ({ passed = [], failed = [] }: Verdicts) => ({ passed, failed });

cloudTier(`a policy pack in Pulumi Cloud, with ${languageHost()}`, () => {
    let session: Session;
    let stack: EngineStack;
    const ran = new Set<string>();
    before(async () => {
        session = await startSession();
        stack = await session.stack(programOf("rest-api-mistakes"), "orders", "acme/dev");
    });
    after(() => session?.end());

    /** Runs a command that must succeed. */
    async function succeeds(command: string, cwd?: string): Promise<string> {
        ran.add(withoutVersions(command));
        const { exitCode, stdout, stderr } = await session.run(command, cwd);
        assert.equal(exitCode, 0, `${command}\n${stdout}${stderr}`);
        return stdout + stderr;
    }

    /** What a command that must fail says. */
    async function fails(command: string): Promise<string> {
        const { exitCode, stdout, stderr } = await session.run(command);
        assert.notEqual(exitCode, 0, `${command}\n${stdout}${stderr}`);
        return stderr;
    }

    /** A preview or an update as the service got it: its events, and how it ended. */
    async function received(run: ReturnType<EngineStack["up"]>) {
        const { exitCode, stdout } = await run;
        const { kind, status, events = [] } = session.cloud.runs.at(-1) ?? {};
        const all: readonly Event[] = events;
        return {
            stdout,
            run: { kind, status, isGreen: exitCode === 0 },
            packs: all.flatMap(({ summaryEvent }) => (summaryEvent ? [summaryEvent.PolicyPacks] : [])),
            violations: all
                .flatMap(({ policyEvent }) => policyEvent ?? [])
                .map(({ policyName, resourceUrn, enforcementLevel, severity, exceptions = [] }) => ({
                    policy: policyName,
                    resource: typeAndName(resourceUrn),
                    ...{ level: enforcementLevel, severity, exceptions },
                }))
                .sort((a, b) => (`${a.policy} ${a.resource}` < `${b.policy} ${b.resource}` ? -1 : 1)),
            stackPolicies: all.flatMap(({ policyAnalyzeStackSummaryEvent: one }) => (one ? [verdictsOf(one)] : [])),
            resourcePolicies: Object.fromEntries(
                all
                    .flatMap(({ policyAnalyzeSummaryEvent }) => policyAnalyzeSummaryEvent ?? [])
                    .filter(({ passed, failed }) => passed || failed)
                    .map((one) => [typeAndName(one.resourceUrn), verdictsOf(one)]),
            ),
        };
    }

    it("is published", async () => {
        await succeeds("pulumi policy publish acme", session.pack(VERSION));
        const said = await fails(`pulumi policy enable acme/apigateway-guard ${NEXT}`);
        assert.match(said, new RegExp(`\\[404\\] there is no policy pack apigateway-guard ${NEXT}`));
    });

    it("has a schema that a config is validated against", async () => {
        const ofVersion = `acme/apigateway-guard ${VERSION}`;
        for (const config of ["advisory", "mandatory", "remediate", "security-hub"]) {
            const said = await succeeds(`pulumi policy validate-config ${ofVersion} --config config/${config}.json`);
            assert.equal(said, `Policy pack acme/apigateway-guard version ${VERSION} configuration is valid.\n`);
        }
        const byEnvironment = session.file("environments.json", JSON.parse(codeIn(PAGE, "json")));
        await succeeds(`pulumi policy validate-config ${ofVersion} --config ${byEnvironment}`);
        const misspelt = session.file("misspelt.json", {
            "cloudwatch-log-group-retention": { maxDay: 90 },
            "cloudwatch-log-groups-retention": "mandatory",
        });
        await succeeds(`pulumi policy validate-config ${ofVersion} --config ${misspelt}`);
        const bad = session.file("bad.json", { "cloudwatch-log-group-retention": { maxDays: "90" } });
        assert.equal(
            await fails(`pulumi policy validate-config ${ofVersion} --config ${bad}`),
            "error: policy pack configuration is invalid: Invalid type. Expected: integer, given: string\n",
        );
        assert.match(
            await fails(`pulumi policy enable acme/apigateway-guard latest --config ${bad}`),
            /\[400\] config of cloudwatch-log-group-retention: data\/maxDays must be integer/,
        );
    });

    it("is enabled for an audit group", async () => {
        await succeeds("pulumi policy group new audit --mode audit --org acme --yes");
        await succeeds("pulumi policy group edit audit --add-stack orders/dev --org acme");
        const config = "--config config/advisory.json";
        const said = await succeeds(`pulumi policy enable acme/apigateway-guard latest ${config} --policy-group audit`);
        // From 3.276 on, it also says how many policies the group configures.
        const pack = `  - apigateway-guard \\(${VERSION}\\)(, \\d+ configured policies)?`;
        assert.match(said, new RegExp(`Mode: +audit\n(.*\n)*${pack}\nStacks: +1\n  - orders/dev`));
    });

    it("warns in every stack once it is enabled as advisory", async () => {
        await succeeds("pulumi policy enable acme/apigateway-guard latest --config config/advisory.json");
        const { run, packs, violations, stackPolicies, resourcePolicies } = await received(stack.preview());
        assert.deepEqual(run, { kind: "preview", status: "succeeded", isGreen: true });
        assert.deepEqual(packs, [{ "apigateway-guard": VERSION }]);
        assert.deepEqual(violations, found(advisory));
        assert.deepEqual(stackPolicies, [
            {
                passed: ["apigateway-stage-execution-log-group"],
                failed: ["apigateway-account-cloudwatch-role", "apigateway-stage-execution-logging"],
            },
        ]);
        const [trace, level] = ["apigateway-method-settings-data-trace", "apigateway-method-settings-logging-level"];
        const settings = "aws:apigateway/methodSettings:MethodSettings";
        assert.deepEqual(resourcePolicies, {
            "aws:apigateway/account:Account::account": { passed: [], failed: ["apigateway-account-role-set"] },
            "aws:cloudwatch/logGroup:LogGroup::orders-prod": { passed: [], failed: ["cloudwatch-log-group-retention"] },
            [`${settings}::prod`]: { passed: [trace, level], failed: [] },
            [`${settings}::prod-list-orders`]: { passed: [trace], failed: [level] },
            [`${settings}::test`]: { passed: [trace], failed: [level] },
        });
    });

    it("fails the preview once it is enabled as mandatory, and says what to change", async () => {
        await succeeds("pulumi policy enable acme/apigateway-guard latest --config config/mandatory.json");
        const { run, violations, stdout } = await received(stack.preview());
        assert.deepEqual(run, { kind: "preview", status: "failed", isGreen: false });
        assert.deepEqual(violations, found(mandatory));
        const [, ...lines] = codeIn(between("blocked"), "text").trimEnd().split("\n");
        assert.deepEqual(
            lines.filter((line) => !stdout.includes(`${line}\n`)),
            [],
        );
    });

    it("lets through what has an exception, and says which", async () => {
        await succeeds(
            'pulumi policy exception new acme/apigateway-guard --stack acme/orders/dev --preview --reason "Moves to the new API by June (OPS-31)" --expires-in 30d --yes',
        );
        const { run, violations, stdout } = await received(stack.preview());
        assert.deepEqual(run, { kind: "preview", status: "succeeded", isGreen: true });
        const exception = { id: "EXC-1", reason: "Moves to the new API by June (OPS-31)" };
        assert.deepEqual(violations, found(mandatory, exception));
        assert.match(stdout, / \[exempted\] {2}apigateway-method-settings-logging-level {2}\(2 violations\)/);
        await succeeds("pulumi policy exception remove EXC-1 --org acme --yes");
    });

    it("lets the program through that has the fixes", async () => {
        const fixed = programOf("rest-api");
        const preview = await received(stack.preview(fixed));
        assert.deepEqual(preview.run, { kind: "preview", status: "succeeded", isGreen: true });
        assert.deepEqual(preview.violations, []);
        const up = await received(stack.up(fixed));
        assert.deepEqual(up.run, { kind: "update", status: "succeeded", isGreen: true });
        assert.deepEqual(up.violations, []);
        assert.deepEqual(up.stackPolicies, [
            {
                passed: [
                    "apigateway-account-cloudwatch-role",
                    "apigateway-stage-execution-log-group",
                    "apigateway-stage-execution-logging",
                ],
                failed: [],
            },
        ]);
    });

    it("runs in a new version once that is enabled", async () => {
        await succeeds("pulumi policy publish acme", session.pack(NEXT));
        await succeeds(`pulumi policy enable acme/apigateway-guard ${NEXT} --config config/mandatory.json`);
        const { run, packs, violations } = await received(stack.preview());
        assert.deepEqual(run, { kind: "preview", status: "failed", isGreen: false });
        assert.deepEqual(packs, [{ "apigateway-guard": NEXT }]);
        assert.deepEqual(violations, found(mandatory));
    });

    it("no longer runs once it is disabled", async () => {
        await succeeds("pulumi policy disable acme/apigateway-guard");
        const { run, packs, violations } = await received(stack.preview());
        assert.deepEqual(run, { kind: "preview", status: "succeeded", isGreen: true });
        assert.deepEqual(packs, [{}]);
        assert.deepEqual(violations, []);
    });

    it("has run every command of docs/rollout.md that needs no account of one's own", () => {
        const commands = RUN.map((command) => /pulumi policy .*/.exec(command)?.[0] ?? "").filter((one) => one !== "");
        assert.deepEqual(
            commands.map(withoutVersions).filter((command) => !ran.has(command)),
            [],
        );
    });

    it("had the service refuse nothing else", () => {
        const refused = session.cloud.refused.map((one) => one.replace(/:.*/, ""));
        assert.deepEqual(refused, [
            // Asked before the stack is made.
            "404 GET /api/stacks/acme/orders/dev",
            // The version that is not published yet, and the bad config.
            "404 PATCH /api/orgs/acme/policygroups/default-policy-group",
            "400 PATCH /api/orgs/acme/policygroups/default-policy-group",
        ]);
    });
});
