/** Where in a stack, or outside of it, the value of a property comes from. */

import { dependenciesOf, sources } from "../stack/relations";
import type { Resource } from "../stack/resource";
import type { Stack } from "../stack/stack";

/** Resources that hold values of any kind: SSM parameters, and what is not of AWS, a StackReference for example. */
export function carriesValues({ type }: Resource): boolean {
    return !/^aws(-native)?:/.test(type) || isParameter(type);
}

/** Resources that hold what another program has set. */
export function isOfAnotherProgram({ type }: Resource): boolean {
    return type === "pulumi:pulumi:StackReference" || isParameter(type);
}

function isParameter(type: string): boolean {
    return /:ssm[:/]parameter|:ssm:Parameter/.test(type);
}

/** What a value comes from. */
export interface Origins {
    /** The wanted resources that the value comes from. */
    readonly origins: readonly Resource[];
    /** Whether the value may come from outside of the stack. */
    readonly isExternal: boolean;
}

/**
 * @param passedOn see `sources`; the property itself is always among them
 * @param isOutside whether a dependency may have the value from outside of the stack, if it has it from no resource
 */
export function originsOf(
    stack: Stack,
    resource: Resource,
    property: string,
    isWanted: (resource: Resource) => boolean,
    passedOn: (dependency: Resource) => readonly string[],
    isOutside: (dependency: Resource) => boolean = carriesValues,
): Origins {
    let isExternal = dependenciesOf(resource, [property]).length === 0;
    const follow = (dependency: Resource) => {
        const properties = [property, ...passedOn(dependency)];
        isExternal ||= isOutside(dependency) && dependenciesOf(dependency, properties).length === 0;
        return properties;
    };
    return { origins: [...sources(stack, resource, [property], isWanted, follow)], isExternal };
}
