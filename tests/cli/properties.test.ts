/** What must hold for every stack, tried on stacks at random. `RUNS=5000 npx mocha FILE` tries harder. */

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { enabledPolicies } from "../../cli/config";
import { BadInput } from "../../cli/input";
import { type Enabled, type Judgement, judge } from "../../cli/judge";
import { locationOf } from "../../cli/location";
import type { Properties } from "../../cli/properties";
import { readState } from "../../cli/read-state";
import type { StackState, StateResource } from "../../cli/state";
import { MOMENTS } from "../wire/declare";
import {
    additionsTo,
    fileOf,
    names,
    type Program,
    previewOf,
    programs,
    resourcesAmong,
    resourcesOf,
    unrelated,
} from "./generated";
import { strangeFiles, strangeTextOf } from "./strange";

const RUNS = Number(process.env.RUNS ?? 400);

/**
 * Few, since checking a config takes longer than judging a stack. They have no patterns of log-group names: a name that is
 * not known yet is judged whatever the patterns, so before the deployment there can be a finding that goes away.
 */
const CONFIGS = new Map(
    [
        {},
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
    ].map((config): [string, Enabled[]] => [JSON.stringify(config), enabledPolicies(JSON.stringify(config))]),
);
const configs = fc.constantFrom(...CONFIGS.keys());

function judged(document: unknown, config: string): Judgement {
    // From text, which is how it comes.
    const state = readState(JSON.parse(JSON.stringify(document)));
    return judge(state as StackState, CONFIGS.get(config) as Enabled[]);
}

interface Told {
    readonly policy: string;
    readonly urn: string;
    readonly message: string;
    readonly level: string;
    readonly wouldBeRemediated: boolean;
}

function told({ verdicts }: Judgement): Told[] {
    return verdicts.map(({ policy, urn, message, level, wouldBeRemediated }) => ({
        policy: policy.name,
        urn,
        message,
        level,
        wouldBeRemediated,
    }));
}

/** In an order of its own, since that of what is told follows that of the resources. */
function sorted<T>(all: readonly T[]): T[] {
    const keyed = all.map((one) => [JSON.stringify(one), one] as const);
    return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, one]) => one);
}

/** As a set: a stack lacks one Account for each AWS account, and is told so in the same words. */
function once(all: readonly Told[]): Told[] {
    return sorted([...new Map(all.map((one) => [JSON.stringify(one), one])).values()]);
}

function whole(judgement: Judgement): unknown {
    return { verdicts: sorted(told(judgement)), undecided: sorted(judgement.undecided) };
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

describe("stacks at random", function () {
    this.timeout(60_000 + RUNS * 200);

    it("are judged alike whatever the order of their resources and of what these depend on", () => {
        assertAlways(
            fc.property(programsOfAnyKind, moments, configs, shuffles, (program, moment, config, numbers) => {
                const resources = resourcesOf(program, moment);
                const turned = shuffled(resources, numbers).map(
                    ({ dependencies, propertyDependencies, ...resource }): StateResource => ({
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
                assert.deepEqual(whole(judged(fileOf(turned), config)), whole(judged(fileOf(resources), config)));
            }),
        );
    });

    it("are judged alike whatever their resources are called, as long as they sort alike", () => {
        assertAlways(
            fc.property(programsOfAnyKind, moments, configs, names, (program, moment, config, others) => {
                const raw = (text: string) => text.replace(/@(\d\d)/g, (_, number) => others[Number(number)] as string);
                // Messages have names as TypeScript writes them, and so has JSON.
                const quoted = (text: string) =>
                    text.replace(/@(\d\d)/g, (_, number) => JSON.stringify(others[Number(number)]).slice(1, -1));
                const resources = resourcesOf(program, moment);
                const before = judged(fileOf(resources), config);
                const after = judged(fileOf(JSON.parse(quoted(JSON.stringify(resources)))), config);
                assert.deepEqual(
                    told(after),
                    told(before).map((one) => ({ ...one, urn: raw(one.urn), message: quoted(one.message) })),
                );
                assert.deepEqual(after.undecided, before.undecided.map(quoted));
            }),
        );
    });

    it("are judged alike with unrelated resources among them", () => {
        assertAlways(
            fc.property(
                programsOfAnyKind,
                unrelated,
                moments,
                configs,
                shuffles,
                (program, additions, moment, config, numbers) => {
                    const added = additionsTo(program, additions);
                    const before = judged(fileOf(resourcesOf(program, moment)), config);
                    const resources = [...program.resources, ...added];
                    const after = judged(fileOf(shuffled(resourcesOf({ resources }, moment), numbers)), config);
                    const isOld = ({ urn, message }: Told) =>
                        !added.some(({ name }) => urn.endsWith(`::${name}`)) &&
                        // What is missing from the stack may now be missing for what is new.
                        (!message.includes("declares no API Gateway Account") ||
                            told(before).some((one) => one.message === message));
                    assert.deepEqual(once(told(after).filter(isOld)), once(told(before)));
                    assert.deepEqual(after.undecided, before.undecided);
                },
            ),
        );
    });

    it("are judged before all is known as they are once they are deployed", () => {
        assertAlways(
            fc.property(programs("ordinary"), configs, shuffles, (program, config, numbers) => {
                const deployed = judged(fileOf(resourcesOf(program, "deployed")), config);
                for (const document of previewsOf(program, numbers)) {
                    const preview = judged(document, config);
                    assert.deepEqual(sorted(told(preview).map(who)), sorted(told(deployed).map(who)));
                    assert.deepEqual(preview.undecided.map(policyOf), deployed.undecided.map(policyOf));
                }
            }),
        );
    });

    it("have no finding before all is known that goes away once it is", () => {
        assertAlways(
            fc.property(programs("any"), configs, shuffles, (program, config, numbers) => {
                const deployed = told(judged(fileOf(resourcesOf(program, "deployed")), config)).map(who);
                for (const document of previewsOf(program, numbers)) {
                    const preview = told(judged(document, config)).map(who);
                    const goesAway = preview.filter((one) => !deployed.some((other) => isDeepStrictEqual(one, other)));
                    assert.deepEqual(goesAway, []);
                }
            }),
        );
    });

    it("have what belongs together found by known ids alone", () => {
        assertAlways(
            fc.property(programsOfAnyKind, configs, (program, config) => {
                const resources = resourcesOf(program, "deployed");
                const alone = resources.map(
                    ({ dependencies: _, propertyDependencies: __, ...resource }): StateResource => resource,
                );
                const unordered = (document: unknown) =>
                    sorted(
                        told(judged(document, config))
                            .filter(({ message }) => !/without waiting for Account|does not wait for/.test(message))
                            .map((one) => ({ ...one, message: withoutApi(one.message) })),
                    );
                assert.deepEqual(unordered(fileOf(alone)), unordered(fileOf(resources)));
            }),
        );
    });

    it("are judged or refused, and nothing else happens, whatever their file has in the place of a value", () => {
        assertAlways(
            fc.property(programsOfAnyKind, strangeFiles, configs, (program, strange, config) => {
                const text = strangeTextOf(resourcesOf(program, "first preview"), strange);
                try {
                    const state = readState(JSON.parse(text));
                    if (state !== undefined) {
                        judgeWithPlaces(state, config);
                    }
                } catch (error) {
                    assert.ok(error instanceof BadInput, error as Error);
                }
            }),
        );
    });
});

/** As `check` goes about it, which looks for the line of each finding as well. */
function judgeWithPlaces(state: StackState, config: string): void {
    const byUrn = new Map(state.resources.map((resource) => [resource.urn, resource]));
    for (const { urn } of judge(state, CONFIGS.get(config) as Enabled[]).verdicts) {
        locationOf(byUrn.get(urn), byUrn, "");
    }
}

/**
 * A finding without its message. The same finding is told in other words once ids are known: it has the name of the log
 * group, and that to import it by; a log group that may be any stage's of its API turns out to be another's; and a stage
 * that Pulumi names has its name.
 */
function who({ policy, urn, level, wouldBeRemediated }: Told): Omit<Told, "message"> {
    return { policy, urn, level, wouldBeRemediated };
}

function policyOf(undecided: string): string {
    return undecided.split(" ")[0] as string;
}

/** Without what a message says of the API, which without dependencies is known by its id only, as if of another stack. */
function withoutApi(message: string): string {
    return message
        .replace(/ of API "[^"]*"/, "")
        .replace(" Settings made in another stack cannot be seen from this one.", "");
}

/** First previews, in which nothing is known, told in three manners; and one after a part has been deployed. */
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
