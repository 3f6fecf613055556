/** Random requests of an engine: stacks in which other values take the place of properties, and settings of the policies. */

import * as fc from "fast-check";
import { policies } from "../../../policies";
import { pick } from "../generated/draft";
import { programs } from "../generated/programs";
import { KEYS, TEXTS } from "../strange";
import { MOMENTS, secret, wire } from "./declare";
import type { Level, WireResource } from "./pack";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** An asset; the engine sends a path, a text or a URL. */
export function asset(of: object): object {
    return { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", ...of };
}

/** An archive; the engine sends a path, a URL or assets. */
export function archive(of: object): object {
    return { [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", ...of };
}

/** A lone surrogate has no UTF-8, so the engine cannot send it. */
const hasUtf8 = (text: string) => Buffer.from(text).toString() === text;
const texts = fc.constantFrom(...TEXTS.filter(hasUtf8));

const { value } = fc.letrec<{ value: unknown; plain: unknown }>((tie) => ({
    value: fc.oneof(
        { depthSize: "small" },
        { arbitrary: tie("plain"), weight: 5 },
        tie("plain").map(secret),
        texts.filter((text) => text !== "").map((text) => asset({ text })),
        texts.filter((text) => text !== "").map((path) => archive({ path })),
    ),
    plain: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(null, true, false, 0, -1, 90, 1e300, 0.5),
        texts,
        fc.string({ unit: "grapheme" }).filter(hasUtf8),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 4 }),
    ),
}));

/** The list of the properties that the provider has set: always known. */
const defaults = fc.subarray(["retentionInDays", "loggingLevel", "settings", "xrayTracingEnabled"]);

const change = fc.oneof(
    { arbitrary: fc.tuple(fc.nat({ max: 60 }), fc.constantFrom(...KEYS), value), weight: 5 },
    fc.tuple(fc.nat({ max: 60 }), fc.constant("__defaults"), defaults),
);

const EXEMPTIONS = [
    {},
    { exemptions: [{ match: "*", reason: "Only for load tests" }] },
    { exemptions: [{ match: "*1", reason: "Only for load tests", until: "2001-01-01" }], exemptionTag: true },
    { unheardOf: true },
] as const;

/** Of one deployment: how the policies are set, and what is sent. */
export interface Deployed {
    readonly levels: readonly Level[];
    readonly config: Readonly<Record<string, unknown>>;
    readonly resources: readonly WireResource[];
}

export const deployments: fc.Arbitrary<Deployed> = fc
    .record({
        program: programs("any"),
        moment: fc.constantFrom(...MOMENTS),
        changes: fc.array(change, { maxLength: 12 }),
        levels: fc.array(fc.constantFrom<Level>("advisory", "mandatory", "remediate", "disabled"), {
            minLength: policies.length,
            maxLength: policies.length,
        }),
        config: fc.oneof({ arbitrary: fc.constant({}), weight: 6 }, fc.constantFrom(...EXEMPTIONS)),
    })
    .map(({ program, moment, changes, levels, config }) => {
        const resources = wire(program.resources, moment);
        for (const [at, key, to] of changes) {
            const { props } = pick(resources, at) as WireResource;
            // Not by assignment, which sets the prototype for "__proto__".
            Object.defineProperty(props, key, { value: to, enumerable: true, configurable: true, writable: true });
        }
        return { levels, config, resources };
    });
