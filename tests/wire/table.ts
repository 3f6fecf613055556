/** Tables of rows for policies: each row goes to the real pack over the wire, its findings are compared whole. */

import assert from "node:assert/strict";
import type { Policies } from "@pulumi/policy";
import { type Declared, MOMENTS, type Moment, wire } from "./declare";
import { configure, evaluate } from "./evaluator";
import { type Diagnostic, type Pack, servePack, type WireResource } from "./pack";

type Policy = Policies[number];
type Properties = Record<string, unknown>;

/** A finding of a stack policy: its message, by the name of the resource to change ("" for the stack as a whole). */
export type Findings = Readonly<Record<string, string>>;

export interface StackRow {
    readonly when: string;
    readonly given: readonly Declared[];
    readonly config?: Properties;
    /** Nothing is found where this is left out. */
    readonly finds?: Findings;
    /** What the one line on stderr says that the policy could not decide on. */
    readonly undecided?: string;
    /** At every moment, if left out: the verdict must not depend on what is known. */
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
    /** The inputs after remediation; they are left as they were where this is left out. */
    readonly becomes?: Properties;
}

export interface ConfigRow {
    readonly when: string;
    readonly config: Properties;
    readonly fails: string;
}

/** Serves the pack for the tables of one file; to be called inside its `describe`. */
export function withPack(): () => Pack {
    let pack: Pack | undefined;
    before(async () => {
        pack = await servePack();
    });
    after(() => pack?.stop());
    return () => pack as Pack;
}

async function configureFor(pack: Pack, policy: Policy, config: Properties, level: "advisory" | "remediate") {
    await pack.configure({ [policy.name]: config }, (name) => (name === policy.name ? level : "disabled"));
}

/** A message without the description, which the SDK puts above it. */
function said(policy: Policy, { message }: Found): string {
    const heading = `${policy.description}\n`;
    return message.startsWith(heading) ? message.slice(heading.length) : message;
}

/** The stack policy's rows, each at each moment; then what it wrote to stderr on the way, whole. */
export function stackTable(policy: Policy, rows: readonly StackRow[]): void {
    describe(policy.name, () => {
        let pack: Pack;
        const undecided: string[] = [];
        before(async () => {
            pack = await servePack();
        });
        // The last test does so already, if it is reached.
        after(() => pack.stop());

        for (const { when, given, config = {}, finds = {}, undecided: what, at = MOMENTS } of rows) {
            for (const moment of at) {
                it(`${when} (${moment})`, async () => {
                    await configureFor(pack, policy, config, "advisory");
                    const found = await pack.analyzeStack(wire(given, moment));
                    if (what !== undefined) {
                        undecided.push(`${policy.name} could not decide on ${what}`);
                    }
                    assert.deepEqual(byResource(policy, found), finds);
                    for (const resources of [wire(given, moment), wire(given, moment).reverse()]) {
                        const judgement = evaluate(policy, resources, config);
                        assert.deepEqual(byResource(policy, judgement.verdicts), finds, "check");
                        assert.deepEqual(judgement.undecided, what === undefined ? [] : undecided.slice(-1), "check");
                    }
                });
            }
        }

        it("writes to stderr what it could not decide, and nothing else", async () => {
            assert.deepEqual(await pack.stop(), undecided);
        });
    });
}

type Found = Pick<Diagnostic, "urn" | "message">;

function byResource(policy: Policy, found: readonly Found[]): Findings {
    const entries = found.map((one): [string, string] => [one.urn.split("::").at(-1) ?? "", said(policy, one)]);
    const findings = Object.fromEntries(entries);
    assert.equal(
        Object.keys(findings).length,
        entries.length,
        `two findings on one resource: ${JSON.stringify(entries)}`,
    );
    return findings;
}

/** A resource as its policies see it: its inputs, of which a preview does not know all. */
function inputs(declared: Declared): WireResource {
    return wire([declared], "first preview")[1] as WireResource;
}

export function resourceTable(policy: Policy, pack: () => Pack, rows: readonly ResourceRow[]): void {
    describe("judges", () => {
        for (const { when, given, config = {}, finds } of rows) {
            it(when, async () => {
                await configureFor(pack(), policy, config, "advisory");
                const found = await pack().analyze(inputs(given));
                const expected = finds === undefined ? [] : [finds];
                for (const all of [found, evaluate(policy, [inputs(given)], config).verdicts]) {
                    assert.deepEqual(
                        all.map((one) => said(policy, one)),
                        expected,
                    );
                }
            });
        }
    });
}

/** Rows of a remediation; what it mended must also be found in order afterwards. */
export function remediationTable(policy: Policy, pack: () => Pack, rows: readonly RemediationRow[]): void {
    describe("remediates", () => {
        for (const { when, given, config = {}, becomes } of rows) {
            it(when, async () => {
                await configureFor(pack(), policy, config, "remediate");
                const resource = inputs(given);
                const after = await pack().remediate(resource);
                assert.deepEqual(after, becomes);
                const { verdicts } = evaluate(policy, [resource], config, "remediate");
                assert.equal(
                    verdicts.some(({ wouldBeRemediated }) => wouldBeRemediated),
                    becomes !== undefined,
                );
                assert.deepEqual(await pack().analyze({ ...resource, props: after ?? resource.props }), []);
            });
        }
    });
}

/** Configs that the policy rejects, on whatever resource comes first, with a message and no stack trace. */
export function configTable(policy: Policy, pack: () => Pack, rows: readonly ConfigRow[]): void {
    describe("rejects a config", () => {
        const kind = "validateStack" in policy ? "stack" : "resource";
        const bucket = wire([{ type: "aws:s3/bucket:Bucket", name: "bucket", props: {} }], "deployed");
        for (const { when, config, fails } of rows) {
            it(when, async () => {
                await configureFor(pack(), policy, config, "advisory");
                const run = kind === "stack" ? pack().analyzeStack(bucket) : pack().analyze(bucket[1] as WireResource);
                await assert.rejects(run, (error: { details: string }) => {
                    assert.equal(error.details.split("\n").slice(1).join("\n"), `${policy.name}: ${fails}`);
                    return true;
                });
                assert.throws(() => configure(policy, config), { message: `${policy.name}: ${fails}` });
            });
        }
    });
}
