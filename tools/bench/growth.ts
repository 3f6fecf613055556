/** How long `check` and `report` take as one thing grows, and what they must not refuse however much there is of it. */

import { guard, written } from "./commands";
import { atMost, type Goal, shown, withGoals } from "./goals";
import { type Bench, type Command, exitCodeOf, table, takeTurns } from "./measure";
import * as shapes from "./shapes";
import { generatedState } from "./states";

interface Shape {
    readonly what: string;
    readonly n: number;
    readonly make: (n: number) => object | string;
    readonly command?: "check" | "report";
    /** The policy config, which grows as well. */
    readonly config?: (n: number) => object;
}

/** Without a part that grows with the square of n, each takes up to some 2 seconds at 4n. */
const CURVES: readonly Shape[] = [
    { what: "n resources, all of API Gateway", n: 5000, make: (n) => generatedState(n, 1) },
    { what: "n APIs with group, stage and settings, ids unknown", n: 1000, make: shapes.manyApis },
    { what: "one API with n stages that depend on n unnamed groups", n: 500, make: shapes.manyStages },
    { what: "one API with 20 methods and n stages", n: 500, make: shapes.manyStagesOfMethods },
    { what: "n settings that depend on all before, with an Account", n: 150, make: shapes.settingsInTurn },
    { what: "a component chain n deep", n: 2500, make: shapes.deepChain },
    { what: "a component chain n deep, children first", n: 10_000, make: shapes.childrenFirst },
    { what: "n Accounts under n providers", n: 1000, make: shapes.manyAccounts },
    {
        what: "n findings under n exemptions",
        n: 5000,
        make: shapes.manyFindings,
        config: shapes.manyExemptions,
    },
    { what: "n log groups under n patterns to exclude", n: 5000, make: shapes.manyGroups, config: shapes.manyExcluded },
    { what: "`report` of n runs", n: 5000, make: shapes.manyRuns, command: "report" },
];

const DEMANDS: readonly Shape[] = [
    { what: "a dependency on a component chain 2,000 deep", n: 2000, make: shapes.dependencyOnDeepChain },
    { what: "130,000 URNs in one dependency list", n: 130_000, make: shapes.longList },
    { what: "130,000 findings of one policy", n: 130_000, make: shapes.manyFindings },
    { what: "properties nested 9,000 deep", n: 9000, make: shapes.deepProperties },
];

const MOST = 5;
/** What is still running by then grows faster than it should. */
const LIMIT_SECONDS = 60;

/** Measures each shape at two sizes, and returns a part of the page, with its goals. */
export async function benchGrowth(bench: Bench): Promise<string> {
    const rows: string[][] = [];
    const goals: Goal[] = [];
    for (const shape of CURVES) {
        const { what, n } = shape;
        const at = await secondsOf(bench, shape);
        const ratio = at.large / at.small;
        goals.push(atMost(`seconds at 4n as a ratio to n: ${what}`, MOST, ratio));
        rows.push([what, `${n}`, ...[at.small, at.large, ratio].map(shown)]);
    }
    for (const shape of DEMANDS) {
        const code = await exitCodeOf(bench.temp, commandOf(bench, shape, shape.n));
        const isMet = code === 0 || code === 1;
        goals.push({ what: `exit code: ${shape.what}`, aim: "0 or 1", measured: `${code ?? "none"}`, isMet });
    }
    const about = `\`check\` of stacks in which one thing grows, and \`report\` of runs, as whole processes. Those that fail, or take longer than
${LIMIT_SECONDS} s, have no number.`;
    return withGoals([{ goals, text: `${about}\n\n${table(["shape", "n", "seconds", "at 4n", "ratio"], rows)}` }]);
}

/** Not a number where a process fails. */
async function secondsOf(bench: Bench, shape: Shape): Promise<{ readonly small: number; readonly large: number }> {
    const commands = { small: commandOf(bench, shape, shape.n), large: commandOf(bench, shape, 4 * shape.n) };
    try {
        const { small, large } = await takeTurns(`growth, ${shape.what}`, commands, bench);
        return { small: small.seconds, large: large.seconds };
    } catch (error) {
        console.error((error as Error).message);
        return { small: Number.NaN, large: Number.NaN };
    }
}

function commandOf(bench: Bench, { make, command = "check", config }: Shape, n: number): Command {
    const made = make(n);
    const text = typeof made === "string" ? made : JSON.stringify(made);
    const more =
        config === undefined ? [] : ["--config", written(bench, JSON.stringify(config(n)), `config-${n}.json`)];
    return { ...guard(bench, command, written(bench, text, `shape-${n}.json`), more), limit: LIMIT_SECONDS };
}
