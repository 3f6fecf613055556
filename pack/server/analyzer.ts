/** What the engine asks of the pack, without the transport: each request and each answer is a message as bytes. */

import { ConfigureAnalyzerRequest, type PolicyNotApplicable } from "@pulumi/pulumi/proto/analyzer_pb";
import { stackOf } from "../../stack/stack";
import { appliesTo, evaluateStack } from "../evaluate";
import { today } from "../exemptions";
import { notApplicableReason } from "../metadata";
import { type LogNote, type Say, sayAll, stackNotes } from "../notes";
import type { Policy, ResourcePolicy, StackPolicy } from "../policy";
import { applyRemedy } from "../remedy";
import { askedOf, findingOf, isOnlyRead, noteAsked, noteInputs, nothingSeen, type Seen, takeNotes } from "../seen";
import { withWanted } from "../wanted";
import {
    type About,
    analyzeResponse,
    bytesOf,
    diagnostic,
    infoOf,
    notApplicable,
    remediateResponse,
    remediation,
} from "./answers";
import { readInputs, readResources } from "./requests";
import { opened, secret, toWire } from "./secrets";
import { type PolicySetting, settingsOf } from "./settings";
import type { WireProperties } from "./struct";

interface Context {
    readonly about: About;
    /** Shows what is exempt, and what a policy could not decide. */
    readonly say: Say;
    /** Answers today's day, as `2027-03-31`. */
    readonly clock?: () => string;
}

/** Policies that are ready for requests. */
export interface Analyzer {
    info(): Buffer;
    /** @throws Error for a level that the protocol does not have */
    configure(request: Buffer): void;
    /** @throws Error for a config with a mistake, with the text that the policy SDK gives it */
    analyze(request: Buffer): Buffer;
    /** @throws Error as for `analyze` */
    remediate(request: Buffer): Buffer;
    /** @throws Error as for `analyze` */
    analyzeStack(request: Buffer): Promise<Buffer>;
}

/** Makes policies ready for requests. All have their defaults until the engine configures them. */
export function analyzerOf(policies: readonly Policy[], { about, say, clock = today }: Context): Analyzer {
    const pack = `policy pack '${about.name}@v${about.version}'`;
    const common = { about, pack, say, clock, seen: nothingSeen() };
    let run: Run = { ...common, enabled: byKind(settingsOf(policies)) };
    return {
        info: () => bytesOf(infoOf(about, policies)),
        configure: (request) => {
            const settings = settingsOf(policies, ConfigureAnalyzerRequest.deserializeBinary(request));
            run = { ...common, enabled: byKind(settings) };
        },
        analyze: (request) => analyzeInputs(run, request),
        remediate: (request) => remediateInputs(run, request),
        analyzeStack: (request) => analyzeResources(run, request),
    };
}

/** What a request needs to know beside what it asks. */
interface Run extends Required<Context> {
    /** The pack, as errors of the policy SDK name it. */
    readonly pack: string;
    readonly seen: Seen;
    readonly enabled: ReturnType<typeof byKind>;
}

function analyzeInputs({ about, pack, clock, seen, enabled }: Run, request: Buffer): Buffer {
    const { resource: settings, skipsAll } = enabled;
    const inputs = readInputs(request, (value) => value);
    if (settings.length > 0) {
        noteInputs(seen, inputs.urn, inputs.areEmpty);
    }
    const skipped: PolicyNotApplicable[] = [];
    const found = settings.flatMap((setting) => {
        const { policy } = setting;
        return explaining(`Error validating resource with policy '${policy.name}' from ${pack}`, () => {
            const config = setting.config();
            noteAsked(seen, policy, config);
            if (!appliesTo(policy, inputs)) {
                skipped.push(notApplicable(policy, notApplicableReason(policy)));
                return [];
            }
            const finding = findingOf(seen, policy, inputs, { config, today: clock() });
            return finding === undefined ? [] : [diagnostic(about, setting, finding)];
        });
    });
    return skipped.length === settings.length ? skipsAll() : analyzeResponse(found, skipped);
}

function remediateInputs({ about, pack, clock, seen, enabled }: Run, request: Buffer): Buffer {
    const settings = enabled.remediating;
    const sent = readInputs(request, secret);
    if (settings.some(({ policy }) => policy.remediates)) {
        noteInputs(seen, sent.urn, sent.areEmpty);
    }
    const skipped: PolicyNotApplicable[] = [];
    const changes = settings.flatMap((setting) => {
        const { policy } = setting;
        if (!policy.remediates) {
            skipped.push(notApplicable(policy, "Policy does not implement remediateResource"));
            return [];
        }
        return explaining(`Error remediating resource with remediation '${policy.name}' from ${pack}`, () => {
            const config = setting.config();
            noteAsked(seen, policy, config);
            if (!appliesTo(policy, sent)) {
                skipped.push(notApplicable(policy, notApplicableReason(policy)));
                return [];
            }
            const inputs = { ...sent, props: opened(sent.props) };
            const remedy = findingOf(seen, policy, inputs, { config, today: clock() })?.remedy;
            if (remedy === undefined) {
                return [];
            }
            applyRemedy(inputs.props, remedy);
            return [remediation(about, policy, toWire(sent.props) as WireProperties)];
        });
    });
    return remediateResponse(changes, skipped);
}

async function analyzeResources({ about, pack, clock, seen, enabled, say }: Run, request: Buffer): Promise<Buffer> {
    const stack = stackOf(readResources(request), (resource) => isOnlyRead(seen, resource));
    const skipped: PolicyNotApplicable[] = [];
    const notes: LogNote[] = takeNotes(seen);
    try {
        const found = enabled.stack.flatMap((setting) => {
            const { policy } = setting;
            return explaining(`Error validating resource with policy '${policy.name}' from ${pack}`, () => {
                const config = setting.config();
                if (!policy.types.some((type) => stack.byType.get(type) !== undefined)) {
                    skipped.push(notApplicable(policy, notApplicableReason(policy)));
                    return [];
                }
                const { findings, exempt, undecided } = evaluateStack(policy, stack, { config, today: clock() });
                notes.push(...stackNotes(policy.name, exempt, undecided));
                return findings.map((finding) =>
                    diagnostic(about, setting, withWanted(finding, askedOf(seen)), finding.resource?.urn),
                );
            });
        });
        return analyzeResponse(found, skipped);
    } finally {
        await sayAll(say, notes);
    }
}

/** The policies that are enabled. */
function byKind(settings: readonly PolicySetting[]) {
    const enabled = settings.filter(({ level }) => level !== "disabled");
    const resource = enabled.filter((one): one is PolicySetting<ResourcePolicy> => one.policy.kind === "resource");
    let skipsAll: Buffer | undefined;
    return {
        resource,
        remediating: resource.filter(({ level }) => level === "remediate"),
        stack: enabled.filter((one): one is PolicySetting<StackPolicy> => one.policy.kind === "stack"),
        /** The answer for a resource that no policy applies to, as most are. */
        skipsAll: () => {
            skipsAll ??= analyzeResponse(
                [],
                resource.map(({ policy }) => notApplicable(policy, notApplicableReason(policy))),
            );
            return skipsAll;
        },
    };
}

/** Runs a policy. The policy SDK puts the stack of an error into its message, because gRPC drops it. */
function explaining<Answer>(what: string, run: () => Answer): Answer {
    try {
        return run();
    } catch (error) {
        throw new Error(`${what}:\n${error instanceof Error ? error.stack : error}`);
    }
}
