/**
 * Tables of rows for policies: each row is sent to the real pack over the wire, and to the evaluator of `check`, and its
 * findings are compared. `npm run mutation` leaves out the wire: it runs the rows again for each of thousands of mutants, and a
 * mutant is in its own process only.
 */

import assert from "node:assert/strict";
import { readConfig } from "../../../pack/config";
import { undecidedLine } from "../../../pack/finding";
import type { Policy } from "../../../pack/policy";
import { applyRemedy } from "../../../pack/remedy";
import { type Declared, MOMENTS, type Moment, SECRET, wire } from "./declare";
import { type Evaluated, evaluate } from "./evaluator";
import { type Diagnostic, type Pack, servePack, type WireResource } from "./pack";

type Properties = Record<string, unknown>;

/** The findings of a stack policy: messages by the name of the resource to change ("" for the whole stack). */
export type Findings = Readonly<Record<string, string>>;

export interface StackRow {
    readonly when: string;
    readonly given: readonly Declared[];
    readonly config?: Properties;
    /** Left out: no finding. */
    readonly finds?: Findings;
    /** What `check` finds, where a file shows more than the engine does. */
    readonly findsInFiles?: Findings;
    /** What the policy could not decide, as in its line in the log. */
    readonly undecided?: string;
    /** Left out: every moment, because findings must not depend on what is known. */
    readonly at?: readonly Moment[];
}

export interface ResourceRow {
    readonly when: string;
    readonly given: Declared;
    readonly config?: Properties;
    readonly finds?: string;
}

export interface RemediationRow {
    readonly when: string;
    readonly given: Declared;
    readonly config?: Properties;
    /** The inputs after remediation. Left out: they do not change. */
    readonly becomes?: Properties;
    /** Whether a file hides what decides, so that `check`, unlike the pack, finds nothing. */
    readonly isSecretInFiles?: boolean;
}

export interface ConfigRow {
    readonly when: string;
    readonly config: Properties;
    readonly fails: string;
}

/** Whether rows go over the wire; if not, they go to the evaluator of `check` only. */
const IS_WIRED = process.env.ROWS !== "in-process";

/** Serves the pack for the tables of one file; to be called inside its `describe`. Without the wire there is no pack. */
export function withPack(): () => Pack | undefined {
    let pack: Pack | undefined;
    if (IS_WIRED) {
        before(async () => {
            pack = await servePack();
        });
        after(() => pack?.stop());
    }
    return () => pack;
}

async function configureFor(pack: Pack, policy: Policy, config: Properties, level: "advisory" | "remediate") {
    // A resource policy has to be enabled to take note of resources that are only read.
    const isNeeded = (name: string) => policy.kind === "stack" && name === "cloudwatch-log-group-retention";
    await pack.configure({ [policy.name]: config }, (name) =>
        name === policy.name ? level : isNeeded(name) ? "advisory" : "disabled",
    );
}

/** Inputs first, then the stack, as the engine does. */
async function analyzeStack(pack: Pack, resources: readonly WireResource[]): Promise<Diagnostic[]> {
    for (const resource of resources) {
        await pack.analyze({ ...resource, props: resource.isRead ? {} : { sent: true } });
    }
    return pack.analyzeStack(resources);
}

/** A message without the policy's description, which the SDK puts above it. */
function withoutHeading(policy: Policy, { message }: Found): string {
    const heading = `${policy.description}\n`;
    return message.startsWith(heading) ? message.slice(heading.length) : message;
}

/** The rows of a stack policy, each at each moment, and then everything that the policy wrote into the engine's log. */
export function stackTable(policy: Policy, rows: readonly StackRow[]): void {
    describe(policy.name, () => {
        // The last test stops it already, if it is reached.
        const pack = withPack();
        const undecided: string[] = [];

        for (const row of rows) {
            const { when, given, config = {}, finds = {}, findsInFiles = finds, undecided: what, at = MOMENTS } = row;
            for (const moment of at) {
                it(`${when} (${moment})`, async () => {
                    const line = what === undefined ? [] : [`${policy.name} could not decide on ${what}`];
                    undecided.push(...line);
                    const wired = pack();
                    if (wired !== undefined) {
                        await configureFor(wired, policy, config, "advisory");
                        const found = await analyzeStack(wired, wire(given, moment));
                        assert.deepEqual(byResource(policy, found), finds);
                    }
                    for (const resources of [wire(given, moment), wire(given, moment).reverse()]) {
                        const evaluated = evaluate(policy, resources, config);
                        assert.deepEqual(byResource(policy, evaluated.findings), findsInFiles, "check");
                        evaluated.findings.forEach(assertFixedOnAws);
                        const lines =
                            evaluated.undecided.length > 0 ? [undecidedLine(policy.name, evaluated.undecided)] : [];
                        assert.deepEqual(lines, line, "check");
                    }
                });
            }
        }

        if (IS_WIRED) {
            it("writes into the engine's log what it could not decide, and nothing else", async () => {
                assert.deepEqual(await pack()?.stop(), undecided);
            });
        }
    });
}

/** The problems of a program with which AWS is as it should be, once everything is deployed. */
const OF_PROGRAM_ONLY =
    / does not depend on (?:Account|its) |configures the same AWS account and region|declares no API Gateway Account/;

/** Every finding about something that exists on AWS says how it is fixed there, or why nothing does. */
function assertFixedOnAws({ message, live = [] }: Evaluated["findings"][number]): void {
    assert.equal(live.length === 0, OF_PROGRAM_ONLY.test(message), `what fixes on AWS: ${message}`);
    for (const fix of live) {
        assert.match(fix.kind === "cannot" ? fix.why : fix.kind, /^.+$/);
    }
}

type Found = Pick<Diagnostic, "urn" | "message">;

function byResource(policy: Policy, found: readonly Found[]): Findings {
    const entries = found.map((one): [string, string] => [
        one.urn.split("::").at(-1) ?? "",
        withoutHeading(policy, one),
    ]);
    const findings = Object.fromEntries(entries);
    assert.equal(
        Object.keys(findings).length,
        entries.length,
        `two findings on one resource: ${JSON.stringify(entries)}`,
    );
    return findings;
}

/** A resource as a resource policy sees it: its inputs, some of which are unknown in a preview. */
function inputs(declared: Declared): WireResource {
    return wire([declared], "first preview", "inputs")[1] as WireResource;
}

export function resourceTable(policy: Policy, pack: () => Pack | undefined, rows: readonly ResourceRow[]): void {
    describe("evaluates", () => {
        for (const { when, given, config = {}, finds } of rows) {
            it(when, async () => {
                const expected = finds === undefined ? [] : [finds];
                const messages = (found: readonly Found[]) => found.map((one) => withoutHeading(policy, one));
                const wired = pack();
                if (wired !== undefined) {
                    await configureFor(wired, policy, config, "advisory");
                    assert.deepEqual(messages(await wired.analyze(inputs(given))), expected);
                }
                const { findings } = evaluate(policy, [inputs(given)], config);
                assert.deepEqual(messages(findings), expected, "check");
                findings.forEach(assertFixedOnAws);
            });
        }
    });
}

/** A copy of what crosses the wire, with its secrets in the clear. */
function opened(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(opened);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return SECRET in value && "value" in value
        ? opened(value.value)
        : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, opened(one)]));
}

/** The rows of a remediation, after which there must be no finding. */
export function remediationTable(policy: Policy, pack: () => Pack | undefined, rows: readonly RemediationRow[]): void {
    describe("remediates", () => {
        for (const { when, given, config = {}, becomes, isSecretInFiles = false } of rows) {
            it(when, async () => {
                const resource = inputs(given);
                const wired = pack();
                if (wired !== undefined) {
                    await configureFor(wired, policy, config, "remediate");
                    const after = await wired.remediate(resource);
                    assert.deepEqual(after, becomes);
                    assert.deepEqual(await wired.analyze({ ...resource, props: after ?? resource.props }), []);
                }
                const [finding] = evaluate(policy, [resource], config).findings;
                // A file answers `[secret]` where the wire has a secret value.
                if (isSecretInFiles) {
                    assert.equal(finding?.remedy, undefined, "check");
                    return;
                }
                // Only what crosses the wire stays secret.
                const props = opened(resource.props) as Properties;
                applyRemedy(props, finding?.remedy ?? []);
                assert.deepEqual(props, opened(becomes ?? resource.props), "check");
                assert.deepEqual(evaluate(policy, [{ ...resource, props }], config).findings, [], "check");
            });
        }
    });
}

/** Configs that the policy rejects, whatever the resource, with a message and without a stack trace. */
export function configTable(policy: Policy, pack: () => Pack | undefined, rows: readonly ConfigRow[]): void {
    describe("rejects a config", () => {
        const bucket = wire([{ type: "aws:s3/bucket:Bucket", name: "bucket", props: {} }], "deployed");
        for (const { when, config, fails } of rows) {
            it(when, async () => {
                const wired = pack();
                if (wired !== undefined) {
                    await configureFor(wired, policy, config, "advisory");
                    const run =
                        policy.kind === "stack" ? wired.analyzeStack(bucket) : wired.analyze(bucket[1] as WireResource);
                    await assert.rejects(run, (error: { details: string }) => {
                        assert.equal(error.details.split("\n").slice(1).join("\n"), `${policy.name}: ${fails}`);
                        return true;
                    });
                }
                assert.throws(() => readConfig(policy, config), { message: `${policy.name}: ${fails}` });
            });
        }
    });
}
