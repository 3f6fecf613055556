import { nameOr } from "./names";
import type { Types } from "./type";

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
        id: nameOr("name"),
        computed: {
            arn: "arn:aws:logs:{region}:{account}:log-group:{id}",
            logGroupClass: "STANDARD",
            name: "{id}",
            namePrefix: "",
        },
        unset: { kmsKeyId: "" },
        read: { name: "{id}", retentionInDays: 0, skipDestroy: false },
    },

    "aws:iam/role:Role": {
        required: ["assumeRolePolicy"],
        autoName: "name",
        defaults: { path: "/" },
        replaces: ["name", "path"],
        taggable: true,
        id: "{name}",
        computed: { arn: "arn:aws:iam::{account}:role{path}{id}" },
    },
};
