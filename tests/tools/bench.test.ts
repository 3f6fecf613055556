import assert from "node:assert/strict";
import { check } from "../../cli/commands/check";
import { report } from "../../cli/commands/report";
import type { Report } from "../../cli/report/model";
import { allTags } from "../../pack/metadata";
import { policies } from "../../policies";
import { pageOf } from "../../tools/bench";
import { atLeast, atMost, withGoals } from "../../tools/bench/goals";
import { comparison, table } from "../../tools/bench/measure";
import { ALL_POLICIES, idlePolicies } from "../../tools/bench/packs";
import * as shapes from "../../tools/bench/shapes";
import { generatedState, slimState } from "../../tools/bench/states";
import { withFolder } from "../support/folder";

interface Recorded {
    readonly urn: string;
    readonly type: string;
    readonly parent?: string;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

function resourcesOf(state: object): readonly Recorded[] {
    return (state as { deployment: { resources: readonly Recorded[] } }).deployment.resources;
}

function ofApiGateway(state: object): number {
    return resourcesOf(state).filter(({ type }) => /^aws:(apigateway|apigatewayv2|cloudwatch)\//.test(type)).length;
}

describe("bench", () => {
    describe("a generated state", () => {
        for (const size of [1, 2, 3, 4, 200, 1000]) {
            it(`has ${size} resources when asked for so many`, () => {
                assert.equal(resourcesOf(generatedState(size)).length, size);
            });
        }

        it("is the same every time", () => {
            assert.deepEqual(generatedState(1000), generatedState(1000));
        });

        it("has one resource in twenty of API Gateway, or as many as it is asked for", () => {
            assert.equal(ofApiGateway(generatedState(1000)), 50);
            assert.equal(ofApiGateway(generatedState(1000, 2)), 499);
            assert.equal(ofApiGateway(generatedState(1000, 1)), 997);
        });

        it("names every resource once, and after those it needs", () => {
            const seen = new Set<string>();
            for (const { urn, parent, dependencies = [], propertyDependencies = {} } of resourcesOf(
                generatedState(1000),
            )) {
                const needed = [...dependencies, ...Object.values(propertyDependencies).flat(), parent];
                assert.deepEqual(
                    needed.filter((one) => one !== undefined && !seen.has(one)),
                    [],
                    urn,
                );
                assert.ok(!seen.has(urn), urn);
                seen.add(urn);
            }
        });

        describe("that is slim", () => {
            const state = slimState(2000, 40);

            it("has as many resources and stages as it is asked for, of some 550 bytes", () => {
                const resources = resourcesOf(state);
                const bytes = JSON.stringify(resources).length / resources.length;
                assert.equal(resources.length, 2000);
                assert.equal(resources.filter(({ type }) => type.endsWith(":Stage")).length, 40);
                assert.ok(bytes > 525 && bytes < 575, `${bytes}`);
            });
        });

        describe("as check evaluates it", () => {
            const { write } = withFolder();
            let made: Report;
            before(async () => {
                made = await check([write("state.json", generatedState(1000))]);
            });

            it("is a stack that can be decided on", () => {
                const { problems, undecided, stacks } = made;
                assert.deepEqual({ problems, undecided }, { problems: [], undecided: [] });
                assert.deepEqual(
                    stacks.map(({ stack, resources }) => ({ stack, resources })),
                    [{ stack: "shop/prod", resources: 1000 }],
                );
            });

            it("breaks every policy that is not optional", () => {
                const broken = new Set(made.findings.map(({ policy }) => policy));
                const enabled = policies.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
                assert.deepEqual([...broken].sort(), enabled.sort());
            });

            it("breaks every policy that config/security-hub.json enables", async () => {
                const { findings, rules, undecided } = await check([write("state.json", generatedState(1000))], {
                    config: ALL_POLICIES,
                });
                const broken = new Set(findings.map(({ policy }) => policy));
                assert.deepEqual(
                    [rules.map(({ policy }) => policy).filter((name) => !broken.has(name)), undecided],
                    [[], []],
                );
            });

            it("has APIs of each protocol with no mistake", () => {
                const wrong = new Set(made.findings.map(({ name }) => name.replace(/^(api-\d+).*/, "$1")));
                assert.deepEqual(
                    ["api-0", "api-2", "api-5"].filter((name) => wrong.has(name)),
                    [],
                );
            });
        });
    });

    describe("a slim state, as check evaluates it,", () => {
        const { write } = withFolder();

        it("has the findings of the same APIs with all that providers add", async () => {
            const findingsOf = async (name: string, state: object) => {
                const { problems, findings } = await check([write(name, state)]);
                assert.deepEqual(problems, []);
                return findings.map(({ policy, name }) => ({ policy, name }));
            };
            const [slim, fat] = [slimState(200, 9), generatedState(200, 1)];
            const names = new Set(resourcesOf(slim).map(({ urn }) => urn.split("::").at(-1)));
            const expected = (await findingsOf("fat", fat)).filter(({ name }) => names.has(name));
            assert.deepEqual(await findingsOf("slim", slim), expected);
        });
    });

    describe("the shape of", () => {
        const { write } = withFolder();
        const [group, account] = ["apigateway-stage-execution-log-group", "apigateway-account-cloudwatch-role"];
        const [logging, retention] = ["apigateway-stage-execution-logging", "cloudwatch-log-group-retention"];

        const ROWS: readonly (readonly [
            make: (n: number) => object | string,
            findings: readonly string[],
            first?: RegExp,
        ])[] = [
            [shapes.manyApis, [`${group} stage-2`], /"api-2" does not depend .* "stage-2"/],
            [shapes.manyStages, [`${group} stage-2`], /"api" does not depend .* "stage-2"/],
            [shapes.manyStagesOfMethods, [`${group} stage-2`], /"api" does not depend .* "stage-2"/],
            [shapes.settingsInTurn, [0, 1, 2].map((index) => `${account} settings-${index}`)],
            [shapes.deepChain, [`${logging} stage`], /of API "api"/],
            [shapes.childrenFirst, [`${retention} group`]],
            [shapes.manyAccounts, [`${account} account-2`, `${account} settings-2`], /"account-0"/],
            [shapes.dependencyOnDeepChain, [`${account} independent`]],
            [shapes.longList, [`${logging} stage`], /of API "api"/],
            [shapes.manyFindings, [0, 1, 2].map((index) => `${logging} stage-${index}`)],
            [shapes.deepProperties, [`${retention} group`]],
        ];
        for (const [make, expected, first = /./] of ROWS) {
            it(`${make.name} has the findings that it is made for`, async () => {
                const { problems, undecided, findings } = await check([write("state", make(3))]);
                assert.deepEqual([problems, undecided], [[], []]);
                assert.deepEqual(
                    findings.map((finding) => `${finding.policy} ${finding.name}`),
                    expected,
                );
                assert.match(findings[0]?.problem ?? "", first);
            });
        }

        it("childrenFirst has a location at its outermost component only", async () => {
            const { findings } = await check([write("state", shapes.childrenFirst(3))]);
            assert.notEqual(findings[0]?.location, null);
        });

        it("manyRuns has a finding for each run", async () => {
            const { problems, findings } = await report(write("runs", shapes.manyRuns(3)));
            assert.deepEqual([problems, findings.length], [[], 3]);
        });
    });

    it("the policies that do nothing are of the kinds of the others, with their metadata and schemas", () => {
        const idle: readonly Record<string, unknown>[] = JSON.parse(idlePolicies(policies));
        assert.deepEqual(
            idle.map(({ name, kind, description, tags, configSchema }) => [
                name,
                kind,
                description,
                tags,
                configSchema,
            ]),
            policies.map((policy) => [
                ...[policy.name, policy.kind, policy.description, allTags(policy)],
                JSON.parse(JSON.stringify({ properties: policy.config })),
            ]),
        );
        assert.ok(idle.every((one) => !("validateStack" in one) && !("validateResource" in one)));
    });

    describe("the page", () => {
        const [packs, ours] = ["Packs in `pulumi policy analyze`", "`apigateway-guard check`"];
        const head = "# Benchmark\n\nMade by `npm run bench -- --write`.\n";

        it("has all that was measured", () => {
            const parts = new Map([
                [ours, "B"],
                [packs, "A"],
            ]);
            assert.equal(pageOf("", parts), `${head}\n## ${packs}\n\nA\n\n## ${ours}\n\nB\n`);
        });

        it("keeps the part that was not measured this time", () => {
            const before = `${head}\n## ${packs}\n\nA\n\n| a |\n\n## ${ours}\n\nB\n`;
            assert.equal(pageOf(before, new Map([[ours, "C"]])), before.replace("B\n", "C\n"));
        });

        it("names the targets that are missed, above what was measured", () => {
            const goals = [atMost("seconds", 2, 2), atLeast("times", 25, 24.5), atMost("ratio", 5, Number.NaN)];
            assert.equal(
                withGoals([
                    { goals, text: "A" },
                    { goals: [], text: "B" },
                ]),
                [
                    "Missed: times; ratio.\n",
                    "| target | aim | measured | met |",
                    "| --- | --- | --- | --- |",
                    "| seconds | at most 2 | 2.00 | yes |",
                    "| times | at least 25 | 24.50 | no |",
                    "| ratio | at most 5 | none | no |",
                    "\nA\n\nB",
                ].join("\n"),
            );
        });

        it("has ratios to the first of those that took turns", () => {
            const rows = comparison("10", {
                one: { seconds: 2, userSeconds: 1, memory: 100 },
                other: { seconds: 3, userSeconds: 1, memory: 50 },
            });
            assert.equal(
                table(["size", "process", "seconds", "ratio", "MB", "ratio"], rows),
                [
                    "| size | process | seconds | ratio | MB | ratio |",
                    "| --: | --- | --: | --: | --: | --: |",
                    "| 10 | one | 2.00 | 1.00 | 100 | 1.00 |",
                    "| 10 | other | 3.00 | 1.50 | 50 | 0.50 |",
                ].join("\n"),
            );
        });
    });
});
