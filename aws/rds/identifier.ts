/** The identifier of a database, which is part of the names of its log groups. */

import type { Resource } from "../../stack/resource";
import { isKnown, text } from "../../stack/values";
import { DB_CLUSTER, DB_INSTANCE, NATIVE_DB_CLUSTER, NATIVE_DB_INSTANCE } from "./types";

const PROPERTIES: ReadonlyMap<string, string> = new Map([
    [DB_INSTANCE, "identifier"],
    [DB_CLUSTER, "clusterIdentifier"],
    [NATIVE_DB_INSTANCE, "dbInstanceIdentifier"],
    [NATIVE_DB_CLUSTER, "dbClusterIdentifier"],
]);
/** The properties with the identifier of any database. */
export const IDENTIFIERS = [...PROPERTIES.values()];

/** The property with the identifier of a database, one of the types above. */
export function identifierProperty({ type }: Pick<Resource, "type">): string {
    return PROPERTIES.get(type) as string;
}

/**
 * Whether the identifier is not of the program's choice, and so not known in advance: Pulumi generates the one of an
 * instance (pulumi-aws, provider/resources.go), terraform-provider-aws that of a cluster, and one with a prefix
 * (terraform-plugin-sdk, helper/id).
 */
export function hasGeneratedIdentifier(database: Resource): boolean {
    const identifier = text(database, identifierProperty(database));
    if (!isKnown(identifier)) {
        return identifier === undefined;
    }
    const name = database.name.toLowerCase();
    const isOfPulumi =
        identifier.toLowerCase().startsWith(name) && /^-?[0-9a-f]{7}$/.test(identifier.slice(name.length));
    return isOfPulumi || /\d{18}[0-9a-f]{8}$/.test(identifier);
}
