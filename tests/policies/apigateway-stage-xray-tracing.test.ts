import policy from "../../policies/apigateway-stage-xray-tracing";
import { declare, deployment, nativeStage, secret, stage, UNKNOWN_VALUE } from "../support/wire/declare";
import { configTable, remediationTable, resourceTable, withPack } from "../support/wire/table";

const prod = (props: Record<string, unknown>) => stage("prod", { restApi: UNKNOWN_VALUE, stageName: "prod", ...props });
const native = (props: Record<string, unknown>) => nativeStage("prod", { restApiId: "a1", ...props });
const nativeDeployment = (props: Record<string, unknown>) =>
    declare("aws-native:apigateway:Deployment", "first", { restApiId: "a1", ...props });

const OFF = `Stage "prod" does not have X-Ray tracing enabled.
Set xrayTracingEnabled to true.
xrayTracingEnabled: true`;
const NATIVE_OFF = `Stage "prod" does not have X-Ray tracing enabled.
Set tracingEnabled to true.
tracingEnabled: true`;
const DEPLOYMENT_OFF = `Deployment "first" does not have X-Ray tracing enabled.
Set tracingEnabled to true.
stageDescription: { tracingEnabled: true }`;

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        { when: "a stage with tracing is fine", given: prod({ xrayTracingEnabled: true }) },
        { when: 'tracing that is "true" is fine', given: prod({ xrayTracingEnabled: "true" }) },
        { when: "tracing that is not known yet is not a finding", given: prod({ xrayTracingEnabled: UNKNOWN_VALUE }) },
        { when: "a stage without tracing is a finding", given: prod({}), finds: OFF },
        { when: "tracing that is false is a finding", given: prod({ xrayTracingEnabled: false }), finds: OFF },
        { when: "tracing that is null is a finding", given: prod({ xrayTracingEnabled: null }), finds: OFF },
        { when: "tracing that is not a boolean is a finding", given: prod({ xrayTracingEnabled: 1 }), finds: OFF },
        {
            when: "the name of aws-native means nothing in @pulumi/aws",
            given: prod({ tracingEnabled: true }),
            finds: OFF,
        },
        { when: "a stage that is only read is not a finding", given: stage("prod") },
        {
            when: "a deployment of @pulumi/aws that makes a stage is not a finding, because a Stage may configure it",
            given: deployment("first", { restApi: "a1", stageName: "prod" }),
        },

        // aws-native
        { when: "an aws-native stage with tracing is fine", given: native({ tracingEnabled: true }) },
        {
            when: "tracing of an aws-native stage that is not known yet is not a finding",
            given: native({ tracingEnabled: UNKNOWN_VALUE }),
        },
        { when: "an aws-native stage without tracing is a finding", given: native({}), finds: NATIVE_OFF },
        {
            when: "an aws-native deployment that makes a stage with tracing is fine",
            given: nativeDeployment({ stageName: "prod", stageDescription: { tracingEnabled: true } }),
        },
        {
            when: "an aws-native deployment that makes a stage without tracing is a finding",
            given: nativeDeployment({ stageName: "prod", tracingEnabled: true }),
            finds: DEPLOYMENT_OFF,
        },
        {
            when: "a stage description that is not known yet may enable tracing",
            given: nativeDeployment({ stageName: "prod", stageDescription: UNKNOWN_VALUE }),
        },
        { when: "an aws-native deployment without a stage name makes no stage", given: nativeDeployment({}) },
    ]);

    remediationTable(policy, pack, [
        { when: "a stage with tracing is left as it is", given: prod({ xrayTracingEnabled: true }) },
        {
            when: "tracing that is not known yet is left as it is",
            given: prod({ xrayTracingEnabled: UNKNOWN_VALUE }),
        },
        {
            when: "tracing is enabled, and unknown and secret values are kept",
            given: prod({ xrayTracingEnabled: false, variables: secret({ key: "x" }) }),
            becomes: { ...prod({ xrayTracingEnabled: true, variables: secret({ key: "x" }) }).props },
        },
        {
            when: "tracing of an aws-native stage is enabled",
            given: native({ description: "x" }),
            becomes: { ...native({ description: "x", tracingEnabled: true }).props },
        },
        {
            when: "an aws-native deployment without a stage description gets one",
            given: nativeDeployment({ stageName: "prod" }),
            becomes: { ...nativeDeployment({ stageName: "prod", stageDescription: { tracingEnabled: true } }).props },
        },
        {
            when: "an aws-native deployment without a stage name is left as it is",
            given: nativeDeployment({ description: "x" }),
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
