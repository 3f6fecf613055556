import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../../../cli/commands/check";
import { findingText } from "../../../cli/report/model";
import { inTemporaryFolder } from "../../../tools/pulumi/command";
import type { Run } from "./run";
import { verdicts } from "./verdicts";

/** That `check` says of a document what the engine said in a run: the same findings, whole, at the same levels. */
export function assertSameVerdicts(
    document: object,
    run: Pick<Run, "findings">,
    config: object | undefined,
    what: string,
): Promise<void> {
    return inTemporaryFolder(async (folder) => {
        const [file, configFile] = [join(folder, "stack.json"), join(folder, "config.json")];
        writeFileSync(file, JSON.stringify(document));
        writeFileSync(configFile, JSON.stringify(config ?? {}));
        const { findings, problems } = await check([file], { config: configFile });
        assert.deepEqual(problems, []);
        const messages = verdicts(run).map(({ message }) => message);
        const inEngine = run.findings.map(({ policy, urn, level }, index) => ({
            ...{ policy, urn, level },
            message: messages[index],
        }));
        const inCheck = findings.map((one) => {
            const { policy, urn, level } = one;
            return { policy, urn, level, message: findingText(one) };
        });
        assert.deepEqual(sorted(inCheck), sorted(inEngine), what);
    });
}

function sorted<T extends object>(things: readonly T[]): T[] {
    return [...things].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
