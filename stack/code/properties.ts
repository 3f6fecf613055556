/** The properties that code sets. */

import { type Code, type Fields, isList, type Value } from "./index";

/** All values that code sets a property of some name to, at any depth. */
export function valuesSetIn(code: Code, property: string): Value[] {
    if ("declare" in code) {
        return code.declare.flatMap(({ inputs }) => inFields(inputs, property));
    }
    return "options" in code ? [] : inFields(code.inputs, property);
}

function inFields(fields: Fields, property: string): Value[] {
    return Object.entries(fields).flatMap(([name, value]) => (name === property ? [value] : inValue(value, property)));
}

function inValue(value: Value, property: string): Value[] {
    if (typeof value !== "object") {
        return [];
    }
    if (isList(value)) {
        return value.flatMap((one) => inValue(one, property));
    }
    return "block" in value ? inFields(value.block, property) : [];
}
