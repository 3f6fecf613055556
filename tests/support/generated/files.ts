/** Programs as the files have them that `check` reads. */

import type { Properties } from "../../../cli/inputs/properties";
import type { RecordedResource } from "../../../cli/inputs/recorded";
import { type Moment, UNKNOWN_VALUE, wire } from "../wire/declare";
import type { WireResource } from "../wire/pack";
import type { Program } from "./programs";

/** The resources of a program as a file has them. Inputs are the program's; providers before v7 leave out outputs only. */
export function resourcesOf({ resources }: Pick<Program, "resources">, moment: Moment): RecordedResource[] {
    const inputs = wire(
        resources.map(({ outputs: _, ...one }) => one),
        moment === "deployed" ? moment : "first preview",
    );
    const outputs = wire(
        resources.map(({ outputs = {}, ...one }) => ({ ...one, props: { ...one.props, ...outputs } })),
        moment,
    );
    const providers = new Map(
        outputs.flatMap(({ provider }) => (provider === undefined ? [] : [[provider.urn, provider] as const])),
    );
    return [
        ...[...providers.values()].map(({ urn, type, props }) => ({ urn, type, inputs: props, outputs: props })),
        ...outputs.map((one, at) => inFile(one, (inputs[at] as WireResource).props)),
    ];
}

/**
 * The resources of a program of which a part is deployed already: what comes from there is known, and so is what a new
 * resource passes on of its own inputs (`stage.stageName`). A resource is there only if what it depends on is, and a
 * component that passes on values only if all resources inside are.
 */
export function resourcesAmong(program: Program, isChosen: (urn: string) => boolean): RecordedResource[] {
    const deployed = resourcesOf(program, "deployed");
    const preview = resourcesOf(program, "first preview");
    const byUrn = new Map(preview.map((resource) => [resource.urn, resource]));
    const there = new Set([...byUrn.keys()].filter(isChosen));
    const isWhole = (urn: string): boolean =>
        there.has(urn) && preview.every((one) => one.parent !== urn || isWhole(one.urn));
    const passesOn = (urn: string) => program.reliedOn.has(urn.slice(urn.lastIndexOf("::") + 2));
    for (let before = -1; before !== there.size; ) {
        before = there.size;
        for (const { urn, parent, dependencies } of preview) {
            const needed = [...(parent === undefined ? [] : [parent]), ...(dependencies ?? [])];
            if (!needed.every((one) => there.has(one)) || (passesOn(urn) && !isWhole(urn))) {
                there.delete(urn);
            }
        }
    }
    return preview.map((before, at) => {
        const seen = (kind: "inputs" | "outputs") => {
            const after = (deployed[at] as RecordedResource)[kind] as Properties;
            const all = Object.entries(before[kind] as Properties).map(([key, value]) => {
                const sources = before.propertyDependencies?.[key] ?? [before.urn];
                const isPassedOn = sources.every((urn) => {
                    const inputs = byUrn.get(urn)?.inputs as Properties | undefined;
                    return inputs?.[key] !== undefined && inputs[key] === after[key];
                });
                return [key, isPassedOn || sources.every((urn) => there.has(urn)) ? after[key] : value];
            });
            return Object.fromEntries(all);
        };
        return { ...before, inputs: seen("inputs"), outputs: seen("outputs") };
    });
}

function inFile({ name: _, props, provider, parent, ...rest }: WireResource, inputs: unknown): RecordedResource {
    return {
        ...rest,
        inputs,
        outputs: props,
        ...(parent === undefined ? {} : { parent }),
        ...(provider === undefined ? {} : { provider: `${provider.urn}::id` }),
    };
}

export function fileOf(resources: readonly RecordedResource[]): Properties {
    return { version: 3, deployment: { resources } };
}

/** A preview in which everything is to be created, or is there already and to be changed. */
export function previewOf(resources: readonly RecordedResource[], op: "create" | "update" = "create"): Properties {
    const steps = resources.map((resource) => {
        const { outputs: _, ...newState } = resource;
        return { op, urn: newState.urn, newState, ...(op === "update" ? { oldState: resource } : {}) };
    });
    return {
        steps: JSON.parse(JSON.stringify(steps).replaceAll(UNKNOWN_VALUE, "[unknown]")),
        changeSummary: { [op]: steps.length },
    };
}
