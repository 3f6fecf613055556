/** The lines of the user's program that findings are about. */

import { readFileSync, statSync } from "node:fs";
import { getOrAdd } from "../../stack/maps";
import type { Location, Report } from "./model";

/** A longer file or line was not written by hand. */
const LONGEST_FILE = 1_000_000;
const LONGEST_LINE = 300;

/** The report with the source line of each location whose file can be read. */
export function withSources(report: Report): Report {
    const files = new Map<string, readonly string[]>();
    const sourceOf = ({ path, line }: Location): string | undefined => {
        return getOrAdd(files, path, () => linesOf(path))[line - 1];
    };
    return {
        ...report,
        findings: report.findings.map((finding) => {
            const source = finding.location === undefined ? undefined : sourceOf(finding.location);
            return finding.location === undefined || source === undefined || !isShown(source)
                ? finding
                : { ...finding, location: { ...finding.location, source } };
        }),
    };
}

function isShown(line: string): boolean {
    return line.trim() !== "" && line.length <= LONGEST_LINE;
}

function linesOf(path: string): readonly string[] {
    try {
        const stats = statSync(path);
        return stats.isFile() && stats.size <= LONGEST_FILE ? readFileSync(path, "utf8").split(/\r?\n/) : [];
    } catch {
        // States travel: the program is often somewhere else.
        return [];
    }
}
