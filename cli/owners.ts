/** Which resource of which stack creates something on AWS. */

import { containersOf, parseArn, pathFinder } from "../aws/identity";
import { append } from "../stack/maps";
import { region } from "../stack/provider";
import type { Resource } from "../stack/resource";
import { differ, isKnown, type Maybe, text } from "../stack/values";
import { placesByProvider } from "./provider-places";
import type { StackState, StateResource } from "./state";

/** A stack that may own something, and the file that its state is in. */
export interface OwningStack {
    readonly state: StackState;
    readonly file: string;
}

/** Where something is on AWS, and what identifies it there. */
export interface Identity {
    /** See aws/identity.ts. */
    readonly path: string;
    readonly region: string | undefined;
    readonly account: string | undefined;
}

/** What a resource creates: the thing itself, or the stage or the API that it belongs to. */
export type Created = "resource" | "stage" | "API";

/** A resource that creates something, and the stack that it is in. */
export interface Owning {
    readonly of: OwningStack;
    readonly resource: StateResource;
    readonly makes: Created;
}

/** Answers the resources that create something; or else its stage, or else its API. */
export type FindOwners = (identity: Identity) => readonly Owning[];

interface Candidate extends Pick<Owning, "of" | "resource"> {
    readonly region: Maybe<string>;
    readonly account: Maybe<string>;
}

/** Answers owners in some stacks. An owner whose region or account is not known may be in any. */
export function ownerFinder(stacks: readonly OwningStack[]): FindOwners {
    const byPath = new Map<string, Candidate[]>();
    for (const stack of stacks) {
        for (const [path, candidate] of candidatesIn(stack)) {
            append(byPath, path, candidate);
        }
    }
    return ({ path, region, account }) => {
        const levels = [{ kind: "resource" as const, path }, ...containersOf(path)];
        for (const { kind: makes, path: at } of levels) {
            const found = (byPath.get(at) ?? []).filter(
                (candidate) => !differ(candidate.region, region) && !differ(candidate.account, account),
            );
            if (found.length > 0) {
                return found.map(({ of, resource }) => ({ of, resource, makes }));
            }
        }
        return [];
    };
}

/** The resources of a stack by what they create. Several files may have the same stack; the resources of each are listed. */
function* candidatesIn(of: OwningStack): Generator<readonly [path: string, Candidate]> {
    const { resources, stack } = of.state;
    const all = stack.all();
    const pathsOf = pathFinder(stack);
    const places = placesByProvider(all);
    for (const [index, one] of all.entries()) {
        const resource = resources[index] as StateResource;
        for (const path of stack.isRead(one) ? [] : pathsOf(one)) {
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

/** Answers the owners of the resources of a live account, by their URNs. */
export function liveOwners({ name, stack }: StackState, find: FindOwners): (urn: string) => readonly Owning[] {
    const pathsOf = pathFinder(stack);
    const [account, region] = name.split("/");
    return (urn) => {
        const resource = stack.byUrn.get(urn);
        const [path] = resource === undefined ? [] : pathsOf(resource);
        return path === undefined ? [] : find({ path, region, account });
    };
}
