import { withWanted } from "../../pack/wanted";
import type { Code } from "../../stack/code";
import { table } from "../support/rows";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const POLICIES = [
    { policy: { types: [GROUP], wants: () => [{ set: ["retentionInDays"], to: 365 }] as const }, config: {} },
    {
        policy: { types: [SETTINGS], wants: () => [{ set: ["settings", "loggingLevel"], to: "INFO" }] as const },
        config: {},
    },
    { policy: { types: [GROUP, SETTINGS] }, config: {} },
];
const codeAfter = (code: Code | undefined) =>
    withWanted({ problem: "", advice: "", ...(code && { code }) }, POLICIES).code;
const declared = (type: string, inputs: object) => ({ declare: [{ type, name: "new", inputs }] }) as Code;

table("code with the inputs that other policies want", codeAfter, [
    [
        "has them in place of its own",
        declared(GROUP, { name: "a", retentionInDays: 90 }),
        declared(GROUP, { name: "a", retentionInDays: 365 }),
    ],
    [
        "has them inside of objects, beside other inputs",
        declared(SETTINGS, { settings: { block: { loggingLevel: "ERROR", metricsEnabled: true } } }),
        declared(SETTINGS, { settings: { block: { loggingLevel: "INFO", metricsEnabled: true } } }),
    ],
    ["does not have those that it does not set", declared(GROUP, { name: "a" }), declared(GROUP, { name: "a" })],
    [
        "does not have those inside of something else",
        declared(SETTINGS, { settings: "a" }),
        declared(SETTINGS, { settings: "a" }),
    ],
    [
        "does not have those of other types",
        declared("aws:s3/bucket:Bucket", { retentionInDays: 90 }),
        declared("aws:s3/bucket:Bucket", { retentionInDays: 90 }),
    ],
    [
        "keeps what it sets of the finding's own resource",
        { inputs: { retentionInDays: 90 } },
        { inputs: { retentionInDays: 90 } },
    ],
    ["may be none", undefined, undefined],
]);
