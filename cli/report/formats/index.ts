/** The formats, each loaded when it is asked for. */

import type { Report } from "../model";
import type { SarifOptions } from "./sarif";
import type { TextOptions } from "./text";

/** What findings are grouped by, in formats that otherwise show them by policy. */
export interface GroupingOptions {
    readonly groupBy?: "control" | undefined;
}

type Format = (report: Report, options: TextOptions & SarifOptions) => string;

const FORMATS = {
    text: async () => (await import("./text")).textFormat,
    json: async () => (await import("./json")).jsonFormat,
    sarif: async () => (await import("./sarif")).sarif,
    junit: async () => (await import("./junit")).junit,
    markdown: async () => (await import("./markdown")).markdown,
    html: async () => (await import("./html")).html,
    github: async () => (await import("./github")).github,
    unix: async () => (await import("./unix")).unix,
} satisfies Record<string, () => Promise<Format>>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

/** The formats that take a `groupBy`. */
export const GROUPING_FORMATS: readonly FormatName[] = ["sarif", "markdown", "html"];

export function formatNamed(name: FormatName): Promise<Format> {
    return FORMATS[name]();
}
