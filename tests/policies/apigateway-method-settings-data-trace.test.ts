import policy from "../../policies/apigateway-method-settings-data-trace";
import { declare, methodSettings, nativeStage, UNKNOWN_VALUE } from "../support/wire/declare";
import { configTable, resourceTable, withPack } from "../support/wire/table";

const settings = (methodPath: unknown, inside: unknown) => methodSettings("orders", { methodPath, settings: inside });
const FIX = `Set dataTraceEnabled to false, or leave it out: while logging is on, API Gateway logs full requests and responses.
settings: { dataTraceEnabled: false }`;

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        { when: "settings without data tracing are fine", given: settings("*/*", { loggingLevel: "INFO" }) },
        { when: "data tracing that is false is fine", given: settings("*/*", { dataTraceEnabled: false }) },
        { when: 'data tracing that is "false" is fine', given: settings("*/*", { dataTraceEnabled: "false" }) },
        {
            when: "data tracing that is not known yet is not a finding",
            given: settings("*/*", { dataTraceEnabled: UNKNOWN_VALUE }),
        },
        { when: "a value that is not a boolean is not a finding", given: settings("*/*", { dataTraceEnabled: 1 }) },
        {
            when: "data tracing for all methods is a finding",
            given: settings("*/*", { dataTraceEnabled: true }),
            finds: `MethodSettings "orders" turns data tracing on for */*.\n${FIX}`,
        },
        {
            when: "data tracing in settings of providers that have a list of one is a finding",
            given: settings("*/*", [{ dataTraceEnabled: true }]),
            finds: `MethodSettings "orders" turns data tracing on for */*.\n${FIX.replace("{ dataTraceEnabled: false }", "[{ dataTraceEnabled: false }]")}`,
        },
        {
            when: 'data tracing that is "true" is a finding',
            given: settings("~1a/GET", { dataTraceEnabled: "true" }),
            finds: `MethodSettings "orders" turns data tracing on for GET /a.\n${FIX}`,
        },
        {
            when: "a method path that is not known yet is left out of the message",
            given: settings(UNKNOWN_VALUE, { dataTraceEnabled: true }),
            finds: `MethodSettings "orders" turns data tracing on.\n${FIX}`,
        },
        { when: "an aws-native stage without settings is fine", given: nativeStage("prod", { stageName: "prod" }) },
        {
            when: "settings of an aws-native stage that are not known yet are not a finding",
            given: nativeStage("prod", { methodSettings: UNKNOWN_VALUE }),
        },
        {
            when: "all entries of an aws-native stage with data tracing are one finding",
            given: nativeStage("prod", {
                methodSettings: [
                    { resourcePath: "/*", httpMethod: "*", dataTraceEnabled: true },
                    { resourcePath: "/~1a", httpMethod: "GET", dataTraceEnabled: false },
                    { resourcePath: "/~1b", httpMethod: "GET", dataTraceEnabled: true },
                ],
            }),
            finds: `Stage "prod" turns data tracing on for */*, GET /b.\n${FIX.replace(/settings: .*/, `methodSettings: [${["/*", "/~1a", "/~1b"].map((path) => `{ resourcePath: "${path}", httpMethod: "${path === "/*" ? "*" : "GET"}", dataTraceEnabled: false }`).join(", ")}]`)}`,
        },
        {
            when: "there is no code for a list of entries of which a part is not known yet",
            given: nativeStage("prod", {
                methodSettings: [
                    { resourcePath: "/*", httpMethod: "*", dataTraceEnabled: true },
                    { resourcePath: UNKNOWN_VALUE, httpMethod: "GET" },
                ],
            }),
            finds: `Stage "prod" turns data tracing on for */*.\n${FIX.replace(/\nsettings: .*/, "")}`,
        },
        {
            when: "an aws-native deployment that makes a stage with data tracing on is a finding",
            given: declare("aws-native:apigateway:Deployment", "first", {
                restApiId: "a1",
                stageName: "prod",
                stageDescription: { dataTraceEnabled: true },
            }),
            finds: `Deployment "first" turns data tracing on for */*.\n${FIX.replace("settings", "stageDescription")}`,
        },
        {
            when: "an aws-native deployment without a stage name makes no stage",
            given: declare("aws-native:apigateway:Deployment", "first", {
                restApiId: "a1",
                stageDescription: { dataTraceEnabled: true },
            }),
        },
    ]);

    configTable(policy, pack, [
        {
            when: "with an unknown key",
            config: { on: true },
            fails: 'there is no config key "on". Its keys are "exemptions", "exemptionTag".',
        },
    ]);
});
