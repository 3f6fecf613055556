/** What fixes of all services are made of. */

import type { LoggingLevel } from "./apigateway/logging-level";

/** A command that brings something on AWS into a wanted state. */
export interface Command {
    /** The program `aws`, or a function of a .sh file in this folder, and its arguments; region and profile are added. */
    readonly args: readonly string[];
    /** What it changes, for people. */
    readonly what: string;
}

/** The values to set, given the one that a fix has of its own. */
export interface Wanted {
    level(own: LoggingLevel | undefined): LoggingLevel;
    days(own: number | undefined): number;
    /** The ARN of the role for an account that has none, or `"new"` for one to be created. */
    readonly role: string | undefined;
    /** A role that was given, but is of another account. */
    readonly otherRole?: string | undefined;
}

/** There is no fix, because it needs a decision, or because something is not known. */
export interface Cannot {
    readonly kind: "cannot";
    readonly why: string;
}

/** Says why there is no fix, in whole sentences. */
export function cannot(why: string): Cannot {
    return { kind: "cannot", why };
}

/** There is no fix of a stage that cannot be named. */
export const UNKNOWN_STAGE = cannot("The id of its API or the name of its stage is not known: deploy the stack first.");

/** Fixes of the same thing as one, in the order of the first of each. */
export function mergedFixes<Fix extends { readonly set: readonly unknown[] }>(
    fixes: readonly Fix[],
    keyOf: (fix: Fix) => readonly string[],
): Fix[] {
    const byKey = new Map<string, Fix>();
    for (const fix of fixes) {
        const key = JSON.stringify(keyOf(fix));
        const same = byKey.get(key);
        byKey.set(key, same === undefined ? fix : { ...same, set: [...same.set, ...fix.set] });
    }
    return [...byKey.values()];
}

/** An option of the AWS CLI. A value that begins with a dash would be taken for an option. */
export function option(name: string, value: string): string[] {
    return value.startsWith("-") ? [`${name}=${value}`] : [name, value];
}
