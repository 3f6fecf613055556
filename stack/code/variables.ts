/** The variables that code uses. */

import { type Code, type Fields, isList, type Value, type Variable } from "./index";

/** All variables in the inputs of some code; those of options are resources, never properties. */
export function variablesIn(code: Code): Variable[] {
    if ("declare" in code) {
        return code.declare.flatMap(({ inputs }) => ofFields(inputs));
    }
    return "options" in code ? [] : ofFields(code.inputs);
}

function ofFields(fields: Fields): Variable[] {
    return Object.values(fields).flatMap(ofValue);
}

function ofValue(value: Value): Variable[] {
    if (typeof value !== "object") {
        return [];
    }
    if (isList(value)) {
        return value.flatMap(ofValue);
    }
    if ("joined" in value) {
        return value.joined.flatMap((part) => (typeof part === "string" ? [] : [part]));
    }
    return "variable" in value ? [value] : "block" in value ? ofFields(value.block) : [];
}

/** Whether it reads a property of a component's child (`api.stage.stageName`), which languages write differently. */
export function isDeep({ variable }: Variable): boolean {
    return variable.split(".").length > 2;
}
