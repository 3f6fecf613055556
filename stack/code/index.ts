/**
 * Code to add to a program, as data, which the other files of this folder write in a language each: typescript.ts, python.ts,
 * go.ts, yaml.ts. Some languages cannot express some code. Then a finding shows only its advice.
 */

/** Code that fixes the resource of a finding. */
export type Code = InputsToSet | OptionsToSet | Declarations;

/** Inputs of the resource that a finding is about. */
interface InputsToSet {
    readonly inputs: Fields;
}

/** Resource options of the resource that a finding is about. */
interface OptionsToSet {
    readonly options: Options;
}

/** Resources to declare beside the one that a finding is about. */
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

/** Resource options, as far as findings suggest them. */
export interface Options {
    /** A variable of a resource, or of a list of them. */
    readonly dependsOn?: { readonly variable: string; readonly isList?: boolean };
    readonly retainOnDelete?: true;
}

/** Values by the names of properties, as Pulumi's schemas have them; programs in some languages write them otherwise. */
export interface Fields {
    readonly [property: string]: Value;
}

/** The value of a property. */
export type Value = string | number | boolean | readonly Value[] | Block | Entries | Expression;

/** An object whose type has properties. */
interface Block {
    readonly block: Fields;
}

/** An object without a type: its keys are the same in every language. */
interface Entries {
    readonly entries: Readonly<Record<string, string>>;
}

/** A value that the program computes. */
export type Expression =
    | Variable
    /** A text around one variable or several. */
    | { readonly joined: readonly (string | Variable)[] }
    /** A text in JSON. */
    | { readonly json: Readonly<Record<string, string>> };

/** A variable of the program, or a property of one: `logGroup.arn`. */
export interface Variable {
    readonly variable: string;
    /** The property may be unset on its resource, so that some languages have another type for it than for a set one. */
    readonly isOptional?: boolean;
}

/** A variable of the program, or a property of one that is always set. */
export function variable(path: string): Variable {
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

/** `Array.isArray` does not narrow lists that are read-only. */
export function isList(value: Value): value is readonly Value[] {
    return Array.isArray(value);
}
