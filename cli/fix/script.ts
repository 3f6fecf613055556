/** A bash script of AWS CLI commands, for people to read before they run it. */

import type { LoggingLevel } from "../../aws/apigateway/logging-level";
import type { Command } from "../../aws/command";
import { functionsFor } from "../../aws/shell-functions";
import { valuesSetIn } from "../../stack/code/properties";
import { groupBy } from "../../stack/maps";
import { both, quote } from "../../stack/text";
import { shownFile } from "../inputs/file-names";
import {
    type CheckedStack,
    describeLocation,
    describeReasons,
    type Excepted,
    ownership,
    plural,
    type Report,
} from "../report/model";
import { TOOL } from "../tool";
import { describePlace, optionsFor } from "./aws-place";
import type { Planned, Section } from "./plan";
import { commandLine, comment, quoted } from "./shell";

/** All that a script is written from. */
export interface Script extends Pick<Report, "excepted" | "undecided" | "unchecked" | "problems"> {
    readonly stacks: readonly Pick<CheckedStack, "stack" | "file">[];
    readonly sections: readonly Section[];
    readonly planned: readonly Planned[];
    /** The logging level that the script sets where there is a choice. */
    readonly level: Chosen<LoggingLevel>;
    /** The days after which the events of log groups expire, where there is a choice. */
    readonly days: Chosen<number>;
}

/** A value that the script sets, and whether an option of the command says so; otherwise the config or a default does. */
export interface Chosen<Of> {
    readonly value: Of;
    readonly isByOption: boolean;
}

/** The script: what it does in comments, functions, commands by place, and at its end what is left to do by hand. */
export function scriptOf(script: Script): string {
    const { sections, problems } = script;
    const work =
        sections.length > 0
            ? [[START], ...functionBlocks(sections), ...sections.map(sectionBlock), [END]]
            : problems.length > 0
              ? [[UNREAD]]
              : [];
    const blocks = [["#!/usr/bin/env bash", ...header(script)], ...work, ...notes(script)];
    return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function header({ stacks, sections, planned, problems }: Script): string[] {
    const isOpen = planned.some(({ reasons }) => reasons.length > 0);
    const nothing =
        problems.length > 0
            ? "Nothing to change on AWS was found in what could be read, but not all could be; see the end."
            : "Nothing to change on AWS was found.";
    const changes = sections.flatMap(({ place, commands }) => [
        comment(`${describePlace(place)}:`, 2),
        ...commands.map(({ what }) => comment(`- ${what}`, 4)),
    ]);
    return [
        comment(`Written by ${TOOL.name} ${TOOL.version}, to fix on AWS what its policies find in`),
        ...stacks.map(({ stack, file }) => comment(`${stack} (${shownFile(file)})`, 2)),
        comment(),
        ...(sections.length === 0
            ? [comment(isOpen ? "Nothing of it can be changed by a script." : nothing)]
            : [
                  comment("Usage: bash FILE [--dry-run]"),
                  comment("A dry run prints the commands and runs none. To run the script again does no harm."),
                  comment(),
                  comment("What it sets:"),
                  ...changes,
              ]),
    ];
}

const START = `# What stands in single quotes is not for bash.
# shellcheck disable=SC1003,SC2016

set -euo pipefail
# Git Bash on Windows would take /aws/apigateway for a path.
export MSYS_NO_PATHCONV=1

dry_run=
left_out=
case \${1-} in
    '') ;;
    --dry-run) dry_run=yes ;;
    *)
        echo 'Usage: bash FILE [--dry-run]' >&2
        exit 2
        ;;
esac
trap 'if [[ $? != 0 ]]; then echo "Not everything was done. To run the script again does no harm." >&2; fi' EXIT`;

const END = `if [[ -n $left_out ]]; then
    exit 1
fi`;

/** In place of commands, so that nobody takes it for a fix of everything. */
const UNREAD = `echo 'Nothing was changed. Not everything could be read: the end of this script says what.' >&2
exit 2`;

/** The commands of an account that is known are run with credentials of that account only. */
function sectionBlock({ place, commands }: Section): string[] {
    const options = optionsFor(place);
    const { account } = place;
    const lines = commands.flatMap(({ what, args }) => [comment(what), lineFor(args, options)]);
    const title = comment(`---- ${describePlace(place)}`);
    return account === undefined
        ? [title, ...lines]
        : [
              title,
              `if in_account ${[account, ...options].map(quoted).join(" ")}; then`,
              ...lines.flatMap((line) => line.split("\n")).map((line) => `    ${line}`),
              "fi",
          ];
}

function lineFor(args: Command["args"], options: readonly string[]): string {
    return commandLine([...(args[0] === "aws" ? ["run"] : []), ...args, ...options]);
}

function functionBlocks(sections: readonly Section[]): string[][] {
    const calls = sections.flatMap(({ place, commands }) => [
        ...(place.account === undefined ? [] : ["in_account"]),
        ...commands.map(({ args }) => (args[0] === "aws" ? "run" : (args[0] as string))),
    ]);
    return functionsFor(calls).map((definition) => [definition]);
}

/** What a person has to know or to do besides. */
function notes({ planned, excepted, undecided, unchecked, problems, ...values }: Script): string[][] {
    const fixed = planned.filter(({ isFixed }) => isFixed);
    const open = planned.filter(({ reasons }) => reasons.length > 0);
    const ofProgram = planned.filter(({ isFixed, reasons }) => !isFixed && reasons.length === 0);
    return [
        note("Then change the program, or a later update may undo this:", [
            ...hints(fixed, values),
            ...byResource(fixed, false),
        ]),
        note("Not fixed:", byResource(open, true)),
        note("Nothing to change on AWS, but in the program:", byResource(ofProgram, false)),
        note("Excepted, so not fixed:", byResource(excepted.map(leftAlone), true)),
        note(
            "Not decided:",
            undecided.map(({ stack, message }) => comment(`${stack}: ${message}`, 2)),
        ),
        note(
            "Not checked:",
            unchecked.map(({ file, stack, message }) => comment(`${stack ?? shownFile(file)}: ${message}`, 2)),
        ),
        note(
            "Not read, so that something may be missing here:",
            problems.map(({ file, message }) => comment(`${shownFile(file)} ${message}`, 2)),
        ),
    ].filter((lines) => lines.length > 0);
}

function leftAlone(finding: Excepted): Planned {
    return {
        finding,
        isFixed: false,
        reasons: [describeReasons(finding)],
        setsLevel: false,
        setsDays: false,
        isLive: false,
    };
}

function note(title: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [comment(title), ...lines];
}

/** What to know of all changes of the program. */
function hints(fixed: readonly Planned[], { level, days }: Pick<Script, "level" | "days">): string[] {
    const codes = fixed.flatMap(({ code = [] }) => code);
    const isToSay = ({ value, isByOption }: Chosen<unknown>, isSet: boolean, property: string) =>
        (isByOption && isSet) ||
        codes.some((code) => valuesSetIn(code, property).some((suggested) => suggested !== value));
    const setsLevel = fixed.some((one) => one.setsLevel);
    const setsDays = fixed.some((one) => one.setsDays);
    const values = [
        ...(isToSay(level, setsLevel, "loggingLevel") ? [`logging level ${level.value}`] : []),
        ...(isToSay(days, setsDays, "retentionInDays") ? [`a retention of ${plural(days.value, "day")}`] : []),
    ];
    return [
        ...(values.length > 0 ? [comment(`Use the values that this script sets: ${both(values)}.`, 2)] : []),
        ...(fixed.some(({ isLive, finding: { owners } }) => isLive && owners === undefined)
            ? [comment("With --state and the states of your stacks, this list has the lines of the programs.", 2)]
            : []),
    ];
}

/** What no program makes, though one makes the stage or the API that it belongs to, can be imported there. */
function howToImport({ importId, finding: { owners = [] } }: Planned): string[] {
    const [owner] = owners;
    return importId === undefined || owner === undefined || owner.makes === "resource"
        ? []
        : [comment(`To have it in the program, declare it there with { import: ${quote(importId)} }.`, 4)];
}

/** Where to change what, for each resource. */
function byResource(planned: readonly Planned[], withReasons: boolean): string[] {
    const byUrn = groupBy(planned, ({ finding: { stack, file, urn } }) => JSON.stringify([stack, file, urn]));
    return [...byUrn.values()].flatMap((group) => {
        const first = group[0] as Planned;
        const { finding } = first;
        const { location, stack, urn } = finding;
        const owned = ownership(finding);
        return [
            comment(),
            comment(`${location === undefined ? "" : `${describeLocation(location)}  `}${stack}  ${urn}`, 2),
            ...(owned === undefined ? [] : [comment(owned, 4)]),
            ...(withReasons ? [] : howToImport(first)),
            ...group.flatMap(({ finding: { problem, advice, code }, reasons }) =>
                [problem, ...(withReasons ? reasons : [advice, code])].flatMap((text) =>
                    text === undefined ? [] : [comment(text, 4)],
                ),
            ),
        ];
    });
}

/** `5 commands for 4 findings; 2 findings are not fixed`. */
export function scriptSummary({ sections, planned }: Pick<Script, "sections" | "planned">): string {
    const commands = sections.reduce((sum, section) => sum + section.commands.length, 0);
    const fixed = planned.filter(({ isFixed }) => isFixed).length;
    const open = planned.filter(({ isFixed, reasons }) => !isFixed && reasons.length > 0).length;
    return `${plural(commands, "command")} for ${plural(fixed, "finding")}; ${plural(open, "finding")} not fixed`;
}
