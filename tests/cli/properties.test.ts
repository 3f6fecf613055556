/** What must hold for every stack, tried on random stacks. `RUNS=5000 npx mocha FILE` tries harder. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { BadInput } from "../../cli/errors";
import { type Evaluation, type EvaluationOptions, evaluate, type Verdict } from "../../cli/evaluate";
import { validPolicyConfig } from "../../cli/inputs/policy-config";
import type { Properties } from "../../cli/inputs/properties";
import { readState } from "../../cli/inputs/read-state";
import type { RecordedResource } from "../../cli/inputs/recorded";
import { locationOf } from "../../cli/report/location";
import type { StackState } from "../../cli/state";
import { readConfig } from "../../pack/config";
import type { EnabledPolicy } from "../../pack/enabled";
import { policyMessageOf, undecidedLine } from "../../pack/finding";
import type { Made } from "../support/generated/draft";
import { fileOf, previewOf, resourcesAmong, resourcesOf } from "../support/generated/files";
import { type Program, programs } from "../support/generated/programs";
import { certificateId } from "../support/generated/rest-stages";
import { additionsTo, names, unrelated } from "../support/generated/unrelated";
import { classicWebAclId, webAclArn } from "../support/generated/web-acls";
import { strangeFiles, strangeTextOf } from "../support/strange";
import { MOMENTS } from "../support/wire/declare";

const RUNS = Number(process.env.RUNS ?? 400);

/** All policies, with what a program may use. Only the first web ACL and the first certificate that it creates are listed. */
const STRICT = {
    all: "mandatory",
    "apigateway-stage-client-certificate": { certificateIds: [certificateId(0)] },
    "apigateway-stage-web-acl": {
        webAclArns: [webAclArn(0), `arn:aws:waf-regional:eu-west-1:123456789012:webacl/${classicWebAclId(0)}`],
    },
    "apigatewayv2-route-authorization": { authorizationTypes: ["JWT", "CUSTOM"], everyWebSocketRoute: true },
    "cloudwatch-log-group-retention": { minDays: 42 },
    "rds-log-exports": { controls: ["RDS.9", "RDS.34", "RDS.40"], logTypes: ["audit", "error", "agent", "postgresql"] },
};

/**
 * Few, because validating a config takes longer than evaluating a stack. They have no patterns of log-group names: a group
 * whose name is not known yet is checked whatever the patterns, so before the deployment there can be a finding that goes
 * away.
 */
const CONFIGS: readonly string[] = [
    {},
    JSON.parse(readFileSync("config/security-hub.json", "utf8")),
    STRICT,
    { all: "mandatory", "apigateway-account-cloudwatch-role": { requireInStack: true } },
    {
        "apigateway-account-cloudwatch-role": { requireInStack: true, enforcementLevel: "mandatory" },
        "apigateway-method-settings-logging-level": { levels: ["ERROR"], enforcementLevel: "remediate" },
        "apigatewayv2-stage-execution-logging": { levels: ["ERROR"] },
        "cloudwatch-log-group-retention": { minDays: 90, maxDays: 0 },
    },
    {
        all: "disabled",
        "apigateway-method-settings-logging-level": { levels: ["INFO"], setLevel: "INFO" },
        "apigatewayv2-stage-execution-logging": { levels: ["INFO"], enforcementLevel: "advisory" },
        "apigateway-stage-execution-log-group": "mandatory",
        "cloudwatch-log-group-retention": { maxDays: 365, enforcementLevel: "remediate" },
    },
].map((config) => JSON.stringify(config));
const configs = fc.constantFrom(...CONFIGS);
const enabledBy = new Map<string, readonly EnabledPolicy[]>();

function evaluated(document: unknown, config: string): Evaluation {
    // From text, as in a file.
    return evaluateWith(readState(JSON.parse(JSON.stringify(document))) as StackState, config);
}

function evaluateWith(state: StackState, config: string): Evaluation {
    return evaluate(state, optionsOf(config));
}

function optionsOf(config: string): EvaluationOptions {
    return { enabled: enabledBy.get(config) as readonly EnabledPolicy[], today: "2026-11-25" };
}

interface Reported {
    readonly policy: string;
    readonly urn: string;
    readonly message: string;
    readonly level: string;
    readonly wouldBeRemediated: boolean;
}

function reported({ verdicts }: Evaluation): Reported[] {
    return verdicts.map(({ enabled: { policy, level, remediates }, urn, finding }) => ({
        ...{ policy: policy.name, urn, level },
        message: policyMessageOf(finding),
        wouldBeRemediated: remediates && finding.remedy !== undefined,
    }));
}

function undecidedIn({ undecided }: Evaluation): string[] {
    return undecided.map(({ policy, cases }) => undecidedLine(policy.name, cases));
}

/** In an order of its own, because findings are in the order of the resources. */
function sorted<T>(all: readonly T[]): T[] {
    const keyed = all.map((one) => [JSON.stringify(one), one] as const);
    return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, one]) => one);
}

/** As a set: a stack that lacks an Account in each of several AWS accounts has several findings of the same words. */
function once(all: readonly Reported[]): Reported[] {
    return sorted([...new Map(all.map((one) => [JSON.stringify(one), one])).values()]);
}

function whole(evaluation: Evaluation): unknown {
    return { findings: sorted(reported(evaluation)), undecided: undecidedIn(evaluation) };
}

function assertAlways<Ts extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<Ts>): void {
    fc.assert(property, { numRuns: RUNS });
}

const moments = fc.constantFrom(...MOMENTS);
const programsOfAnyKind = fc.oneof(programs("ordinary"), programs("any"));
/** Numbers to sort by. */
const shuffles = fc.infiniteStream(fc.nat());

function shuffled<T>(all: readonly T[], numbers: Iterator<number>): T[] {
    const keyed = all.map((one) => [numbers.next().value as number, one] as const);
    return keyed.sort(([a], [b]) => a - b).map(([, one]) => one);
}

describe("random stacks", function () {
    this.timeout(60_000 + RUNS * 200);

    before(async () => {
        for (const config of CONFIGS) {
            const { enabled } = await validPolicyConfig(config);
            enabledBy.set(
                config,
                enabled.map((one) => ({ ...one, config: readConfig(one.policy, one.config) })),
            );
        }
    });

    it("have the same findings whatever the order of their resources and of what these depend on", () => {
        assertAlways(
            fc.property(programsOfAnyKind, moments, configs, shuffles, (program, moment, config, numbers) => {
                const resources = resourcesOf(program, moment);
                const turned = shuffled(resources, numbers).map(
                    ({ dependencies, propertyDependencies, ...resource }): RecordedResource => ({
                        ...resource,
                        dependencies: shuffled(dependencies ?? [], numbers),
                        propertyDependencies: Object.fromEntries(
                            shuffled(Object.entries(propertyDependencies ?? {}), numbers).map(([property, urns]) => [
                                property,
                                shuffled(urns ?? [], numbers),
                            ]),
                        ),
                    }),
                );
                assert.deepEqual(whole(evaluated(fileOf(turned), config)), whole(evaluated(fileOf(resources), config)));
            }),
        );
    });

    it("have the same findings whatever their resources are called, as long as they sort alike", () => {
        assertAlways(
            fc.property(programsOfAnyKind, moments, configs, names, (program, moment, config, others) => {
                const raw = (text: string) => text.replace(/@(\d\d)/g, (_, number) => others[Number(number)] as string);
                // Messages have names as TypeScript writes them, and so has JSON.
                const quoted = (text: string) =>
                    text.replace(/@(\d\d)/g, (_, number) => JSON.stringify(others[Number(number)]).slice(1, -1));
                const resources = resourcesOf(program, moment);
                const before = evaluated(fileOf(resources), config);
                const after = evaluated(fileOf(JSON.parse(quoted(JSON.stringify(resources)))), config);
                assert.deepEqual(
                    reported(after),
                    reported(before).map((one) => ({ ...one, urn: raw(one.urn), message: quoted(one.message) })),
                );
                assert.deepEqual(undecidedIn(after), undecidedIn(before).map(quoted));
            }),
        );
    });

    it("have the same findings with unrelated resources among them", () => {
        assertAlways(
            fc.property(
                programsOfAnyKind,
                unrelated,
                moments,
                configs,
                shuffles,
                (program, additions, moment, config, numbers) => {
                    const added = additionsTo(program, additions);
                    const before = evaluated(fileOf(resourcesOf(program, moment)), config);
                    const resources = [...program.resources, ...added];
                    const after = evaluated(fileOf(shuffled(resourcesOf({ resources }, moment), numbers)), config);
                    const old = reported(before).map(ofAnyLog);
                    const isOld = ({ urn, message }: Reported) =>
                        !added.some(({ name }) => urn.endsWith(`::${name}`)) &&
                        // What is missing from the stack may now be missing for what is new.
                        (!message.includes("declares no API Gateway Account") ||
                            old.some((one) => one.message === message));
                    assert.deepEqual(once(reported(after).map(ofAnyLog).filter(isOld)), once(old));
                    // A finding about a missing Account says more than that one may be missing.
                    const isMissing = reported(after).some(({ message }) =>
                        message.includes("declares no API Gateway"),
                    );
                    const open = (lines: readonly string[]) =>
                        lines.filter((line) => !(isMissing && line.startsWith("apigateway-account-cloudwatch-role ")));
                    assert.deepEqual(open(undecidedIn(after)), open(undecidedIn(before)));
                },
            ),
        );
    });

    it("lose the findings of a policy on a resource that it exempts, and no other", () => {
        assertAlways(
            fc.property(programsOfAnyKind, moments, configs, fc.nat(), (program, moment, config, choice) => {
                const state = readState(fileOf(resourcesOf(program, moment))) as StackState;
                const { enabled } = optionsOf(config);
                const before = evaluateWith(state, config);
                const chosen = before.verdicts[choice % Math.max(1, before.verdicts.length)];
                fc.pre(chosen !== undefined && state.resources.some(({ urn }) => urn === chosen.urn));
                const isChosen = ({ enabled: { policy }, urn }: Verdict) =>
                    policy === chosen?.enabled.policy && urn === chosen.urn;
                const exemptions = [{ match: chosen?.urn, reason: "Only for load tests" }];
                const exempting = enabled.map((one) =>
                    one.policy === chosen?.enabled.policy ? { ...one, config: { ...one.config, exemptions } } : one,
                );
                const after = evaluate(state, { ...optionsOf(config), enabled: exempting });
                assert.deepEqual(
                    reported(after),
                    reported({ ...before, verdicts: before.verdicts.filter((one) => !isChosen(one)) }),
                );
                assert.equal(after.excepted.length, before.verdicts.filter(isChosen).length);
                assert.deepEqual(undecidedIn(after), undecidedIn(before));
            }),
        );
    });

    it("have the same findings before all is known as once they are deployed", () => {
        assertAlways(
            fc.property(programs("ordinary"), configs, shuffles, (program, config, numbers) => {
                // Whether a config lists a web ACL or a certificate is not known before it is created.
                fc.pre(config !== JSON.stringify(STRICT) || !program.resources.some(isListable));
                const deployed = evaluated(fileOf(resourcesOf(program, "deployed")), config);
                for (const document of previewsOf(program, numbers)) {
                    const preview = evaluated(document, config);
                    assert.deepEqual(sorted(reported(preview).map(who)), sorted(reported(deployed).map(who)));
                    assert.deepEqual(undecidingPolicies(preview), undecidingPolicies(deployed));
                }
            }),
        );
    });

    it("have no finding before all is known that goes away once it is", () => {
        assertAlways(
            fc.property(programs("any"), configs, shuffles, (program, config, numbers) => {
                const deployed = reported(evaluated(fileOf(resourcesOf(program, "deployed")), config)).map(who);
                for (const document of previewsOf(program, numbers)) {
                    const preview = reported(evaluated(document, config)).map(who);
                    const goesAway = preview.filter((one) => !deployed.some((other) => isDeepStrictEqual(one, other)));
                    assert.deepEqual(goesAway, []);
                }
            }),
        );
    });

    it("have the same findings if known ids alone relate their resources", () => {
        assertAlways(
            fc.property(programsOfAnyKind, configs, (program, config) => {
                const resources = resourcesOf(program, "deployed");
                const alone = resources.map(
                    ({ dependencies: _, propertyDependencies: __, ...resource }): RecordedResource => resource,
                );
                const unordered = (document: unknown) =>
                    sorted(
                        reported(evaluated(document, config))
                            .filter(({ message }) => !/does not depend on/.test(message))
                            .map((one) => ({ ...one, message: withoutApi(one.message) })),
                    );
                assert.deepEqual(unordered(fileOf(alone)), unordered(fileOf(resources)));
            }),
        );
    });

    it("are checked or rejected, and nothing else happens, whatever their file has in the place of a value", () => {
        assertAlways(
            fc.property(programsOfAnyKind, strangeFiles, configs, (program, strange, config) => {
                const text = strangeTextOf(resourcesOf(program, "first preview"), strange);
                try {
                    const state = readState(JSON.parse(text));
                    if (state !== undefined) {
                        evaluateWithPlaces(state, config);
                    }
                } catch (error) {
                    assert.ok(error instanceof BadInput, error as Error);
                }
            }),
        );
    });
});

/** As `check` does it, which looks for the line of each finding as well. */
function evaluateWithPlaces(state: StackState, config: string): void {
    const byUrn = new Map(state.resources.map((resource) => [resource.urn, resource]));
    for (const { urn } of evaluateWith(state, config).verdicts) {
        locationOf(byUrn.get(urn), byUrn, "");
    }
}

/**
 * A finding without its message, which changes once ids are known: it then has the name of the log group, and imports it
 * by that name; a log group that may be of any stage of its API turns out to be another stage's; and a stage that Pulumi
 * names has its name.
 */
function who({ policy, urn, level, wouldBeRemediated }: Reported): Omit<Reported, "message"> {
    return { policy, urn, level, wouldBeRemediated };
}

/** Whether a resource is one of those that STRICT lists by ids. */
function isListable({ type }: Made): boolean {
    return /:WebAcl$|:ClientCertificate$/.test(type);
}

function undecidingPolicies({ undecided }: Evaluation): string[] {
    return undecided.map(({ policy }) => policy.name);
}

/** Without what a message says about the API, of which without dependencies only the id is known, as if of another stack. */
function withoutApi(message: string): string {
    return message.replace(/ of API "[^"]*"/, "");
}

/** Without the kind of log for which the stack lacks an Account: the first that it finds. */
function ofAnyLog(one: Reported): Reported {
    return { ...one, message: one.message.replace(/^The stack turns \w+ logging on/, "The stack turns logging on") };
}

/** First previews, in which nothing is known, in three forms; and one after a part has been deployed. */
function previewsOf(program: Program, numbers: Iterator<number>): Properties[] {
    const first = resourcesOf(program, "first preview");
    const chosen = new Set(first.filter(() => (numbers.next().value as number) % 4 > 0).map(({ urn }) => urn));
    return [
        fileOf(first),
        fileOf(resourcesOf(program, "first preview, provider v6")),
        previewOf(first),
        fileOf(resourcesAmong(program, (urn) => chosen.has(urn))),
    ];
}
