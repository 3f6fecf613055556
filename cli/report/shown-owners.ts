/** Owners, as a report shows them. */

import { nameOf } from "../../stack/urn";
import type { Owning } from "../owners";
import { locationOf } from "./location";
import type { Owner } from "./model";

/** @param sourceDir the folder of the program, which paths in a state are relative to */
export function ownersShown(owning: readonly Owning[], sourceDir: string): Owner[] {
    return owning.map(({ of: { state, file }, resource, makes }) => ({
        makes,
        stack: state.name,
        urn: resource.urn,
        type: resource.type,
        name: nameOf(resource.urn),
        file,
        location: locationOf(resource, state.byUrn, sourceDir),
    }));
}
