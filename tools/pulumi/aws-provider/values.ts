import { createHash } from "node:crypto";

/** How the engine and providers write "not known yet" (`plugin.UnknownStringValue` of the Pulumi SDK). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const ACCOUNT_ID = "123456789012";

export type Props = { [name: string]: unknown };

export interface Aws {
    region: string;
    /** Providers from v7 on put `region` on every resource. */
    v7: boolean;
    /**
     * Whether the bridge asks Terraform for a plan (PlanResourceChange), as that of v7 and of the last v6 releases does:
     * previews then have what is unknown or not set, too. Older bridges leave it out at the top level.
     */
    plans: boolean;
}

/** How the provider answers that the environment variable TEST_AWS_PROVIDER names (`manner` in ../engine.ts). */
export function inManner(manner = "v7"): Aws {
    return { region: "us-east-1", v7: manner === "v7", plans: manner !== "v6" };
}

/** Properties that are maps of the user's own keys, not nested blocks of the schema. */
export const MAPS = new Set([
    ..."parameters requestParameters requestTemplates responseTemplates stageVariables tags tagsAll".split(" "),
    ..."stageVariableOverrides triggers variables".split(" "),
]);

/** Marks assets, archives and secrets in Pulumi's wire format (sdk/go/common/resource/sig). */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";

export function secret(value: unknown): Props {
    return { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value };
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
