import type { PolicyConfigSchema } from "@pulumi/policy";
import { LEVELS } from "../../apigateway/logging-level";

/** The config key `levels`, which the logging policies share. */
export const LEVELS_KEY: PolicyConfigSchema["properties"] = {
    levels: {
        description:
            'The levels that are allowed, as a set: ["ERROR"] does not allow INFO. One of them alone mirrors Security Hub\'s loggingLevel parameter.',
        type: "array",
        items: { type: "string", enum: [...LEVELS] },
        minItems: 1,
        uniqueItems: true,
        default: [...LEVELS],
    },
};
