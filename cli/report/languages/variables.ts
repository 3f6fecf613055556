/** The variables that code uses. */

import { type Code, type Fields, isList, type Value } from "../../../stack/code";

export function variablesIn(code: Code): string[] {
    if ("declare" in code) {
        return code.declare.flatMap(({ inputs }) => ofFields(inputs));
    }
    return "options" in code ? [] : ofFields("inside" in code ? code.inside : code.inputs);
}

function ofFields(fields: Fields): string[] {
    return Object.values(fields).flatMap(ofValue);
}

function ofValue(value: Value): string[] {
    if (typeof value !== "object") {
        return [];
    }
    if (isList(value)) {
        return value.flatMap(ofValue);
    }
    if ("joined" in value) {
        return value.joined.flatMap((part) => (typeof part === "string" ? [] : part.variable));
    }
    return "variable" in value ? [value.variable] : "block" in value ? ofFields(value.block) : [];
}

/** Whether it is a property of what a component has as a property: how to read that differs between languages. */
export function isDeep(variable: string): boolean {
    return variable.split(".").length > 2;
}
