/** Tables of rows for policies: each row is sent to the real pack over the wire, and its findings are compared. */

import assert from "node:assert/strict";
import { readConfig } from "../../../pack/config";
import { undecidedLine } from "../../../pack/finding";
import type { Policy } from "../../../pack/policy";
import { type Declared, MOMENTS, type Moment, wire } from "./declare";
import { evaluate } from "./evaluator";
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
        let pack: Pack;
        const undecided: string[] = [];
        before(async () => {
            pack = await servePack();
        });
        // The last test has stopped it already, if it was reached.
        after(() => pack.stop());

        for (const { when, given, config = {}, finds = {}, undecided: what, at = MOMENTS } of rows) {
            for (const moment of at) {
                it(`${when} (${moment})`, async () => {
                    await configureFor(pack, policy, config, "advisory");
                    const found = await analyzeStack(pack, wire(given, moment));
                    if (what !== undefined) {
                        undecided.push(`${policy.name} could not decide on ${what}`);
                    }
                    assert.deepEqual(byResource(policy, found), finds);
                    for (const resources of [wire(given, moment), wire(given, moment).reverse()]) {
                        const evaluated = evaluate(policy, resources, config);
                        assert.deepEqual(byResource(policy, evaluated.findings), finds, "check");
                        const lines =
                            evaluated.undecided.length > 0 ? [undecidedLine(policy.name, evaluated.undecided)] : [];
                        assert.deepEqual(lines, what === undefined ? [] : undecided.slice(-1), "check");
                    }
                });
            }
        }

        it("writes into the engine's log what it could not decide, and nothing else", async () => {
            assert.deepEqual(await pack.stop(), undecided);
        });
    });
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

export function resourceTable(policy: Policy, pack: () => Pack, rows: readonly ResourceRow[]): void {
    describe("evaluates", () => {
        for (const { when, given, config = {}, finds } of rows) {
            it(when, async () => {
                await configureFor(pack(), policy, config, "advisory");
                const found = await pack().analyze(inputs(given));
                const expected = finds === undefined ? [] : [finds];
                for (const all of [found, evaluate(policy, [inputs(given)], config).findings]) {
                    assert.deepEqual(
                        all.map((one) => withoutHeading(policy, one)),
                        expected,
                    );
                }
            });
        }
    });
}

/** The rows of a remediation, after which there must be no finding. */
export function remediationTable(policy: Policy, pack: () => Pack, rows: readonly RemediationRow[]): void {
    describe("remediates", () => {
        for (const { when, given, config = {}, becomes } of rows) {
            it(when, async () => {
                await configureFor(pack(), policy, config, "remediate");
                const resource = inputs(given);
                const after = await pack().remediate(resource);
                assert.deepEqual(after, becomes);
                const [finding] = evaluate(policy, [resource], config).findings;
                assert.equal(finding?.remedy !== undefined, becomes !== undefined, "check");
                assert.deepEqual(await pack().analyze({ ...resource, props: after ?? resource.props }), []);
            });
        }
    });
}

/** Configs that the policy rejects, whatever the resource, with a message and without a stack trace. */
export function configTable(policy: Policy, pack: () => Pack, rows: readonly ConfigRow[]): void {
    describe("rejects a config", () => {
        const bucket = wire([{ type: "aws:s3/bucket:Bucket", name: "bucket", props: {} }], "deployed");
        for (const { when, config, fails } of rows) {
            it(when, async () => {
                await configureFor(pack(), policy, config, "advisory");
                const run =
                    policy.kind === "stack" ? pack().analyzeStack(bucket) : pack().analyze(bucket[1] as WireResource);
                await assert.rejects(run, (error: { details: string }) => {
                    assert.equal(error.details.split("\n").slice(1).join("\n"), `${policy.name}: ${fails}`);
                    return true;
                });
                assert.throws(() => readConfig(policy, config), { message: `${policy.name}: ${fails}` });
            });
        }
    });
}
