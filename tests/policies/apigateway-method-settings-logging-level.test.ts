import policy from "../../policies/apigateway-method-settings-logging-level";
import { declare, methodSettings, nativeStage, secret, UNKNOWN_VALUE } from "../support/wire/declare";
import { configTable, remediationTable, resourceTable, withPack } from "../support/wire/table";

const settings = (methodPath: unknown, inside: unknown) =>
    methodSettings("orders", { restApi: UNKNOWN_VALUE, stageName: "prod", methodPath, settings: inside });
const entry = (resourcePath: unknown, httpMethod: unknown, loggingLevel?: unknown) => ({
    resourcePath,
    httpMethod,
    ...(loggingLevel === undefined ? {} : { loggingLevel }),
});
const nativeDeployment = (stageDescription: unknown, stageName: unknown = "prod") =>
    declare("aws-native:apigateway:Deployment", "v1", { restApiId: "a1", stageName, stageDescription });

const FIX = `Set loggingLevel to ERROR or INFO.\nsettings: { loggingLevel: "ERROR" }`;
const NATIVE_CODE = `methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "ERROR" }]`;
const NATIVE_FIX = `Set loggingLevel to ERROR or INFO.\n${NATIVE_CODE}`;
const NATIVE_ADVICE = "Add an entry for all methods, and set loggingLevel to ERROR or INFO in every entry.";
const NATIVE_ADD = `${NATIVE_ADVICE}\n${NATIVE_CODE}`;
const DEPLOYMENT_FIX = `Set loggingLevel to ERROR or INFO.\nstageDescription: { loggingLevel: "ERROR" }`;
const DEPLOYMENT_ENTRY = `Set loggingLevel to ERROR or INFO.\nstageDescription: { ${NATIVE_CODE} }`;
const NO_LEVEL = `MethodSettings "orders" sets no loggingLevel for */*, so execution logging is off.\n${FIX}`;
const COPIED = `MethodSettings "orders" sets no loggingLevel for GET /pets/{id}, so it keeps the level that */* had when it was created.\n${FIX}`;
const NATIVE_NONE = `Stage "prod" has no method settings for */*, so execution logging is off.\n${NATIVE_ADD}`;

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        { when: "INFO for all methods is fine", given: settings("*/*", { loggingLevel: "INFO" }) },
        { when: "ERROR for all methods is fine", given: settings("*/*", { loggingLevel: "ERROR" }) },
        {
            when: "settings with throttling only are a finding",
            given: settings("*/*", { throttlingBurstLimit: 5 }),
            finds: NO_LEVEL,
        },
        { when: "an empty level is not a level", given: settings("*/*", { loggingLevel: "" }), finds: NO_LEVEL },
        { when: "a null level is not a level", given: settings("*/*", { loggingLevel: null }), finds: NO_LEVEL },
        { when: "a number is not a level", given: settings("*/*", { loggingLevel: 1 }), finds: NO_LEVEL },
        {
            when: "a level in settings of providers that have a list of one is a level",
            given: settings("*/*", [{ loggingLevel: "INFO" }]),
        },
        {
            when: "OFF in settings of providers that have a list of one is a finding",
            given: settings("*/*", [{ loggingLevel: "OFF" }]),
            finds: `MethodSettings "orders" sets loggingLevel to OFF for */*.\nSet loggingLevel to ERROR or INFO.\nsettings: [{ loggingLevel: "ERROR" }]`,
        },
        { when: "settings that are a list set no level", given: settings("*/*", []), finds: NO_LEVEL },
        { when: "settings that are null set no level", given: settings("*/*", null), finds: NO_LEVEL },
        {
            when: "OFF for all methods is a finding",
            given: settings("*/*", { loggingLevel: "OFF" }),
            finds: `MethodSettings "orders" sets loggingLevel to OFF for */*.\n${FIX}`,
        },
        {
            when: "OFF for one method is a finding",
            given: settings("~1a/GET", { loggingLevel: "OFF" }),
            finds: `MethodSettings "orders" sets loggingLevel to OFF for GET /a.\n${FIX}`,
        },
        { when: "an override with a level is fine", given: settings("~1a/GET", { loggingLevel: "ERROR" }) },
        {
            when: "an override without a level is a finding",
            given: settings("~1pets~1{id}/GET", { cachingEnabled: true }),
            finds: COPIED,
        },
        {
            when: "an override without a level is a finding with a raw path, too",
            given: settings("/pets/{id}/GET", {}),
            finds: COPIED,
        },
        {
            when: "a level in lower case is a finding",
            given: settings("*/*", { loggingLevel: "info" }),
            finds: `MethodSettings "orders" sets loggingLevel to "info" for */*, which is not ERROR or INFO.\n${FIX}`,
        },
        {
            when: "INFO is a finding if levels allows only ERROR",
            given: settings("*/*", { loggingLevel: "INFO" }),
            config: { levels: ["ERROR"] },
            finds: `MethodSettings "orders" sets loggingLevel to "INFO" for */*, which is not ERROR.
Set loggingLevel to ERROR.
settings: { loggingLevel: "ERROR" }`,
        },
        {
            when: "ERROR is a finding if levels allows only INFO",
            given: settings("*/*", { loggingLevel: "ERROR" }),
            config: { levels: ["INFO"] },
            finds: `MethodSettings "orders" sets loggingLevel to "ERROR" for */*, which is not INFO.
Set loggingLevel to INFO.
settings: { loggingLevel: "INFO" }`,
        },
        {
            when: "a level that is not known yet is not a finding",
            given: settings("*/*", { loggingLevel: UNKNOWN_VALUE }),
        },
        { when: "settings that are not known yet are not a finding", given: settings("*/*", UNKNOWN_VALUE) },
        {
            when: "a path that is not known yet is left out of the message",
            given: settings(UNKNOWN_VALUE, {}),
            finds: `MethodSettings "orders" sets no loggingLevel, so execution logging is off.\n${FIX}`,
        },
        {
            when: "a partial wildcard is reported as it is written",
            given: settings("*/GET", { loggingLevel: "OFF" }),
            finds: `MethodSettings "orders" sets loggingLevel to OFF for */GET.\n${FIX}`,
        },

        // aws-native
        {
            when: "an aws-native stage with INFO for all methods is fine",
            given: nativeStage("prod", { methodSettings: [entry("/*", "*", "INFO")] }),
        },
        {
            when: "an aws-native stage without settings is a finding",
            given: nativeStage("prod", { stageName: "prod" }),
            finds: NATIVE_NONE,
        },
        { when: "a stage that is only read is not a finding", given: nativeStage("prod", {}) },
        { when: "settings that are only read are not a finding", given: methodSettings("orders", {}) },
        {
            when: "an aws-native stage with settings that are not a list is a finding",
            given: nativeStage("prod", { methodSettings: { loggingLevel: "INFO" } }),
            finds: NATIVE_NONE,
        },
        {
            when: "an aws-native stage with settings for one method only is a finding",
            given: nativeStage("prod", { methodSettings: [entry("/~1a", "GET", "INFO")] }),
            finds: `Stage "prod" has no method settings for */*, so execution logging is off.
${NATIVE_ADVICE}
methodSettings: [{ resourcePath: "/~1a", httpMethod: "GET", loggingLevel: "INFO" }, { resourcePath: "/*", httpMethod: "*", loggingLevel: "ERROR" }]`,
        },
        {
            when: "an entry without a path or without a method does not cover all methods",
            given: nativeStage("prod", {
                methodSettings: [entry(undefined, "*", "INFO"), entry("/*", undefined, "INFO")],
            }),
            finds: `Stage "prod" has no method settings for */*, so execution logging is off.
${NATIVE_ADVICE}
methodSettings: [{ httpMethod: "*", loggingLevel: "INFO" }, { resourcePath: "/*", loggingLevel: "INFO" }, { resourcePath: "/*", httpMethod: "*", loggingLevel: "ERROR" }]`,
        },
        {
            when: "all problems of an aws-native stage are one finding",
            given: nativeStage("prod", { methodSettings: [entry("/", "GET", "OFF"), entry("/~1a~1b", "POST"), null] }),
            finds: `Stage "prod" has no method settings for */*, so execution logging is off; it sets loggingLevel to OFF for GET /; it sets no loggingLevel for POST /a/b, so it keeps the level that */* had when it was created; it sets no loggingLevel, so execution logging is off.
${NATIVE_ADVICE}
methodSettings: [{ resourcePath: "/", httpMethod: "GET", loggingLevel: "ERROR" }, { resourcePath: "/~1a~1b", httpMethod: "POST", loggingLevel: "ERROR" }, { loggingLevel: "ERROR" }, { resourcePath: "/*", httpMethod: "*", loggingLevel: "ERROR" }]`,
        },
        {
            when: "the code keeps what an entry sets beside its level",
            given: nativeStage("prod", {
                methodSettings: [{ ...entry("/*", "*", "OFF"), metricsEnabled: true, throttlingBurstLimit: 5 }],
            }),
            finds: `Stage "prod" sets loggingLevel to OFF for */*.
Set loggingLevel to ERROR or INFO.
methodSettings: [{ resourcePath: "/*", httpMethod: "*", loggingLevel: "ERROR", metricsEnabled: true, throttlingBurstLimit: 5 }]`,
        },
        {
            when: "there is no code for a list with a value that is not known yet",
            given: nativeStage("prod", {
                methodSettings: [
                    entry("/*", "*", "OFF"),
                    { ...entry("/~1a", "GET", "INFO"), cacheTtlInSeconds: UNKNOWN_VALUE },
                ],
            }),
            finds: `Stage "prod" sets loggingLevel to OFF for */*.\nSet loggingLevel to ERROR or INFO.`,
        },
        {
            when: "setLevel is the level in the code, as in remediation",
            given: settings("*/*", {}),
            config: { setLevel: "INFO" },
            finds: `MethodSettings "orders" sets no loggingLevel for */*, so execution logging is off.
Set loggingLevel to ERROR or INFO.
settings: { loggingLevel: "INFO" }`,
        },
        {
            when: "an aws-native stage whose entry for all methods is OFF is a finding",
            given: nativeStage("prod", { methodSettings: [entry("/*", "*", "OFF")] }),
            finds: `Stage "prod" sets loggingLevel to OFF for */*.\n${NATIVE_FIX}`,
        },
        {
            when: "settings of an aws-native stage that are not known yet are not a finding",
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

        // aws-native deployments
        {
            when: "an aws-native deployment with a level in its stage description is fine",
            given: nativeDeployment({ loggingLevel: "INFO" }),
        },
        {
            when: "an aws-native deployment without a stage description is a finding",
            given: nativeDeployment(undefined),
            finds: `Deployment "v1" sets no loggingLevel for */*, so execution logging is off.\n${DEPLOYMENT_FIX}`,
        },
        {
            when: "an aws-native deployment whose stage description sets OFF is a finding",
            given: nativeDeployment({ loggingLevel: "OFF" }),
            finds: `Deployment "v1" sets loggingLevel to OFF for */*.\n${DEPLOYMENT_FIX}`,
        },
        {
            when: "an aws-native deployment without a stage name makes no stage",
            given: nativeDeployment({ loggingLevel: "OFF" }, ""),
        },
        {
            when: "an aws-native deployment whose stage name is not known yet makes a stage",
            given: nativeDeployment({ loggingLevel: "OFF" }, UNKNOWN_VALUE),
            finds: `Deployment "v1" sets loggingLevel to OFF for */*.\n${DEPLOYMENT_FIX}`,
        },
        {
            when: "a stage description that is not known yet is not a finding",
            given: nativeDeployment(UNKNOWN_VALUE),
        },
        {
            when: "entries of an aws-native deployment that are not known yet may set the level",
            given: nativeDeployment({ methodSettings: UNKNOWN_VALUE }),
        },
        {
            when: "an unknown entry of an aws-native deployment may be the one for all methods",
            given: nativeDeployment({ methodSettings: [UNKNOWN_VALUE] }),
        },
        {
            when: "an entry for all methods counts instead of the level of the stage description",
            given: nativeDeployment({ loggingLevel: "OFF", methodSettings: [entry("/*", "*", "INFO")] }),
        },
        {
            when: "the entry for all methods of an aws-native deployment must have a level",
            given: nativeDeployment({ loggingLevel: "INFO", methodSettings: [entry("/*", "*", "OFF")] }),
            finds: `Deployment "v1" sets loggingLevel to OFF for */*.\n${DEPLOYMENT_ENTRY}`,
        },
        {
            when: "an entry for one method of an aws-native deployment is fixed where it is",
            given: nativeDeployment({ loggingLevel: "INFO", methodSettings: [entry("/~1a", "GET", "OFF")] }),
            finds: `Deployment "v1" sets loggingLevel to OFF for GET /a.
Set loggingLevel to ERROR or INFO.
stageDescription: { methodSettings: [{ resourcePath: "/~1a", httpMethod: "GET", loggingLevel: "ERROR" }] }`,
        },
        {
            when: "a wrong level for all methods and one for a single method are both in the code",
            given: nativeDeployment({ methodSettings: [entry("/~1a", "GET", "OFF")] }),
            finds: `Deployment "v1" sets no loggingLevel for */*, so execution logging is off; it sets loggingLevel to OFF for GET /a.
Set loggingLevel to ERROR or INFO.
stageDescription: { loggingLevel: "ERROR", methodSettings: [{ resourcePath: "/~1a", httpMethod: "GET", loggingLevel: "ERROR" }] }`,
        },
        {
            when: "levels decides what an aws-native deployment may set",
            given: nativeDeployment({ loggingLevel: "ERROR" }),
            config: { levels: ["INFO"] },
            finds: `Deployment "v1" sets loggingLevel to "ERROR" for */*, which is not INFO.
Set loggingLevel to INFO.
stageDescription: { loggingLevel: "INFO" }`,
        },
    ]);

    remediationTable(policy, pack, [
        {
            when: "settings with an allowed level are left as they are",
            given: settings("*/*", { loggingLevel: "INFO" }),
        },
        { when: "settings that are only read are left as they are", given: methodSettings("orders", {}) },
        {
            when: "the level OFF becomes ERROR",
            given: settings("*/*", { loggingLevel: "OFF", metricsEnabled: true }),
            becomes: { ...settings("*/*", { loggingLevel: "ERROR", metricsEnabled: true }).props },
        },
        {
            when: "a missing level is added, and unknown and secret values are kept",
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
            when: "a level is removed from the list of the provider's defaults",
            given: settings("*/*", { loggingLevel: "OFF", __defaults: ["loggingLevel", "metricsEnabled"] }),
            becomes: { ...settings("*/*", { loggingLevel: "ERROR", __defaults: ["metricsEnabled"] }).props },
        },
        {
            when: "settings that are secret stay secret",
            given: settings("*/*", secret({ loggingLevel: "OFF" })),
            becomes: { ...settings("*/*", secret({ loggingLevel: "ERROR" })).props },
            isSecretInFiles: true,
        },
        {
            when: "settings of providers that have a list of one stay a list",
            given: settings("*/*", [{ loggingLevel: "OFF", metricsEnabled: true }]),
            becomes: { ...settings("*/*", [{ loggingLevel: "ERROR", metricsEnabled: true }]).props },
        },
        {
            when: "settings that are a list become an object",
            given: settings("*/*", []),
            becomes: { ...settings("*/*", { loggingLevel: "ERROR" }).props },
        },
        {
            when: "settings that are null become an object",
            given: settings("*/*", null),
            becomes: { ...settings("*/*", { loggingLevel: "ERROR" }).props },
        },
        {
            when: "setLevel is the level that is set",
            given: settings("*/*", {}),
            config: { setLevel: "INFO" },
            becomes: { ...settings("*/*", { loggingLevel: "INFO" }).props },
        },
        {
            when: "the first of levels is set if ERROR is not allowed",
            given: settings("*/*", { loggingLevel: "ERROR" }),
            config: { levels: ["INFO"] },
            becomes: { ...settings("*/*", { loggingLevel: "INFO" }).props },
        },
        { when: "an unknown level is left as it is", given: settings("*/*", { loggingLevel: UNKNOWN_VALUE }) },
        { when: "unknown settings are left as they are", given: settings("*/*", UNKNOWN_VALUE) },
        {
            when: "an aws-native stage with an allowed level is left as it is",
            given: nativeStage("prod", { methodSettings: [entry("/*", "*", "INFO")] }),
        },
        {
            when: "an aws-native stage without settings gets an entry for all methods",
            given: nativeStage("prod", { stageName: "prod" }),
            becomes: { stageName: "prod", methodSettings: [entry("/*", "*", "ERROR")] },
        },
        {
            when: "the entries of an aws-native stage are fixed, and the missing one is added",
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
            when: "an aws-native stage with an unknown entry gets no entry for all methods",
            given: nativeStage("prod", { methodSettings: [entry("/~1a", "GET", "OFF"), UNKNOWN_VALUE] }),
            becomes: { methodSettings: [entry("/~1a", "GET", "ERROR"), UNKNOWN_VALUE] },
        },
        {
            when: "unknown settings of an aws-native stage are left as they are",
            given: nativeStage("prod", { methodSettings: UNKNOWN_VALUE }),
        },
        {
            when: "an aws-native deployment without a level gets one in its stage description",
            given: nativeDeployment({ metricsEnabled: true }),
            becomes: { ...nativeDeployment({ metricsEnabled: true, loggingLevel: "ERROR" }).props },
        },
        {
            when: "an aws-native deployment without a stage description gets one",
            given: nativeDeployment(undefined),
            becomes: { ...nativeDeployment({ loggingLevel: "ERROR" }).props },
        },
        {
            when: "an entry of an aws-native deployment is fixed where it is",
            given: nativeDeployment({ loggingLevel: "INFO", methodSettings: [entry("/~1a", "GET", "OFF")] }),
            becomes: {
                ...nativeDeployment({ loggingLevel: "INFO", methodSettings: [entry("/~1a", "GET", "ERROR")] }).props,
            },
        },
        {
            when: "an aws-native deployment with an allowed level is left as it is",
            given: nativeDeployment({ loggingLevel: "INFO" }),
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
