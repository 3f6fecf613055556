/** What the pack is run with for docs/compatibility.md: a release at each end, and what lies between. */

import { devDependencies } from "../../package.json";
import type { StackOptions } from "../pulumi/engine";
import { MINIMUM } from "../pulumi/find";

/** Releases that the pack runs with at the same time. */
export interface Row {
    readonly cli: string;
    readonly node: string;
    /** The npm package that the program is written with, `name@version`. */
    readonly program: string;
    /** How the provider of that release answers. */
    readonly manner: NonNullable<StackOptions["manner"]>;
}

/** The release of the last run. After a change of the pinned one, take that, and run `npm run compat`. */
const CLI = "3.274.1";
const NODE = "22.23.3";
const AWS = `@pulumi/aws@${devDependencies["@pulumi/aws"]}`;
const BASE: Row = { cli: CLI, node: NODE, program: AWS, manner: "v7" };

/** All rows of docs/compatibility.md, in its order. */
export const ROWS: readonly Row[] = [
    ...[MINIMUM, "3.250.0", "3.259.0", BASE.cli].map((cli) => ({ ...BASE, cli })),
    ...["20.20.2", "24.9.0"].map((node) => ({ ...BASE, node })),
    { ...BASE, program: "@pulumi/aws@5.43.0", manner: "v6" },
    { ...BASE, program: "@pulumi/aws@6.83.4", manner: "late-v6" },
    { ...BASE, program: "@pulumi/aws-native@1.79.0" },
];
