/** What of a stack no policy can read, though policies are about such resources. */

import { type Lookalike, lookalikesOf, mayLookAlike } from "../aws/lookalikes";
import type { EnabledPolicy } from "../pack/enabled";
import { append } from "../stack/maps";
import type { StackState } from "./state";

/** Resources that look like those of some policies, in a sentence, and these policies. */
export interface UnreadTypes {
    readonly policies: readonly string[];
    readonly message: string;
}

/** @param enabled the policies that are evaluated: what only others are about is left out */
export function unreadResources({ resources, stack }: StackState, enabled: readonly EnabledPolicy[]): UnreadTypes[] {
    const byMany = new Map<string, { readonly like: Lookalike; readonly type: string }[]>();
    const seen = resources.filter(({ type }) => mayLookAlike(type));
    for (const { urn, type } of seen) {
        const resource = stack.byUrn.get(urn);
        for (const like of resource === undefined ? [] : lookalikesOf(resource)) {
            append(byMany, `${like.many} ${type.includes(":cloudformation")}`, { like, type });
        }
    }
    return [...byMany.values()].flatMap((found) => {
        const policies = enabled.filter(({ policy }) =>
            found.some(({ like }) => like.type === undefined || policy.types.includes(like.type)),
        );
        return policies.length === 0
            ? []
            : [{ policies: policies.map(({ policy }) => policy.name), message: sentence(found) }];
    });
}

function sentence(found: readonly { readonly like: Lookalike; readonly type: string }[]): string {
    const [{ like, type }] = found as [(typeof found)[number]];
    const types = [...new Set(found.map((one) => one.type))].sort().join(", ");
    const count = found.length;
    if (!type.includes(":cloudformation")) {
        return count === 1
            ? `1 resource looks like ${like.one} but is of a type that no policy reads (${types}).`
            : `${count} resources look like ${like.many} but are of types that no policy reads (${types}).`;
    }
    if (like.type === undefined) {
        return count === 1
            ? `1 template is not in the file, so what it creates was not checked (${types}).`
            : `${count} templates are not in the file, so what they create was not checked (${types}).`;
    }
    return count === 1
        ? `1 template creates ${like.many}, which no policy reads (${types}).`
        : `${count} templates create ${like.many}, which no policy reads (${types}).`;
}
