import assert from "node:assert/strict";
import { policies } from "../../../policies";
import type { Expected } from "../../examples";
import type { Finding, Run } from "./run";

/** The findings of a run without their headings, which must be the descriptions of their policies. */
export function verdicts(run: Pick<Run, "findings">): Expected[] {
    return run.findings.map(({ policy, resource, message }) => {
        const description = policies.find(({ name }) => name === policy)?.description;
        const [heading, ...said] = message.split("\n");
        assert.equal(heading, description);
        return { policy, resource, message: said.join("\n") };
    });
}

/** The levels of the findings, `policy: level`, each once. */
export function levels(run: Pick<Run, "findings">): string[] {
    return [...new Set(run.findings.map(({ policy, level }: Finding) => `${policy}: ${level}`))].sort();
}
