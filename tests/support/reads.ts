/** The properties that policies read, by type of resource: recorded, so that no list of them is kept by hand. */

import * as fc from "fast-check";
import { readConfig } from "../../pack/config";
import { evaluateResource, evaluateStack } from "../../pack/evaluate";
import { today } from "../../pack/exemptions";
import { policies } from "../../policies";
import type { Resource } from "../../stack/resource";
import { programs } from "./generated/programs";
import { stack } from "./stack";
import { MOMENTS } from "./wire/declare";

/** What all policies read, of resources of each type, in many generated stacks at every moment. */
export function recordedReads(): ReadonlyMap<string, ReadonlySet<string>> {
    const reads = new Map<string, Set<string>>();
    const recording = ({ type, props }: Pick<Resource, "type" | "props">) => {
        const record = (key: string | symbol) => reads.set(type, (reads.get(type) ?? new Set()).add(String(key)));
        return new Proxy(props, {
            get: (target, key) => {
                record(key);
                return Reflect.get(target, key);
            },
            // How a property is looked for that may be missing.
            getOwnPropertyDescriptor: (target, key) => {
                record(key);
                return Reflect.getOwnPropertyDescriptor(target, key);
            },
        });
    };
    for (const { resources } of fc.sample(programs("any"), { numRuns: 200, seed: 1 })) {
        for (const moment of MOMENTS) {
            evaluateAll(stack(resources, moment, recording));
        }
    }
    return reads;
}

function evaluateAll({ stack: all, resources }: ReturnType<typeof stack>): void {
    for (const policy of policies) {
        const config = readConfig(policy, {});
        if (policy.kind === "stack") {
            evaluateStack(policy, all, { config, today: today() });
        } else {
            for (const resource of resources) {
                evaluateResource(policy, resource, { config, today: today() });
            }
        }
    }
}
