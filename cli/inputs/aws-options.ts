/** Options that say where on AWS something is. */

import { quote } from "../../stack/text";
import { BadInput } from "../errors";

/** It becomes a part of the names of hosts. */
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/** Whether a text may be the name of a region, such as `eu-west-1`. */
export function isRegion(name: string): boolean {
    return REGION.test(name);
}

/** @throws BadInput if one of them cannot be what it is for, as where a variable of a shell is empty */
export function assertAwsOptions({
    regions,
    profile,
}: {
    readonly regions: readonly string[];
    readonly profile?: string | undefined;
}): void {
    const wrong = regions.find((region) => !isRegion(region));
    if (wrong !== undefined) {
        throw new BadInput(`--region ${quote(wrong)} is not the name of a region, such as eu-west-1`);
    }
    if (profile === "") {
        throw new BadInput("--profile is empty");
    }
}
