import { ACCOUNT_ID, alphanumeric, hex, text } from "../values";
import type { Type, Types } from "./type";

// What CloudWatch Logs accepts, and 0 for "never" (terraform-provider-aws, internal/service/logs/group.go).
const RETENTION = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const other: Types = {
    "aws:cloudwatch/logGroup:LogGroup": {
        autoName: "name",
        defaults: { retentionInDays: 0, skipDestroy: false },
        oneOf: { retentionInDays: RETENTION },
        replaces: ["name", "namePrefix", "logGroupClass"],
        taggable: true,
        id: (seed, { name, namePrefix }) => text(name) || `${text(namePrefix)}${hex(seed, 26)}`,
        computed: (_, id, aws) => ({
            arn: `arn:aws:logs:${aws.region}:${ACCOUNT_ID}:log-group:${id}`,
            deletionProtectionEnabled: false,
            logGroupClass: "STANDARD",
            name: id,
            namePrefix: "",
        }),
        unset: { kmsKeyId: "" },
        read: (id) => ({ name: id, retentionInDays: 0, skipDestroy: false }),
    },

    "aws:iam/role:Role": {
        required: ["assumeRolePolicy"],
        autoName: "name",
        defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
        replaces: ["name", "path"],
        taggable: true,
        id: (_, { name }) => text(name),
        computed: ({ path }, id) => ({
            arn: `arn:aws:iam::${ACCOUNT_ID}:role${text(path)}${id}`,
            createDate: "2026-01-01T00:00:00Z",
            inlinePolicies: [],
            managedPolicyArns: [],
            namePrefix: "",
            uniqueId: `AROA${hex(id, 17).toUpperCase()}`,
        }),
        unset: { description: "", permissionsBoundary: "" },
        read: (id) => ({ name: id, path: "/" }),
    },

    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
        required: ["role", "policyArn"],
        replaces: ["role", "policyArn"],
        id: (seed, { role }) => `${text(role)}-${hex(seed, 26)}`,
    },

    "aws:lambda/function:Function": {
        required: ["role"],
        autoName: "name",
        defaults: { memorySize: 128, packageType: "Zip", publish: false, skipDestroy: false, timeout: 3 },
        replaces: ["name"],
        taggable: true,
        id: (_, { name }) => text(name),
        computed: (_, id, aws) => {
            const arn = `arn:aws:lambda:${aws.region}:${ACCOUNT_ID}:function:${id}`;
            const path = `arn:aws:apigateway:${aws.region}:lambda:path/2015-03-31/functions`;
            return { arn, invokeArn: `${path}/${arn}/invocations`, version: "$LATEST" };
        },
    },

    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
        required: ["destination"],
        autoName: "name",
        blocks: {
            extendedS3Configuration: {
                defaults: {
                    bufferingInterval: 300,
                    bufferingSize: 5,
                    compressionFormat: "UNCOMPRESSED",
                    customTimeZone: "UTC",
                    s3BackupMode: "Disabled",
                },
                computed: { cloudwatchLoggingOptions: { enabled: false, logGroupName: "", logStreamName: "" } },
                unset: {
                    dataFormatConversionConfiguration: null,
                    dynamicPartitioningConfiguration: null,
                    errorOutputPrefix: "",
                    fileExtension: "",
                    kmsKeyArn: "",
                    prefix: "",
                    processingConfiguration: null,
                    s3BackupConfiguration: null,
                },
            },
        },
        replaces: ["destination", "name"],
        taggable: true,
        // The id is the ARN (internal/service/firehose/delivery_stream.go).
        id: (_, { name }, aws) => `arn:aws:firehose:${aws.region}:${ACCOUNT_ID}:deliverystream/${text(name)}`,
        computed: (_, id) => ({ arn: id, destinationId: "destinationId-000000000001", versionId: "1" }),
        unset: {
            elasticsearchConfiguration: null,
            extendedS3Configuration: null,
            httpEndpointConfiguration: null,
            icebergConfiguration: null,
            kinesisSourceConfiguration: null,
            mskSourceConfiguration: null,
            opensearchConfiguration: null,
            opensearchserverlessConfiguration: null,
            redshiftConfiguration: null,
            serverSideEncryption: null,
            snowflakeConfiguration: null,
            splunkConfiguration: null,
        },
        read: (id) => ({ destination: "extended_s3", name: text(id.split("/")[1]) }),
    },
};

/** Every other type: what went in comes out, with an id and an ARN. */
export const anyType: Type = {
    id: (seed) => alphanumeric(seed, 12),
    computed: (_, id, aws) => ({ arn: `arn:aws:test:${aws.region}:${ACCOUNT_ID}:${id}` }),
};
