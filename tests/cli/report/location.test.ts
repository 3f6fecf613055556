import { locationOf, programFile } from "../../../cli/report/location";
import type { Location } from "../../../cli/report/model";
import type { StateResource } from "../../../cli/state";
import { type Row, table } from "../../support/rows";

type Given = Partial<StateResource> & { readonly within?: Given; readonly sourceDir?: string };

/** The place of a resource, given with those around it. */
function placeIn({ sourceDir = "", ...given }: Given) {
    const all = new Map<string, StateResource>();
    const add = ({ within, ...one }: Given, depth: number): StateResource => {
        const parent = within === undefined ? {} : { parent: add(within, depth + 1).urn };
        const resource = { urn: `urn:${depth}`, type: "aws:s3/bucket:Bucket", ...one, ...parent };
        all.set(resource.urn, resource);
        return resource;
    };
    return locationOf(add(given, 0), all, sourceDir);
}

const OWN = { sourcePosition: "project:///index.ts#8,19" };
const LIBRARY = { sourcePosition: "project:///node_modules/@pulumi/awsx/api.js#3,1" };
const PLACE = { path: "index.ts", line: 8, column: 19 };

table<Given, Location | undefined>("locationOf", placeIn, [
    ["the line and column that the resource was made at", OWN, PLACE],
    ["a line alone, as from Python", { sourcePosition: "project:///prog.py#6" }, { path: "prog.py", line: 6 }],
    ["below the program's folder", { ...OWN, sourceDir: "infra/" }, { ...PLACE, path: "infra/index.ts" }],
    [
        "below the program's folder, as Windows writes it",
        { ...OWN, sourceDir: "a\\b" },
        { ...PLACE, path: "a/b/index.ts" },
    ],
    ["below the current folder", { ...OWN, sourceDir: "." }, PLACE],
    [
        "a path with a space",
        { sourcePosition: "project:///my%20app.ts#1,2" },
        { path: "my app.ts", line: 1, column: 2 },
    ],
    [
        "a path with a percent sign",
        { sourcePosition: "project:///100%.ts#1,2" },
        { path: "100%.ts", line: 1, column: 2 },
    ],
    ["nothing for a resource without a position", {}, undefined],
    ["nothing for what is not a position", { sourcePosition: "index.ts:8" }, undefined],
    [
        "nothing for a line or a column 0",
        { sourcePosition: "project:///a.ts#0", stackTrace: [{ sourcePosition: "project:///a.ts#1,0" }] },
        undefined,
    ],
    ["the line that uses a component, for what it makes", { ...LIBRARY, within: OWN }, PLACE],
    ["the line of the outer component, for one in another", { within: { ...LIBRARY, within: OWN } }, PLACE],
    ["nothing in a library", LIBRARY, undefined],
    ["nothing in a Python library", { sourcePosition: "project:///venv/lib/site-packages/x.py#3" }, undefined],
    ["nothing outside the program's folder", { sourcePosition: "project:///../shared/api.ts#3,1" }, undefined],
    ...[
        ["the folder above the program's", "project:///..#3"],
        ["the folder above, with its dots encoded", "project:///%2e%2e#3"],
        ["a file above, with its path encoded", "project:///a%2f..%2f..%2fb.ts#3"],
        ["a file above, as Windows writes it", "project:///..\\b.ts#3"],
        ["a file above, once a folder was entered, as Windows writes it", "project:///a\\..\\..\\b.ts#3"],
        ["an absolute path", "project:////etc/passwd#1"],
        ["an absolute path that is encoded", "project:///%2Fetc/passwd#1"],
        ["an absolute path of Windows", "project:///C:/secret.ts#1"],
        ["a path on another computer", "project:///\\\\host\\share.ts#1"],
        ["the program's folder itself", "project:///.#1"],
        ["a folder", "project:///a/#1"],
        ["a path that ends in the program's folder", "project:///a/..#1"],
        ["a path with a null character", "project:///a%00.ts#1"],
        ["a line 0 with more digits", "project:///a.ts#00"],
        ["a line of 400 digits", `project:///a.ts#${"9".repeat(400)}`],
        ["a line that 32 bits cannot hold", "project:///a.ts#2147483648"],
        ["a column of 400 digits", `project:///a.ts#1,${"9".repeat(400)}`],
    ].map(
        ([what, sourcePosition = ""]): Row<Given, undefined> => [`nothing for ${what}`, { sourcePosition }, undefined],
    ),
    [
        "dots that do not leave the folder",
        { sourcePosition: "project:///a/..b/.../c.ts#1" },
        { path: "a/..b/.../c.ts", line: 1 },
    ],
    ["the longest line", { sourcePosition: "project:///a.ts#999999999" }, { path: "a.ts", line: 999_999_999 }],
    ["the program's line in the calls that led to a library", { ...LIBRARY, stackTrace: [{}, LIBRARY, OWN] }, PLACE],
    [
        "its own calls before those of a component",
        { ...LIBRARY, stackTrace: [OWN], within: { sourcePosition: "project:///other.ts#1,1" } },
        PLACE,
    ],
]);

table<readonly string[], string | undefined>(
    "programFile",
    (positions) => {
        const resources = positions.map((sourcePosition, index) => ({
            ...{ urn: `urn:${index}`, type: "aws:s3/bucket:Bucket" },
            sourcePosition,
        }));
        return programFile(resources);
    },
    [
        ["the file of the first resource whose place is in the program", ["", "project:///app.py#6"], "app.py"],
        [
            "that of a program in YAML, where the positions are of its interpreter",
            ["project:///../../go/pkg/mod/github.com/pulumi/pulumi-yaml@v1.25.0/pkg/pulumiyaml/run.go#1391"],
            "Pulumi.yaml",
        ],
        ["none, where no resource says", ["", "project:///../other.go#3"], undefined],
    ],
);
