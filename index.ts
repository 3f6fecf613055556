/** The pack as a folder, served by the policy SDK. */

import { PolicyPack } from "@pulumi/policy";
import { PACK } from "./pack/about";
import { engineAddress, sayTo } from "./pack/engine-log";
import { toPulumi } from "./pack/pulumi";
import { policies } from "./policies";

const { name, version: _, tags, ...about } = PACK;

new PolicyPack(name, {
    ...about,
    tags: [...tags],
    policies: toPulumi(policies, { say: sayTo(engineAddress) }),
});
