/** What a pack that an organisation requires costs every stack: its installation, and each preview. */

import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programOf } from "../../examples";
import { SINGLE_FILE } from "../bundle";
import { type EngineStack, openStack } from "../pulumi/engine";
import { atMost, type Part, withGoals } from "./goals";
import { installation } from "./installation";
import { type Bench, median, table, takeTurns } from "./measure";
import { EMPTY_PACK } from "./packs";

const NONE = "none";
const EMPTY = "an empty pack";
const OURS = "this pack";
const EXECUTABLE = "this pack, as an executable";
const SINGLE = "this pack, as a single file";
const AWSGUARD = "awsguard";

/** The most MB that may be installed beyond those of an empty pack. */
const MOST_MORE_MB = 1;
/** The most seconds of a preview, as a ratio to an empty pack. */
const MOST = 1.05;
/** The most seconds of a preview with the executable, as a ratio to one without a pack. */
const MOST_EXECUTABLE = 1.25;

const PROGRAM = "rest-api";

/** Measures the installation of the packs and previews with them, and returns a part of the page, with its goals. */
export async function benchCloud(bench: Bench): Promise<string> {
    const packs = foldersOf(bench);
    return withGoals([await installations(bench, packs), await previews(bench, packs)]);
}

type Packs = Readonly<Record<typeof EMPTY | typeof OURS | typeof AWSGUARD, string>>;

/** The packs as they are unpacked on a machine, before anything is installed. */
function foldersOf({ dist, temp }: Bench): Packs {
    const [empty, ours, awsguard] = ["empty", "ours", "awsguard"].map((name) => join(temp, "packs", name));
    const packs = { [EMPTY]: empty as string, [OURS]: ours as string, [AWSGUARD]: awsguard as string };
    cpSync(EMPTY_PACK, packs[EMPTY], { recursive: true });
    cpSync(dist, packs[OURS], { recursive: true });
    cpSync(join(__dirname, "awsguard"), packs[AWSGUARD], { recursive: true });
    // An empty pack needs the same versions of the SDKs as ours, and no more.
    const { dependencies } = JSON.parse(readFileSync(join(dist, "package.json"), "utf8"));
    const needed = Object.entries(dependencies).filter(([name]) => name.startsWith("@pulumi/"));
    const file = join(packs[EMPTY], "package.json");
    const manifest = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...manifest, dependencies: Object.fromEntries(needed) }));
    return packs;
}

async function installations(bench: Bench, packs: Packs): Promise<Part> {
    const commands = {
        [EMPTY]: installation(packs[EMPTY]),
        [OURS]: installation(packs[OURS]),
        [AWSGUARD]: installation(packs[AWSGUARD]),
    } as const;
    const usages = await takeTurns("installation", commands, { temp: bench.temp, rounds: Math.min(3, bench.rounds) });
    const rows = Object.entries(packs).map(([name, folder]) => {
        const seconds = usages[name as keyof Packs].seconds;
        return [name, String(packagesIn(folder)), megabytesOf(folder).toFixed(1), seconds.toFixed(1)];
    });
    const more = megabytesOf(packs[OURS]) - megabytesOf(packs[EMPTY]);
    const about = `What a machine does before its first preview with a version of a pack: \`npm install\` in the unpacked pack. The sizes are those of
all files, the pack's own included. Rounds: 3.`;
    return {
        goals: [atMost("MB that this pack installs beyond an empty pack", MOST_MORE_MB, more)],
        text: `${about}\n\n${table(["pack", "packages", "MB", "seconds"], rows)}`,
    };
}

/** The size of all files of a folder. */
function megabytesOf(folder: string): number {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
}

function packagesIn(folder: string): number {
    const { packages } = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
    return Object.keys(packages).filter((name) => name !== "").length;
}

/** Previews of a first deployment, with the engine and the policy SDK as users have them. */
async function previews({ temp, rounds }: Bench, packs: Packs): Promise<Part> {
    const stacks = new Map<string, EngineStack>();
    const files = { [EXECUTABLE]: join(packs[OURS], "executable.js"), [SINGLE]: join(packs[OURS], SINGLE_FILE) };
    for (const [name, pack] of Object.entries({ [NONE]: null, ...packs, ...files })) {
        const folder = join(temp, "stacks", String(stacks.size));
        mkdirSync(folder, { recursive: true });
        stacks.set(name, await openStack(programOf(PROGRAM), { pack, project: PROGRAM, stack: "dev" }, folder));
    }
    const seconds = new Map([...stacks.keys()].map((name) => [name, [] as number[]]));
    const order = [...stacks.entries()];
    for (let round = 0; round < rounds; round++) {
        console.error(`previews: round ${round + 1} of ${rounds}`);
        for (const [name, stack] of order) {
            const start = process.hrtime.bigint();
            const { exitCode, stdout, stderr } = await stack.preview();
            seconds.get(name)?.push(Number(process.hrtime.bigint() - start) / 1e9);
            if (exitCode !== 0) {
                throw new Error(`A preview with ${name} failed:\n${stdout}${stderr}`);
            }
        }
        // Everyone starts a round in turn.
        order.push(...order.splice(0, 1));
    }
    const medians = Object.fromEntries([...seconds].map(([name, all]) => [name, median(all)]));
    const ratio = (name: string, to: string) => (medians[name] ?? Number.NaN) / (medians[to] ?? Number.NaN);
    const rows = Object.entries(medians).map(([name, one]) => [name, one.toFixed(2), ratio(name, EMPTY).toFixed(2)]);
    const about = `\`pulumi preview\` of [\`examples/${PROGRAM}\`](../examples/${PROGRAM}), which has 11 resources, before anything exists.`;
    return {
        goals: [
            atMost("seconds of a preview with this pack as a ratio to an empty one", MOST, ratio(OURS, EMPTY)),
            atMost(
                "seconds of a preview with the executable as a ratio to none",
                MOST_EXECUTABLE,
                ratio(EXECUTABLE, NONE),
            ),
        ],
        text: `${about}\n\n${table(["pack", "seconds", "ratio"], rows)}`,
    };
}
