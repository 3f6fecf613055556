#!/usr/bin/env node
/** The command line: its commands, and what becomes of an error. */

import { Command, CommanderError } from "commander";
import { addCheck } from "./program/check";
import { addExceptions } from "./program/exceptions";
import { addFix } from "./program/fix";
import { addLive } from "./program/live";
import { addLocate } from "./program/locate";
import { printError } from "./program/output";
import { addPack } from "./program/pack";
import { addReport } from "./program/report";
import { escapeForLog } from "./report/formats/characters";
import { TOOL } from "./tool";

function program(): Command {
    const root = new Command(TOOL.name)
        .description("Finds AWS API Gateway stages that do not log, and logs that never expire, in Pulumi stacks.")
        .version(TOOL.version)
        // Options of the command itself, such as --version, are those before the name of a subcommand.
        .enablePositionalOptions()
        .configureOutput({ outputError: (message, write) => write(escapeForLog(message, "\n")) })
        .exitOverride()
        .showHelpAfterError("Use --help for the options.");
    for (const add of [addCheck, addReport, addLive, addFix, addLocate, addExceptions, addPack]) {
        add(root);
    }
    return root;
}

async function main(): Promise<void> {
    // The reader of our output may close it early, as `head` does; the rest of it has no reader then.
    process.stdout.on("error", (error: NodeJS.ErrnoException) => {
        if (error.code !== "EPIPE") {
            printError(error.message);
            process.exitCode = 2;
        }
        process.exit();
    });
    try {
        await program().parseAsync();
    } catch (error) {
        if (error instanceof CommanderError) {
            // Commander has printed what is wrong, or the help.
            process.exitCode = error.exitCode === 0 ? 0 : 2;
            return;
        }
        printError((error as Error).message);
        process.exitCode = 2;
    }
}

void main();
