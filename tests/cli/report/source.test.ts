import assert from "node:assert/strict";
import type { Location } from "../../../cli/report/model";
import { withSources } from "../../../cli/report/source";
import { withFolder } from "../../support/folder";
import { LOG_GROUP, report, STAGE } from "./formats/reports";

describe("withSources gives a location", () => {
    const { path, write } = withFolder();

    /** The location of a finding, by its path in the temporary folder, once its source was looked for. */
    function located(location: Location): Location | undefined {
        const given = { ...location, path: path(location.path) };
        const [finding] = withSources(report({ ...STAGE, location: given })).findings;
        return finding?.location && { ...finding.location, path: location.path };
    }

    interface Row {
        readonly when: string;
        readonly content?: unknown;
        readonly line: number;
        readonly source?: string;
    }

    const LINES = "first\n\tnew aws.apigateway.Stage(\n\nlast";
    const LONGEST = "x".repeat(300);
    const ROWS: readonly Row[] = [
        { when: "its line of the program", content: LINES, line: 1, source: "first" },
        {
            when: "a line that is indented with tabs as it is",
            content: LINES,
            line: 2,
            source: "\tnew aws.apigateway.Stage(",
        },
        { when: "the last line of a file without a final newline", content: LINES, line: 4, source: "last" },
        { when: "a line without its carriage return", content: "first\r\nsecond\r\n", line: 2, source: "second" },
        { when: "the longest line that is shown", content: `${LONGEST}\n`, line: 1, source: LONGEST },
        { when: "no line that is longer, as in minified code", content: `${LONGEST}x\n`, line: 1 },
        { when: "no blank line", content: LINES, line: 3 },
        { when: "no line beyond the end", content: LINES, line: 5 },
        { when: "a line of the largest file that is read", content: "line\n".repeat(200_000), line: 2, source: "line" },
        { when: "no line of a larger file", content: `${"line\n".repeat(200_000)}\n`, line: 2 },
        { when: "no line of a file that does not exist", line: 1 },
    ];
    for (const { when, content, line, source } of ROWS) {
        it(when, () => {
            const location = { path: content === undefined ? "nowhere.ts" : "index.ts", line, column: 2 };
            if (content !== undefined) {
                write("index.ts", content);
            }
            assert.deepEqual(located(location), { ...location, ...(source === undefined ? {} : { source }) });
        });
    }

    it("no line of a folder", () => {
        write("folder/index.ts", LINES);
        assert.deepEqual(located({ path: "folder", line: 1 }), { path: "folder", line: 1 });
    });

    it("its own line, when other findings have none or other files", () => {
        const locations = [
            { path: write("a.ts", "a1\na2"), line: 2 },
            { path: write("b.ts", "b1\nb2"), line: 1 },
            { path: path("a.ts"), line: 1 },
        ];
        const findings = [LOG_GROUP, ...locations.map((location) => ({ ...STAGE, location }))];
        const sources = ["a2", "b1", "a1"];
        assert.deepEqual(
            withSources(report(...findings)),
            report(
                LOG_GROUP,
                ...locations.map((one, index) => ({
                    ...STAGE,
                    location: { ...one, source: sources[index] as string },
                })),
            ),
        );
    });
});
