/** Code for programs in Go. */

import { type Code, type Declaration, type Fields, isList, type Options, partsOfType, type Value } from "./index";
import { stringLiteral } from "./string-literal";
import { isDeep, variablesIn } from "./variables";

/**
 * Writes code in Go. Answers nothing for inputs of a native provider, whose types have other names, for a property of a
 * component's child, and for an optional property, which is a pointer.
 *
 * @param type of the resource whose inputs are set
 */
export function go(code: Code, type: string): string | undefined {
    if (variablesIn(code).some((one) => isDeep(one) || one.isOptional)) {
        return undefined;
    }
    if ("declare" in code) {
        return code.declare.map(declarationIn).join("\n");
    }
    if ("options" in code) {
        return optionsIn(code.options).join(", ");
    }
    return isBridged(type) ? fieldsIn(code.inputs, type) : undefined;
}

/** Providers made of Terraform's, such as aws, name a resource twice (`module/resource:Resource`); native ones do not. */
function isBridged(type: string): boolean {
    return type.includes("/");
}

function declarationIn({ type, name, inputs, options = {} }: Declaration): string {
    const { module, name: kind } = partsOfType(type);
    const args = [
        "ctx",
        stringLiteral(name),
        `&${module}.${kind}Args{${fieldsIn(inputs, type)}}`,
        ...optionsIn(options),
    ];
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
        return `pulumi.String(${stringLiteral(value)})`;
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
        return `pulumi.Sprintf(${[stringLiteral(format.join("")), ...variables].join(", ")})`;
    }
    if ("variable" in value) {
        return outputOf(value.variable);
    }
    return "json" in value ? `pulumi.String(${stringLiteral(JSON.stringify(value.json))})` : stringMap(value.entries);
}

function stringMap(entries: Readonly<Record<string, string>>): string {
    const pairs = Object.entries(entries).map(
        ([key, value]) => `${stringLiteral(key)}: pulumi.String(${stringLiteral(value)})`,
    );
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
