/** Code for programs in Python. */

import { quote } from "../text";
import { type Code, type Declaration, type Fields, isList, type Options, partsOfType, type Value } from "./index";

/** Writes code in Python; new resources are on a line each. */
export function python(code: Code): string {
    if ("declare" in code) {
        return code.declare.map(declarationIn).join("\n");
    }
    return "options" in code ? optionsIn(code.options) : argumentsIn(code.inputs).join(", ");
}

function declarationIn({ type, name, inputs, options }: Declaration): string {
    const { pkg, module, name: kind } = partsOfType(type);
    const all = [quote(name), ...argumentsIn(inputs), ...(options === undefined ? [] : [optionsIn(options)])];
    return `${pkg}.${module}.${kind}(${all.join(", ")})`;
}

function optionsIn({ dependsOn, retainOnDelete }: Options): string {
    const set = [
        ...(dependsOn ? [`depends_on=[${dependsOn.isList ? "*" : ""}${snakeCase(dependsOn.variable)}]`] : []),
        ...(retainOnDelete ? ["retain_on_delete=True"] : []),
    ];
    return `opts=pulumi.ResourceOptions(${set.join(", ")})`;
}

function argumentsIn(fields: Fields): string[] {
    return Object.entries(fields).map(([property, value]) => `${snakeCase(property)}=${valueIn(value)}`);
}

/** Objects are dictionaries, which every version of pulumi-aws takes for them. */
function valueIn(value: Value): string {
    if (typeof value === "boolean") {
        return value ? "True" : "False";
    }
    if (typeof value !== "object") {
        return JSON.stringify(value);
    }
    if (isList(value)) {
        return `[${value.map(valueIn).join(", ")}]`;
    }
    if ("block" in value) {
        return dictionary(value.block, snakeCase);
    }
    if ("entries" in value) {
        return dictionary(value.entries, (key) => key);
    }
    if ("joined" in value) {
        const parts = value.joined.map((part) => (typeof part === "string" ? quote(part) : snakeCase(part.variable)));
        return `pulumi.Output.concat(${parts.join(", ")})`;
    }
    return "json" in value ? `json.dumps(${dictionary(value.json, (key) => key)})` : snakeCase(value.variable);
}

function dictionary(fields: Fields, keyOf: (property: string) => string): string {
    return `{${pairsIn(fields, keyOf).join(", ")}}`;
}

function pairsIn(fields: Fields, keyOf: (property: string) => string): string[] {
    return Object.entries(fields).map(([key, value]) => `${quote(keyOf(key))}: ${valueIn(value)}`);
}

/** `dbClusterParameterGroupName` is `db_cluster_parameter_group_name`. */
function snakeCase(name: string): string {
    return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}
