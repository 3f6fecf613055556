/** The formats, each loaded when it is asked for. */

import type { Report } from "../findings";
import type { TextOptions } from "./text";

type Format = (report: Report, options: TextOptions) => string;

const FORMATS = {
    text: () => (require("./text") as typeof import("./text")).text,
    json: () => (require("./json") as typeof import("./json")).json,
    sarif: () => (require("./sarif") as typeof import("./sarif")).sarif,
    junit: () => (require("./junit") as typeof import("./junit")).junit,
    markdown: () => (require("./markdown") as typeof import("./markdown")).markdown,
    html: () => (require("./html") as typeof import("./html")).html,
    github: () => (require("./github") as typeof import("./github")).github,
} satisfies Record<string, () => Format>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

export function formatNamed(name: FormatName): Format {
    return FORMATS[name]();
}
