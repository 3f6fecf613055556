/** The formats, each loaded when it is asked for. */

import type { Report } from "../model";
import type { FormatOptions } from "./options";

type Format = (report: Report, options: FormatOptions) => string;

const FORMATS = {
    text: async () => (await import("./text")).textReport,
    json: async () => (await import("./json")).jsonReport,
    sarif: async () => (await import("./sarif")).sarifReport,
    junit: async () => (await import("./junit")).junitReport,
    markdown: async () => (await import("./markdown")).markdownReport,
    html: async () => (await import("./html")).htmlReport,
    github: async () => (await import("./github")).githubReport,
    unix: async () => (await import("./unix")).unixReport,
} satisfies Record<string, () => Promise<Format>>;

/** The name of a format, as `--format` takes it. */
export type FormatName = keyof typeof FORMATS;

/** In the order in which help lists them. */
export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

/** The formats that take a `groupBy`. */
export const GROUPING_FORMATS: readonly FormatName[] = ["sarif", "markdown", "html"];

/** Loads a format, which is a pure function from a report and options to text. */
export function formatNamed(name: FormatName): Promise<Format> {
    return FORMATS[name]();
}
