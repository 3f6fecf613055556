import { apigatewayMethodSettingsLoggingLevel as policy } from "../../policies/apigateway-method-settings-logging-level";
import { methodSettings, nativeStage, secret, UNKNOWN_VALUE } from "../wire/declare";
import { configTable, remediationTable, resourceTable, withPack } from "../wire/table";

const settings = (methodPath: unknown, inside: unknown) =>
    methodSettings("orders", { restApi: UNKNOWN_VALUE, stageName: "prod", methodPath, settings: inside });
const entry = (resourcePath: unknown, httpMethod: unknown, loggingLevel?: unknown) => ({
    resourcePath,
    httpMethod,
    ...(loggingLevel === undefined ? {} : { loggingLevel }),
});

const FIX = `Set loggingLevel to ERROR or INFO.\nsettings: { loggingLevel: "ERROR" }`;
const NATIVE_FIX = `Set loggingLevel to ERROR or INFO.
methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "ERROR" }]`;
const UNSTATED = `Method settings "orders" states no level for */*, so execution logging is off.\n${FIX}`;
const COPIED = `Method settings "orders" states no level for GET /pets/{id}; AWS copied whatever */* had when it was created.\n${FIX}`;
const NATIVE_NONE = `Stage "prod" has no method settings for */*, so execution logging is off.\n${NATIVE_FIX}`;

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        { when: "INFO for all methods is fine", given: settings("*/*", { loggingLevel: "INFO" }) },
        { when: "ERROR for all methods is fine", given: settings("*/*", { loggingLevel: "ERROR" }) },
        {
            when: "throttling alone leaves logging off",
            given: settings("*/*", { throttlingBurstLimit: 5 }),
            finds: UNSTATED,
        },
        { when: "an empty level is no level", given: settings("*/*", { loggingLevel: "" }), finds: UNSTATED },
        { when: "a null level is no level", given: settings("*/*", { loggingLevel: null }), finds: UNSTATED },
        { when: "a level that is a number is no level", given: settings("*/*", { loggingLevel: 1 }), finds: UNSTATED },
        { when: "settings that are a list state no level", given: settings("*/*", []), finds: UNSTATED },
        { when: "settings that are null state no level", given: settings("*/*", null), finds: UNSTATED },
        {
            when: "OFF for all methods is found",
            given: settings("*/*", { loggingLevel: "OFF" }),
            finds: `Method settings "orders" switches execution logging OFF for */*.\n${FIX}`,
        },
        {
            when: "an override OFF is found",
            given: settings("~1a/GET", { loggingLevel: "OFF" }),
            finds: `Method settings "orders" switches execution logging OFF for GET /a.\n${FIX}`,
        },
        { when: "an override with a level is fine", given: settings("~1a/GET", { loggingLevel: "ERROR" }) },
        {
            when: "an override without a level has a copy of who knows what",
            given: settings("~1pets~1{id}/GET", { cachingEnabled: true }),
            finds: COPIED,
        },
        { when: "the raw form of a path is the same path", given: settings("/pets/{id}/GET", {}), finds: COPIED },
        {
            when: "a level in lower case is none of AWS's",
            given: settings("*/*", { loggingLevel: "info" }),
            finds: `Method settings "orders" has level "info" for */*, which is not ERROR or INFO.\n${FIX}`,
        },
        {
            when: "levels is a set: INFO is not ERROR",
            given: settings("*/*", { loggingLevel: "INFO" }),
            config: { levels: ["ERROR"] },
            finds: `Method settings "orders" has level "INFO" for */*, which is not ERROR.
Set loggingLevel to ERROR.
settings: { loggingLevel: "ERROR" }`,
        },
        {
            when: "levels is a set: ERROR is not INFO",
            given: settings("*/*", { loggingLevel: "ERROR" }),
            config: { levels: ["INFO"] },
            finds: `Method settings "orders" has level "ERROR" for */*, which is not INFO.
Set loggingLevel to INFO.
settings: { loggingLevel: "INFO" }`,
        },
        { when: "a level not known yet is not judged", given: settings("*/*", { loggingLevel: UNKNOWN_VALUE }) },
        { when: "settings not known yet are not judged", given: settings("*/*", UNKNOWN_VALUE) },
        {
            when: "a path not known yet is left out of the message",
            given: settings(UNKNOWN_VALUE, {}),
            finds: `Method settings "orders" states no level, so execution logging is off.\n${FIX}`,
        },
        {
            when: "half a wildcard is told as it was written",
            given: settings("*/GET", { loggingLevel: "OFF" }),
            finds: `Method settings "orders" switches execution logging OFF for */GET.\n${FIX}`,
        },

        // aws-native
        {
            when: "an aws-native stage with INFO for all methods is fine",
            given: nativeStage("prod", { methodSettings: [entry("/*", "*", "INFO")] }),
        },
        {
            when: "an aws-native stage without settings is found",
            given: nativeStage("prod", { stageName: "prod" }),
            finds: NATIVE_NONE,
        },
        { when: "a stage that is only read is not judged", given: nativeStage("prod", {}) },
        { when: "settings that are only read are not judged", given: methodSettings("orders", {}) },
        {
            when: "an aws-native stage with settings that are no list is found",
            given: nativeStage("prod", { methodSettings: { loggingLevel: "INFO" } }),
            finds: NATIVE_NONE,
        },
        {
            when: "an aws-native stage with settings for one method only is found",
            given: nativeStage("prod", { methodSettings: [entry("/~1a", "GET", "INFO")] }),
            finds: NATIVE_NONE,
        },
        {
            when: "an entry without a path or without a method covers nothing",
            given: nativeStage("prod", {
                methodSettings: [entry(undefined, "*", "INFO"), entry("/*", undefined, "INFO")],
            }),
            finds: NATIVE_NONE,
        },
        {
            when: "all that is wrong with an aws-native stage is one finding",
            given: nativeStage("prod", { methodSettings: [entry("/", "GET", "OFF"), entry("/~1a~1b", "POST"), null] }),
            finds: `Stage "prod" has no method settings for */*, so execution logging is off; it switches execution logging OFF for GET /; it states no level for POST /a/b; AWS copied whatever */* had when it was created; it states no level, so execution logging is off.\n${NATIVE_FIX}`,
        },
        {
            when: "an aws-native stage whose entry for all methods is OFF is found",
            given: nativeStage("prod", { methodSettings: [entry("/*", "*", "OFF")] }),
            finds: `Stage "prod" switches execution logging OFF for */*.\n${NATIVE_FIX}`,
        },
        {
            when: "settings of an aws-native stage not known yet are not judged",
            given: nativeStage("prod", { methodSettings: UNKNOWN_VALUE }),
        },
        {
            when: "an unknown entry may be the one for all methods",
            given: nativeStage("prod", { methodSettings: [UNKNOWN_VALUE, entry("/~1a", "GET", "INFO")] }),
        },
        {
            when: "an entry with an unknown path may be the one for all methods",
            given: nativeStage("prod", { methodSettings: [entry(UNKNOWN_VALUE, "*", "INFO")] }),
        },
        {
            when: "an entry with an unknown method may be the one for all methods",
            given: nativeStage("prod", { methodSettings: [entry("/*", UNKNOWN_VALUE, "INFO")] }),
        },
    ]);

    remediationTable(policy, pack, [
        { when: "settings in order are left as they are", given: settings("*/*", { loggingLevel: "INFO" }) },
        { when: "settings that are only read are left as they are", given: methodSettings("orders", {}) },
        {
            when: "a level that is OFF becomes ERROR",
            given: settings("*/*", { loggingLevel: "OFF", metricsEnabled: true }),
            becomes: { ...settings("*/*", { loggingLevel: "ERROR", metricsEnabled: true }).props },
        },
        {
            when: "a missing level is stated, beside what is unknown and what is secret",
            given: settings("*/*", { throttlingBurstLimit: UNKNOWN_VALUE, cachingEnabled: secret(true) }),
            becomes: {
                ...settings("*/*", {
                    throttlingBurstLimit: UNKNOWN_VALUE,
                    cachingEnabled: secret(true),
                    loggingLevel: "ERROR",
                }).props,
            },
        },
        {
            when: "a level the provider filled in is the program's from then on",
            given: settings("*/*", { loggingLevel: "OFF", __defaults: ["loggingLevel", "metricsEnabled"] }),
            becomes: { ...settings("*/*", { loggingLevel: "ERROR", __defaults: ["metricsEnabled"] }).props },
        },
        {
            when: "settings that are secret stay secret",
            given: settings("*/*", secret({ loggingLevel: "OFF" })),
            becomes: { ...settings("*/*", secret({ loggingLevel: "ERROR" })).props },
        },
        {
            when: "settings that are no object become one",
            given: settings("*/*", []),
            becomes: { ...settings("*/*", { loggingLevel: "ERROR" }).props },
        },
        {
            when: "settings that are null become an object",
            given: settings("*/*", null),
            becomes: { ...settings("*/*", { loggingLevel: "ERROR" }).props },
        },
        {
            when: "setLevel says which level",
            given: settings("*/*", {}),
            config: { setLevel: "INFO" },
            becomes: { ...settings("*/*", { loggingLevel: "INFO" }).props },
        },
        {
            when: "without ERROR among the levels the first of them is set",
            given: settings("*/*", { loggingLevel: "ERROR" }),
            config: { levels: ["INFO"] },
            becomes: { ...settings("*/*", { loggingLevel: "INFO" }).props },
        },
        { when: "an unknown level is left as it is", given: settings("*/*", { loggingLevel: UNKNOWN_VALUE }) },
        { when: "unknown settings are left as they are", given: settings("*/*", UNKNOWN_VALUE) },
        {
            when: "an aws-native stage in order is left as it is",
            given: nativeStage("prod", { methodSettings: [entry("/*", "*", "INFO")] }),
        },
        {
            when: "an aws-native stage without settings gets them for all methods",
            given: nativeStage("prod", { stageName: "prod" }),
            becomes: { stageName: "prod", methodSettings: [entry("/*", "*", "ERROR")] },
        },
        {
            when: "an aws-native stage has its entries mended and the missing one added",
            given: nativeStage("prod", { methodSettings: [entry("/~1a", "GET", "OFF"), entry("/~1b", "GET", "INFO")] }),
            becomes: {
                methodSettings: [
                    entry("/~1a", "GET", "ERROR"),
                    entry("/~1b", "GET", "INFO"),
                    entry("/*", "*", "ERROR"),
                ],
            },
        },
        {
            when: "an aws-native stage whose entry for all methods may still come gets none added",
            given: nativeStage("prod", { methodSettings: [entry("/~1a", "GET", "OFF"), UNKNOWN_VALUE] }),
            becomes: { methodSettings: [entry("/~1a", "GET", "ERROR"), UNKNOWN_VALUE] },
        },
        {
            when: "unknown settings of an aws-native stage are left as they are",
            given: nativeStage("prod", { methodSettings: UNKNOWN_VALUE }),
        },
    ]);

    configTable(policy, pack, [
        {
            when: "with setLevel outside of levels",
            config: { levels: ["INFO"], setLevel: "ERROR" },
            fails: "setLevel is ERROR, which levels does not allow. Set it to INFO.",
        },
        {
            when: "with a misspelt key",
            config: { level: ["INFO"] },
            fails: 'there is no config key "level". Did you mean "levels"?',
        },
    ]);
});
