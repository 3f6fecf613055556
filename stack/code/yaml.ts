/** Code for programs in Pulumi YAML: resources, or lines for the one that a finding is about. */

import { type Code, type Fields, isList, type Options, partsOfType, type Value } from "./index";
import { stringLiteral } from "./string-literal";
import { isDeep, variablesIn } from "./variables";

/** Writes code in YAML. Answers nothing for a property of a component's child, nor for a list of resources, which has no name there. */
export function yaml(code: Code): string | undefined {
    if (variablesIn(code).some(isDeep)) {
        return undefined;
    }
    if ("options" in code) {
        return code.options.dependsOn?.isList ? undefined : `options: ${optionsIn(code.options)}`;
    }
    if (!("declare" in code)) {
        return pairsIn(code.inputs).join("\n");
    }
    const resources = code.declare.map(({ type, name, inputs, options }) => {
        const { pkg, module, name: kind } = partsOfType(type);
        const parts = [
            `type: ${pkg}:${module}:${kind}`,
            `properties: { ${pairsIn(inputs).join(", ")} }`,
            ...(options === undefined ? [] : [`options: ${optionsIn(options)}`]),
        ];
        return `${keyOf(name)}: { ${parts.join(", ")} }`;
    });
    return resources.join("\n");
}

/** A key in one line has at most 1,024 characters; a longer one needs a mark (YAML 1.2.2, 7.4.2 and 8.2.2). */
const LONGEST_KEY = 1024;

function keyOf(name: string): string {
    const key = stringLiteral(name);
    return key.length > LONGEST_KEY ? `? ${key}\n` : key;
}

function optionsIn({ dependsOn, retainOnDelete }: Options): string {
    const set = [
        ...(dependsOn ? [`dependsOn: ["\${${dependsOn.variable}}"]`] : []),
        ...(retainOnDelete ? ["retainOnDelete: true"] : []),
    ];
    return `{ ${set.join(", ")} }`;
}

function pairsIn(fields: Fields): string[] {
    return Object.entries(fields).map(([property, value]) => `${property}: ${valueIn(value)}`);
}

function valueIn(value: Value): string {
    if (typeof value === "string") {
        return templateText(value);
    }
    if (typeof value !== "object") {
        return String(value);
    }
    if (isList(value)) {
        return `[${value.map(valueIn).join(", ")}]`;
    }
    if ("block" in value || "entries" in value) {
        return `{ ${pairsIn("block" in value ? value.block : value.entries).join(", ")} }`;
    }
    if ("joined" in value) {
        const parts = value.joined.map((part) => (typeof part === "string" ? escaped(part) : `\${${part.variable}}`));
        return stringLiteral(parts.join(""));
    }
    return "json" in value ? `{ "fn::toJSON": { ${pairsIn(value.json).join(", ")} } }` : `"\${${value.variable}}"`;
}

/** A string in JSON is also one in YAML. */
function templateText(words: string): string {
    return stringLiteral(escaped(words));
}

/** In every string, `${` begins an expression, and `$$` stands for `$` (pulumi-yaml's parseInterpolate). */
function escaped(words: string): string {
    return words.replace(/\$(?=[${]|$)/g, () => "$$");
}
