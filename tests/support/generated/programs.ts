/**
 * Stacks as programs could make them, at random. Stages have few names and few APIs to belong to, so that many resources
 * want the same; resources are called `@07`, which can be found again wherever a name appears.
 */

import * as fc from "fast-check";
import { ACCESS_LOGS, addDestinations } from "./access-logs";
import { ACCOUNTS, addAccounts } from "./accounts";
import { APIS, addApis } from "./apis";
import { addDatabases, DATABASES } from "./databases";
import { addDomainNames, DOMAIN_NAMES } from "./domain-names";
import { type Kind, type Made, MOST, newDraft, type ShapeOf, tokens } from "./draft";
import { addLogGroups, LOG_GROUPS } from "./log-groups";
import { addRestStages, REST_STAGES } from "./rest-stages";
import { addV2Parts, V2_PARTS } from "./v2-parts";
import { addV2Stages, V2_STAGES } from "./v2-stages";
import { addWebAcls, WEB_ACLS } from "./web-acls";

export interface Program {
    readonly resources: readonly Made[];
    /** See `Draft`. */
    readonly reliedOn: ReadonlySet<string>;
}

const SHAPE = {
    names: fc.shuffledSubarray(tokens(MOST), { minLength: MOST }),
    ...ACCOUNTS,
    ...APIS,
    ...ACCESS_LOGS,
    ...V2_PARTS,
    ...REST_STAGES,
    ...V2_STAGES,
    ...LOG_GROUPS,
    ...WEB_ACLS,
    ...DOMAIN_NAMES,
    ...DATABASES,
};

/** What one part uses of another comes before it. */
const PARTS = [
    ...[addAccounts, addApis, addDestinations, addV2Parts, addRestStages, addV2Stages, addLogGroups, addWebAcls],
    ...[addDomainNames, addDatabases],
];

export function programs(kind: Kind): fc.Arbitrary<Program> {
    return fc.record(SHAPE).map((shape) => programOf(shape, kind));
}

function programOf(shape: ShapeOf<typeof SHAPE>, kind: Kind): Program {
    const draft = newDraft(kind, shape.names);
    for (const add of PARTS) {
        add(draft, shape);
    }
    return { resources: draft.resources, reliedOn: draft.reliedOn };
}
