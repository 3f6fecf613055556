/** What must hold for every stack, tried on stacks at random. `RUNS=5000 npx mocha FILE` tries harder. */

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { enabledPolicies } from "../../cli/config";
import { BadInput } from "../../cli/input";
import { type Judgement, judge } from "../../cli/judge";
import { locationOf } from "../../cli/location";
import { isObject, type Properties } from "../../cli/properties";
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
    resourcesOf,
    strangeFiles,
    unrelated,
    withUrns,
} from "./generated";

const RUNS = Number(process.env.RUNS ?? 150);

/** Texts of config files, few enough to be read once each. */
const configs = fc.constantFrom(
    ...[
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
    ].map((config) => JSON.stringify(config)),
);

function judged(document: unknown, config: string): Judgement {
    return judge(read(document) as StackState, enabled(config));
}

/** From text, which is how it comes. */
function read(document: unknown): StackState | undefined {
    return readState(JSON.parse(JSON.stringify(document)));
}

/** Checking a config takes longer than judging a stack. */
const enabled = memoize(enabledPolicies);

function memoize<T>(read: (text: string) => T): (text: string) => T {
    const known = new Map<string, T>();
    return (text) => {
        const value = known.get(text) ?? read(text);
        known.set(text, value);
        return value;
    };
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

    it("are judged before anything is known as they are once they are deployed", () => {
        assertAlways(
            fc.property(programs("ordinary"), configs, (program, config) => {
                const deployed = judged(fileOf(resourcesOf(program, "deployed")), config);
                for (const document of firstPreviewsOf(program)) {
                    const preview = judged(document, config);
                    assert.deepEqual(sorted(told(preview).map(who)), sorted(told(deployed).map(who)));
                    assert.deepEqual(preview.undecided.map(policyOf), deployed.undecided.map(policyOf));
                }
            }),
        );
    });

    it("have no finding before anything is known that goes away once it is", () => {
        assertAlways(
            fc.property(programs("any"), configs, (program, config) => {
                const deployed = told(judged(fileOf(resourcesOf(program, "deployed")), config)).map(who);
                for (const document of firstPreviewsOf(program)) {
                    const preview = told(judged(document, config)).map(who);
                    assert.deepEqual(
                        preview.filter((one) => !deployed.some((other) => isDeepStrictEqual(one, other))),
                        [],
                    );
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
            fc.property(
                programsOfAnyKind,
                strangeFiles,
                configs,
                (program, { asPreview, changes, documentChanges }, config) => {
                    const resources = resourcesOf(program, "first preview") as unknown as Properties[];
                    for (const { at, path, value } of changes) {
                        put(resources[at % resources.length] as Properties, path, value);
                    }
                    try {
                        const document = (asPreview ? previewOf : fileOf)(resources as unknown as StateResource[]);
                        for (const { path, value } of documentChanges) {
                            put(document, path, value);
                        }
                        const urns = resourcesOf(program, "first preview").map(({ urn }) => urn);
                        const state = readState(JSON.parse(withUrns(JSON.stringify(document), urns)));
                        if (state !== undefined) {
                            assertJudged(state, config);
                        }
                    } catch (error) {
                        assert.ok(error instanceof BadInput, error as Error);
                    }
                },
            ),
        );
    });
});

/** As `check` goes about it, which looks for the line of each finding as well. */
function assertJudged(state: StackState, config: string): void {
    const byUrn = new Map(state.resources.map((resource) => [resource.urn, resource]));
    for (const { urn } of judge(state, enabled(config)).verdicts) {
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

function firstPreviewsOf(program: Program): Properties[] {
    const preview = resourcesOf(program, "first preview");
    return [fileOf(preview), fileOf(resourcesOf(program, "first preview, provider v6")), previewOf(preview)];
}

function put(object: Properties, [key, ...rest]: readonly string[], value: unknown): void {
    if (key === undefined) {
        return;
    }
    if (rest.length === 0) {
        // Not by assignment, which for "__proto__" does something else.
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
        return;
    }
    if (!isObject(object[key])) {
        object[key] = {};
    }
    put(object[key] as Properties, rest, value);
}
