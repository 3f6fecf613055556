import { createHash } from "node:crypto";

/** How the engine and providers write "not known yet" (`plugin.UnknownStringValue` of the Pulumi SDK). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const ACCOUNT_ID = "123456789012";

export type Props = { [name: string]: unknown };

export interface Aws {
    region: string;
    /** Providers from v7 on plan unknown values and put `region` on every resource; v5 and v6 leave both out. */
    v7: boolean;
}

export function isObject(value: unknown): value is Props {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as text, for building ids and ARNs. */
export function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}

/** The same input gives the same id on every machine and in every run, so recorded runs can be compared. */
export function hex(seed: string, length: number): string {
    return createHash("sha256").update(seed).digest("hex").slice(0, length);
}

/** Lower-case letters and digits, as API Gateway's ids are. */
export function alphanumeric(seed: string, length: number): string {
    const digest = createHash("sha256").update(seed).digest();
    return Array.from(digest.subarray(0, length), (byte) => (byte % 36).toString(36)).join("");
}

/** Every value in `value`, nested ones too, that satisfies `drop` removed from the object that holds it. */
export function without(value: unknown, drop: (key: string, value: unknown) => boolean): unknown {
    if (Array.isArray(value)) {
        return value.map((item) => without(item, drop));
    }
    if (!isObject(value)) {
        return value;
    }
    const kept = Object.entries(value).filter(([key, item]) => !drop(key, item));
    return Object.fromEntries(kept.map(([key, item]) => [key, without(item, drop)]));
}
