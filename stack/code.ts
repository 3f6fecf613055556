/**
 * Code to add to a program, as data, so that each language can write it in its own way. A language may have no way for some
 * of it: then there is no code, and a finding's advice has to do.
 */

import { oneLine, quote } from "./text";

export type Code = InputsToSet | InnerInputsToSet | OptionsToSet | Declarations;

/** Inputs of the resource that a finding is about. */
interface InputsToSet {
    readonly inputs: Fields;
}

/** What objects among its inputs have to say, which may be several. */
interface InnerInputsToSet {
    readonly inside: Fields;
}

/** Resource options of the resource that a finding is about. */
interface OptionsToSet {
    readonly options: Options;
}

interface Declarations {
    readonly declare: readonly Declaration[];
}

/** A new resource. */
export interface Declaration {
    /** `aws:apigateway/stage:Stage`. */
    readonly type: string;
    readonly name: string;
    readonly inputs: Fields;
    readonly options?: Options;
}

export interface Options {
    /** A variable of a resource, or of a list of them. */
    readonly dependsOn?: { readonly variable: string; readonly isList?: boolean };
    readonly retainOnDelete?: true;
}

/** Values by the names of properties, as Pulumi's schemas have them; programs in some languages write them otherwise. */
export interface Fields {
    readonly [property: string]: Value;
}

export type Value = string | number | boolean | readonly Value[] | Block | Entries | Expression;

/** An object whose type has properties. */
interface Block {
    readonly block: Fields;
}

/** An object without a type: its keys are the same in every language. */
interface Entries {
    readonly entries: Readonly<Record<string, string>>;
}

export type Expression =
    /** A variable of the program, or a property of one: `logGroup.arn`. */
    | { readonly variable: string }
    /** A text around one variable or several. */
    | { readonly joined: readonly (string | { readonly variable: string })[] }
    /** A text in JSON. */
    | { readonly json: Readonly<Record<string, string>> };

export function variable(path: string): { readonly variable: string } {
    return { variable: path };
}

/** Not in any name or id. */
const GAP = "\0";

/** A text with a variable within. */
export function textAround(path: string, textWith: (part: string) => string): Expression {
    const text = textWith(GAP);
    const at = text.indexOf(GAP);
    return { joined: [text.slice(0, at), variable(path), text.slice(at + GAP.length)] };
}

/** Sets the property at a path. */
export function assignment([property, ...inside]: readonly [string, ...string[]], value: Value): InputsToSet {
    const [next, ...rest] = inside;
    return {
        inputs: { [property]: next === undefined ? value : { block: assignment([next, ...rest], value).inputs } },
    };
}

/** What the languages have in common: the parts of a resource's type. */
export function partsOfType(type: string): { readonly pkg: string; readonly module: string; readonly name: string } {
    const [pkg, path, name] = type.split(":") as [string, string, string];
    return { pkg, module: path.replace(/\/.*/, ""), name };
}

export function typeScript(code: Code): string {
    if ("declare" in code) {
        return code.declare.map(declarationIn).join("; ");
    }
    return "options" in code ? optionsIn(code.options) : fieldsIn("inside" in code ? code.inside : code.inputs);
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

/** `Array.isArray` does not narrow lists that are read-only. */
export function isList(value: Value): value is readonly Value[] {
    return Array.isArray(value);
}
