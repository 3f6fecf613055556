/** Code for programs in Go. */

import {
    type Code,
    type Declaration,
    type Fields,
    isList,
    type Options,
    partsOfType,
    type Value,
} from "../../../stack/code";
import { literal } from "./text";
import { isDeep, variablesIn } from "./variables";

/**
 * Nothing for aws-native, whose inputs have other types, nor for what is read through a component, nor for a pointer.
 *
 * @param type of the resource whose inputs are set
 */
export function go(code: Code, type: string): string | undefined {
    if (variablesIn(code).some((path) => isDeep(path) || POINTERS.has(path))) {
        return undefined;
    }
    if ("declare" in code) {
        return code.declare.map(declarationIn).join("\n");
    }
    if ("options" in code) {
        return optionsIn(code.options).join(", ");
    }
    const fields = "inside" in code ? code.inside : code.inputs;
    return partsOfType(type).pkg === "aws" ? fieldsIn(fields, type) : undefined;
}

/** Properties that a resource may be without, and that its inputs of that name have to have. */
const POINTERS: ReadonlySet<string> = new Set(["deployment.stageName"]);

function declarationIn({ type, name, inputs, options = {} }: Declaration): string {
    const { module, name: kind } = partsOfType(type);
    const args = ["ctx", literal(name), `&${module}.${kind}Args{${fieldsIn(inputs, type)}}`, ...optionsIn(options)];
    return `${module}.New${kind}(${args.join(", ")})`;
}

function optionsIn({ dependsOn, retainOnDelete }: Options): string[] {
    const { variable = "", isList: isOfSeveral } = dependsOn ?? {};
    const resources = isOfSeveral ? variable : `[]pulumi.Resource{${variable}}`;
    return [
        ...(dependsOn ? [`pulumi.DependsOn(${resources})`] : []),
        ...(retainOnDelete ? ["pulumi.RetainOnDelete(true)"] : []),
    ];
}

function fieldsIn(fields: Fields, type: string): string {
    return Object.entries(fields)
        .map(([property, value]) => `${exported(property)}: ${valueIn(value, type, property)}`)
        .join(", ");
}

function valueIn(value: Value, type: string, property: string): string {
    if (typeof value === "string") {
        return `pulumi.String(${literal(value)})`;
    }
    if (typeof value !== "object") {
        return typeof value === "number" ? `pulumi.Int(${value})` : `pulumi.Bool(${value})`;
    }
    if (isList(value)) {
        return listIn(value, type, property);
    }
    if ("block" in value) {
        const inner = typeOf(type, property);
        return `&${inner}Args{${fieldsIn(value.block, `${type}${exported(property)}`)}}`;
    }
    if ("joined" in value) {
        const format = value.joined.map((part) => (typeof part === "string" ? part.replaceAll("%", "%%") : "%v"));
        const variables = value.joined.flatMap((part) => (typeof part === "string" ? [] : outputOf(part.variable)));
        return `pulumi.Sprintf(${[literal(format.join("")), ...variables].join(", ")})`;
    }
    if ("variable" in value) {
        return outputOf(value.variable);
    }
    return "json" in value ? `pulumi.String(${literal(JSON.stringify(value.json))})` : stringMap(value.entries);
}

function stringMap(entries: Readonly<Record<string, string>>): string {
    const pairs = Object.entries(entries).map(([key, value]) => `${literal(key)}: pulumi.String(${literal(value)})`);
    return `pulumi.StringMap{${pairs.join(", ")}}`;
}

/** The items of a list have a type of their own, which is named in the singular. */
function listIn(items: readonly Value[], type: string, property: string): string {
    const one = property.replace(/s$/, "");
    const isOfObjects = items.some((item) => typeof item === "object");
    const values = items.map((item) => valueIn(item, type, one));
    return `${isOfObjects ? typeOf(type, one) : "pulumi.String"}Array{${values.join(", ")}}`;
}

/** `apigateway.MethodSettingsSettings`: the type of an object is named after the resource and its property. */
function typeOf(type: string, property: string): string {
    const { module, name } = partsOfType(type);
    return `${module}.${name}${exported(property)}`;
}

/** `logGroup.Arn`; the id of a resource is a method. */
function outputOf(path: string): string {
    const [resource = "", property] = path.split(".");
    return property === undefined ? resource : `${resource}.${property === "id" ? "ID()" : exported(property)}`;
}

function exported(property: string): string {
    return property.charAt(0).toUpperCase() + property.slice(1);
}
