/** Code that declares resources, with the inputs that the policies of those resources want. */

import type { Code, Declaration, Fields, Value } from "../stack/code";
import type { Path } from "../stack/values";
import type { Finding } from "./finding";
import type { Policy } from "./policy";

/** A policy that is enabled, and its config. */
interface Configured {
    readonly policy: Pick<Policy, "types" | "wants">;
    readonly config: object;
}

/**
 * A finding whose code fits the other policies: a policy that suggests a log group knows only its own config, and not the
 * days that the one of retentions allows. Inputs that the code does not set stay unset.
 */
export function withWanted(finding: Finding, others: readonly Configured[]): Finding {
    return finding.code !== undefined && "declare" in finding.code
        ? { ...finding, code: fitted(finding.code.declare, others) }
        : finding;
}

function fitted(declare: readonly Declaration[], others: readonly Configured[]): Code {
    return { declare: declare.map((one) => ({ ...one, inputs: inputsFor(one, others) })) };
}

function inputsFor({ type, inputs }: Declaration, others: readonly Configured[]): Fields {
    const wanted = others.flatMap(
        ({ policy, config }) => (policy.types.includes(type) && policy.wants?.(config)) || [],
    );
    return wanted.reduce((fields, { set, to }) => withValue(fields, set, to as Value), inputs);
}

/** Replaces a value in inputs, if they set it. */
function withValue(fields: Fields, [property, ...rest]: Path, to: Value): Fields {
    const value = fields[property];
    if (value === undefined) {
        return fields;
    }
    const [next, ...others] = rest;
    if (next === undefined) {
        return { ...fields, [property]: to };
    }
    return typeof value === "object" && "block" in value
        ? { ...fields, [property]: { block: withValue(value.block, [String(next), ...others], to) } }
        : fields;
}
