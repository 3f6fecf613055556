/** The parts of a URN: `urn:pulumi:stack::project::parentType$type::name`. */

/** The name of a resource, which may hold `::` itself. */
export function nameOf(urn: string): string {
    let start = 0;
    for (let part = 0; part < 3; part++) {
        const end = urn.indexOf("::", start);
        if (end === -1) {
            return "";
        }
        start = end + 2;
    }
    return urn.slice(start);
}

/** The types of the components around a resource, the outermost first, and then its own. */
export function typesOf(urn: string): string[] {
    return urn.split("::")[2]?.split("$") ?? [];
}

/** The type of a resource, without those of its parents. */
export function typeOf(urn: string): string {
    return typesOf(urn).at(-1) ?? "";
}

/** `project/stack`; nothing for what is not a URN. */
export function stackNameOf(urn: string): string | undefined {
    const [stack, project] = urn.replace("urn:pulumi:", "").split("::");
    return stack === undefined || project === undefined ? undefined : `${project}/${stack}`;
}
