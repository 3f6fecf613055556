/** `npm run bench`: what the pack costs in the engine and `check` without it, side by side with what they compare to. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchCheck } from "./bench/check";
import { benchCloud } from "./bench/cloud";
import { benchGrowth } from "./bench/growth";
import type { Bench } from "./bench/measure";
import { benchPacks } from "./bench/packs";
import { badUsage, fail } from "./failure";
import { inTemporaryFolder } from "./pulumi/command";
import { findPulumi, type PulumiCli } from "./pulumi/find";

const ROOT = join(__dirname, "..");
const PAGE = join(ROOT, "docs", "benchmark.md");

const HELP = `Usage: npm run bench [-- --rounds N] [--only packs|cloud|check|growth] [--write]

Measures four things, each beside what it compares to, taking turns in every round; the tables have the medians:

  packs   "pulumi policy analyze" of exported states with an empty pack, awsguard, and this pack as a folder, an executable,
          a single file, and its TypeScript checkout; and with all policies enabled, beside as many that do nothing; needs a
          registry that npm installs from
  cloud   what a pack costs every stack if an organization requires it: its installation, and "pulumi preview", beside an
          empty pack and awsguard; needs a registry that npm installs from, and 1 GB in the temporary folder
  check   "apigateway-guard check" of generated states of up to 50,000 resources, with all policies enabled, too, and of
          folders of up to 1,000 files, beside a process that only reads and parses them, and beside the engine; needs
          700 MB in the temporary folder
  growth  "apigateway-guard check" and "report" of what grows in one direction, beside the same of four times the size

With 7 rounds the packs take some five minutes, cloud two, check five, and growth two.

Options:
      --rounds N  how often each contender runs (7)
      --only KIND measure packs, cloud, check or growth alone
      --write     put the tables into docs/benchmark.md as well; with --only, that part of it
  -h, --help      show this text`;

type Kind = "packs" | "cloud" | "check" | "growth";

const PARTS: Readonly<Record<Kind, { heading: string; bench: (bench: Bench) => Promise<string> }>> = {
    packs: { heading: "Packs in `pulumi policy analyze`", bench: benchPacks },
    cloud: { heading: "A pack that an organisation requires", bench: benchCloud },
    check: { heading: "`apigateway-guard check`", bench: benchCheck },
    growth: { heading: "Growth", bench: benchGrowth },
};

interface Options {
    readonly rounds: number;
    readonly kinds: readonly Kind[];
    readonly write: boolean;
}

/** What is asked for; nothing if it is the help. */
function optionsOf(args: readonly string[]): Options | undefined {
    const { values } = parseArgs({
        args: [...args],
        options: {
            rounds: { type: "string", default: "7" },
            only: { type: "string" },
            write: { type: "boolean", default: false },
            help: { type: "boolean", short: "h" },
        },
    });
    const { rounds, only, write, help } = values;
    if (help) {
        return undefined;
    }
    if (!/^[1-9]\d*$/.test(rounds)) {
        throw badUsage(`--rounds takes a whole number above 0, not ${rounds}`);
    }
    const kinds = (Object.keys(PARTS) as Kind[]).filter((kind) => only === undefined || kind === only);
    if (kinds.length === 0) {
        throw badUsage(`--only takes ${Object.keys(PARTS).join(", ")}, not ${only}`);
    }
    return { rounds: Number(rounds), kinds, write };
}

/** The parts of the page that are asked for, by heading. */
async function measured({ rounds, kinds }: Options): Promise<Map<string, string>> {
    const cli = await findPulumi();
    if (cli === undefined) {
        throw new Error("There is no Pulumi CLI. Run `npm run setup:pulumi` first.");
    }
    return inTemporaryFolder(async (temp) => {
        const bench = { dist: join(ROOT, "dist"), cli, rounds, temp };
        const parts = new Map<string, string>();
        for (const { heading, bench: measure } of kinds.map((kind) => PARTS[kind])) {
            parts.set(heading, `${await measure(bench)}\n\n${circumstances(cli, rounds)}`);
        }
        return parts;
    });
}

function circumstances({ version }: PulumiCli, rounds: number): string {
    const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
    return `Pulumi CLI ${version}, Node ${process.versions.node}, ${machine}. Rounds: ${rounds}; medians.`;
}

/** The page with some of its parts made anew, and the others as they were. */
export function pageOf(before: string, parts: ReadonlyMap<string, string>): string {
    const old = before.split(/^## /m).slice(1);
    const texts = new Map(
        old.map((part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n")).trim()]),
    );
    const sections = Object.values(PARTS).flatMap(({ heading }) => {
        const text = parts.get(heading) ?? texts.get(heading);
        return text === undefined ? [] : [`## ${heading}\n\n${text}\n`];
    });
    return ["# Benchmark\n\nMade by `npm run bench -- --write`.\n", ...sections].join("\n");
}

async function main(): Promise<void> {
    try {
        const options = optionsOf(process.argv.slice(2));
        if (options === undefined) {
            console.log(HELP);
            return;
        }
        const parts = await measured(options);
        console.log([...parts.values()].join("\n\n"));
        if (options.write) {
            writeFileSync(PAGE, pageOf(existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "", parts));
        }
    } catch (error) {
        fail(error);
    }
}

if (require.main === module) {
    void main();
}
