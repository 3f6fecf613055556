/** What a resource policy would find if it could read what a file keeps secret. */

import { describeResource } from "../aws/apigateway/describe";
import { evaluateResource, type PolicyTerms } from "../pack/evaluate";
import type { Undecided } from "../pack/finding";
import type { ResourcePolicy } from "../pack/policy";
import type { Inputs } from "../stack/resource";
import { both } from "../stack/text";
import { OPAQUE } from "../stack/values";

/**
 * Values that a secret may have: none at all; one that turns something on; and a text that is not an allowed level, not a
 * number, and the name of a database engine that writes logs.
 */
const CANDIDATES: readonly unknown[] = [undefined, true, "mysql"];

/**
 * What a policy left undecided for a resource that it found nothing on: a secret, if there would be a finding with one of
 * the values that it may have. The text has the path of the secret, never its value.
 */
export function undecidedBySecrets(
    policy: ResourcePolicy,
    resource: Inputs,
    terms: PolicyTerms,
): Undecided | undefined {
    if (!hasSecret(resource.props)) {
        return undefined;
    }
    for (const candidate of CANDIDATES) {
        const paths = new Set<string>();
        const sealed = (path: readonly (string | number)[]) => {
            paths.add(path.join("."));
            return candidate;
        };
        const result = evaluateResource(policy, { ...resource, sealed }, terms);
        if (result !== undefined && !("reasons" in result) && paths.size > 0) {
            const named = innermost([...paths]);
            const are =
                named.length === 1 ? "is secret in the file, so it was" : "are secret in the file, so they were";
            return {
                undecided: `${describeResource(resource)}: ${both(named)} ${are} not read (pulumi stack export --show-secrets may show it)`,
            };
        }
    }
    return undefined;
}

/** Without the paths of objects inside which something was read as well. */
function innermost(paths: readonly string[]): string[] {
    return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
}

/** Whether a value is or has a secret; one value after the other, for they may be nested deeply. */
function hasSecret(value: unknown): boolean {
    const values = [value];
    for (const one of values) {
        if (one === OPAQUE) {
            return true;
        }
        if (typeof one === "object" && one !== null) {
            for (const inner of Object.values(one)) {
                values.push(inner);
            }
        }
    }
    return false;
}
