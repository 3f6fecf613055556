/** Which resource of which stack makes something on AWS. */

import { containersOf, parseArn, pathFinder } from "../aws/identity";
import { append, getOrAdd } from "../stack/maps";
import { region } from "../stack/provider";
import type { Resource } from "../stack/resource";
import { nameOf } from "../stack/urn";
import { differ, isKnown, type Maybe, text } from "../stack/values";
import { BadInput } from "./inputs/files";
import { stacksIn } from "./inputs/stacks";
import { isRead, type StackState, type StateResource, secretsOf } from "./inputs/state";
import { stackOfState } from "./inputs/state-stack";
import { placesByProvider } from "./provider-places";
import { locationOf } from "./report/location";
import { type Owner, type Part, problemOf } from "./report/model";
import { redactedPlace, redactorOf } from "./report/secrets";

/** A stack that may own something, and the file that its state is in. */
export interface OwningStack {
    readonly state: StackState;
    readonly file: string;
}

/** The stacks in files and folders; what cannot be read is among the problems, as in a check. */
export async function owningStacks(
    paths: readonly string[],
): Promise<{ readonly stacks: readonly OwningStack[]; readonly problems: readonly Part[] }> {
    const stacks: OwningStack[] = [];
    const problems: Part[] = [];
    for await (const read of stacksIn(paths)) {
        if ("problem" in read) {
            problems.push(problemOf(read.file, read.problem));
            continue;
        }
        // A live account beside the states of a folder is what has owners, and owns nothing itself.
        const programs = read.states.filter(({ live }) => live === undefined);
        stacks.push(...programs.map((state) => ({ state, file: read.file })));
        if (programs.length < read.states.length && paths.includes(read.file)) {
            problems.push(problemOf(read.file, LIVE));
        }
    }
    return { stacks, problems };
}

/** @throws BadInput if there are states of owners, but nothing that could have one; what cannot be read may be such */
export function assertIsLive(states: readonly string[], isLive: boolean, parts: readonly Part[]): void {
    if (states.length > 0 && !isLive && parts.every(({ problems }) => problems.length === 0)) {
        throw new BadInput("--state is for the owners of what a live account has, but no path is of one");
    }
}

const LIVE = "is a live account, which owns nothing. Give the states of stacks, as pulumi stack export prints them";

/** Where something is on AWS, and what it is known by there. */
export interface Identity {
    /** See aws/identity.ts. */
    readonly path: string;
    readonly region: string | undefined;
    readonly account: string | undefined;
}

/** A resource that makes something, and the stack that it is in. */
export interface Owning {
    readonly of: OwningStack;
    readonly resource: StateResource;
    readonly makes: Owner["makes"];
}

/** Answers the resources that make something; or else its stage, or else its API. */
export type FindOwners = (identity: Identity) => readonly Owning[];

interface Entry extends Pick<Owning, "of" | "resource"> {
    readonly region: Maybe<string>;
    readonly account: Maybe<string>;
}

export function ownerFinder(stacks: readonly OwningStack[]): FindOwners {
    const byPath = new Map<string, Entry[]>();
    for (const stack of stacks) {
        for (const [path, entry] of entriesOf(stack)) {
            append(byPath, path, entry);
        }
    }
    return ({ path, region, account }) => {
        const levels = [{ kind: "resource" as const, path }, ...containersOf(path)];
        for (const { kind: makes, path: at } of levels) {
            const found = (byPath.get(at) ?? []).filter(
                (entry) => !differ(entry.region, region) && !differ(entry.account, account),
            );
            if (found.length > 0) {
                return found.map(({ of, resource }) => ({ of, resource, makes }));
            }
        }
        return [];
    };
}

/** What a stack makes. Several files may have the same stack; each is an entry of its own. */
function* entriesOf(of: OwningStack): Generator<readonly [path: string, Entry]> {
    const { resources } = of.state;
    const stack = stackOfState(of.state);
    const all = stack.all();
    const pathsOf = pathFinder(stack);
    const places = placesByProvider(all);
    for (const [index, one] of all.entries()) {
        const resource = resources[index] as StateResource;
        const paths = isRead(resource) ? [] : pathsOf(one);
        for (const path of paths) {
            const own = arnOf(one);
            const place = places.get(one.provider?.urn ?? "");
            const account = own?.account || place?.account;
            yield [path, { of, resource, region: region(one) ?? own?.region ?? place?.region, account }];
        }
    }
}

function arnOf(resource: Resource) {
    const arn = text(resource, "arn");
    return isKnown(arn) ? parseArn(arn) : undefined;
}

/** Answers what a report says of owners, without the secrets of their stacks. */
export function ownersShown(sourceDir: string): (owning: readonly Owning[]) => Owner[] {
    const known = new Map<StackState, (owning: Owning) => Owner>();
    return (all) =>
        all.map((owning) => {
            const { state } = owning.of;
            return getOrAdd(known, state, () => showerFor(state, sourceDir))(owning);
        });
}

function showerFor({ name: stack, resources, byUrn }: StackState, sourceDir: string): (owning: Owning) => Owner {
    const redact = redactorOf(secretsOf(resources));
    return ({ of: { file }, resource, makes }) => {
        const { urn, type } = resource;
        const location = locationOf(resource, byUrn, sourceDir);
        const owner = { makes, stack, urn, type, name: nameOf(urn), file, location };
        return redact === undefined ? owner : { ...owner, ...redactedPlace(owner, redact) };
    };
}

/** Answers the owners of the resources of a live account, by their URNs. */
export function liveOwners(state: StackState, find: FindOwners): (urn: string) => readonly Owning[] {
    const stack = stackOfState(state);
    const pathsOf = pathFinder(stack);
    const [account, region] = state.name.split("/");
    return (urn) => {
        const resource = stack.byUrn.get(urn);
        const [path] = resource === undefined ? [] : pathsOf(resource);
        return path === undefined ? [] : find({ path, region, account });
    };
}
