import { LOGGING_LEVELS } from "../aws/apigateway/logging-level";

/** The config key `levels`, which the logging policies share. */
export const LEVELS_KEY = {
    type: "array",
    items: { type: "string", enum: LOGGING_LEVELS },
    minItems: 1,
    uniqueItems: true,
    default: LOGGING_LEVELS,
    description:
        'The allowed logging levels, as a set: ["ERROR"] does not allow INFO. A single level mirrors the loggingLevel parameter of the Security Hub control.',
} as const;
