/** Inputs whose secrets stay secret when a remediation changes them. */

import { SECRET_SIGNATURE, SIGNATURE, type WireProperties } from "./struct";

const SECRET = Symbol("secret");

interface Secret {
    readonly [SECRET]: unknown;
}

/** A value that goes back to the engine as a secret. */
export function secret(value: unknown): Secret {
    return { [SECRET]: value };
}

function isObject(value: unknown): value is object {
    return typeof value === "object" && value !== null;
}

function isSecret(value: unknown): value is Secret {
    return isObject(value) && SECRET in value;
}

/** Inputs as a policy sees them: a secret reads as its value, and what replaces it is secret. */
export function opened<Inputs extends object>(inputs: Inputs): Inputs {
    return new Proxy(inputs, {
        get: (target, key) => {
            const given = Reflect.get(target, key);
            const value = isSecret(given) ? given[SECRET] : given;
            return isObject(value) ? opened(value) : value;
        },
        set: (target, key, value) =>
            Reflect.set(target, key, isSecret(Reflect.get(target, key)) ? secret(value) : value),
    });
}

/** Inputs as they go back to the engine. */
export function toWire(value: unknown): unknown {
    if (isSecret(value)) {
        return { [SIGNATURE]: SECRET_SIGNATURE, value: toWire(value[SECRET]) };
    }
    if (Array.isArray(value)) {
        return value.map(toWire);
    }
    return isObject(value) ? objectToWire(value as WireProperties) : value;
}

function objectToWire(object: WireProperties): WireProperties {
    return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, toWire(value)]));
}
