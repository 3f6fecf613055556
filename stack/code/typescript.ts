/** Code for programs in TypeScript, which messages of the pack contain. */

import { oneLine, quote } from "../text";
import { type Code, type Declaration, type Fields, isList, type Options, partsOfType, type Value } from "./index";

/** Writes code in TypeScript, on one line. */
export function typeScript(code: Code): string {
    if ("declare" in code) {
        return code.declare.map(declarationIn).join("; ");
    }
    return "options" in code ? optionsIn(code.options) : fieldsIn(code.inputs);
}

function declarationIn({ type, name, inputs, options }: Declaration): string {
    const { pkg, module, name: kind } = partsOfType(type);
    const args = [quote(name), `{ ${fieldsIn(inputs)} }`, ...(options === undefined ? [] : [optionsIn(options)])];
    return `new ${pkg}.${module}.${kind}(${args.join(", ")})`;
}

function optionsIn({ dependsOn, retainOnDelete }: Options): string {
    const set = [
        ...(dependsOn ? [`dependsOn: [${dependsOn.isList ? "..." : ""}${dependsOn.variable}]`] : []),
        ...(retainOnDelete ? ["retainOnDelete: true"] : []),
    ];
    return `{ ${set.join(", ")} }`;
}

function fieldsIn(fields: Fields): string {
    return Object.entries(fields)
        .map(([property, value]) => `${property}: ${valueIn(value)}`)
        .join(", ");
}

function valueIn(value: Value): string {
    if (typeof value !== "object") {
        return JSON.stringify(value);
    }
    if (isList(value)) {
        return `[${value.map(valueIn).join(", ")}]`;
    }
    if ("block" in value || "entries" in value) {
        return `{ ${fieldsIn("block" in value ? value.block : value.entries)} }`;
    }
    if ("joined" in value) {
        const parts = value.joined.map((part) =>
            typeof part === "string" ? inTemplate(part) : `\${${part.variable}}`,
        );
        return `pulumi.interpolate\`${oneLine(parts.join(""))}\``;
    }
    return "json" in value ? `JSON.stringify({ ${fieldsIn(value.json)} })` : value.variable;
}

/** What would end a template literal, or begin something else in it. */
function inTemplate(words: string): string {
    return words.replace(/[\\`]|\$(?=\{)/g, "\\$&");
}
