import policy from "../../policies/apigateway-stage-client-certificate";
import { declare, deployment, nativeStage, stage, UNKNOWN_VALUE } from "../support/wire/declare";
import { configTable, resourceTable, withPack } from "../support/wire/table";

const prod = (props: Record<string, unknown>) => stage("prod", { restApi: UNKNOWN_VALUE, stageName: "prod", ...props });
const nativeDeployment = (props: Record<string, unknown>) =>
    declare("aws-native:apigateway:Deployment", "first", { restApiId: "a1", ...props });

const MISSING = "has no client certificate, so backends cannot verify that requests come from API Gateway.";
const ADVICE = "Set clientCertificateId to the id of a ClientCertificate, and let the backends verify it.";
const NONE = `Stage "prod" ${MISSING}\n${ADVICE}\nclientCertificateId: certificate.id`;
const NATIVE_NONE = `Stage "prod" ${MISSING}\n${ADVICE}\nclientCertificateId: certificate.clientCertificateId`;
const DEPLOYMENT_NONE = `Deployment "first" ${MISSING}
${ADVICE}
stageDescription: { clientCertificateId: certificate.clientCertificateId }`;

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        { when: "a stage with a client certificate is fine", given: prod({ clientCertificateId: "c1" }) },
        {
            when: "a client certificate that is not known yet is one",
            given: prod({ clientCertificateId: UNKNOWN_VALUE }),
        },
        { when: "a stage without a client certificate is a finding", given: prod({}), finds: NONE },
        { when: "an empty id is not a certificate", given: prod({ clientCertificateId: "" }), finds: NONE },
        { when: "an id that is null is not a certificate", given: prod({ clientCertificateId: null }), finds: NONE },
        { when: "an id that is a number is not a certificate", given: prod({ clientCertificateId: 1 }), finds: NONE },
        { when: "a stage that is only read is not a finding", given: stage("prod") },
        {
            when: "a deployment of @pulumi/aws that makes a stage is not a finding, because a Stage may configure it",
            given: deployment("first", { restApi: "a1", stageName: "prod" }),
        },

        // certificateIds
        {
            when: "a certificate of certificateIds is fine",
            given: prod({ clientCertificateId: "c1" }),
            config: { certificateIds: ["c0", "c1"] },
        },
        {
            when: "a certificate that is not known yet may be one of certificateIds",
            given: prod({ clientCertificateId: UNKNOWN_VALUE }),
            config: { certificateIds: ["c1"] },
        },
        {
            when: "another certificate is a finding if certificateIds has some",
            given: prod({ clientCertificateId: "c2" }),
            config: { certificateIds: ["c0", "c1"] },
            finds: `Stage "prod" has the client certificate "c2", which certificateIds does not allow.
Set clientCertificateId to c0 or c1, and let the backends verify it.
clientCertificateId: "c0"`,
        },
        {
            when: "a stage without a client certificate is a finding with certificateIds, too",
            given: prod({}),
            config: { certificateIds: ["c1"] },
            finds: `Stage "prod" ${MISSING}
Set clientCertificateId to c1, and let the backends verify it.
clientCertificateId: "c1"`,
        },

        // aws-native
        {
            when: "an aws-native stage with a client certificate is fine",
            given: nativeStage("prod", { restApiId: "a1", clientCertificateId: "c1" }),
        },
        {
            when: "an aws-native stage without a client certificate is a finding",
            given: nativeStage("prod", { restApiId: "a1" }),
            finds: NATIVE_NONE,
        },
        {
            when: "an aws-native deployment that makes a stage with a client certificate is fine",
            given: nativeDeployment({ stageName: "prod", stageDescription: { clientCertificateId: "c1" } }),
        },
        {
            when: "an aws-native deployment that makes a stage without a client certificate is a finding",
            given: nativeDeployment({ stageName: "prod", stageDescription: { tracingEnabled: true } }),
            finds: DEPLOYMENT_NONE,
        },
        {
            when: "an aws-native deployment has the stage's certificate in stageDescription only",
            given: nativeDeployment({ stageName: "prod", clientCertificateId: "c1" }),
            finds: DEPLOYMENT_NONE,
        },
        {
            when: "an aws-native deployment makes a stage if its name is not known yet",
            given: nativeDeployment({ stageName: UNKNOWN_VALUE }),
            finds: DEPLOYMENT_NONE,
        },
        {
            when: "a stage description that is not known yet may have a certificate",
            given: nativeDeployment({ stageName: "prod", stageDescription: UNKNOWN_VALUE }),
        },
        { when: "an aws-native deployment without a stage name makes no stage", given: nativeDeployment({}) },
        {
            when: "an aws-native deployment with an empty stage name makes no stage",
            given: nativeDeployment({ stageName: "" }),
        },
    ]);

    configTable(policy, pack, [
        {
            when: "with a misspelt key",
            config: { certificateIDs: ["c1"] },
            fails: 'there is no config key "certificateIDs". Did you mean "certificateIds"?',
        },
    ]);
});
