/** Files with a stack in which random values take the place of others. */

import * as fc from "fast-check";
import { isObject, type Properties } from "../../cli/inputs/properties";
import type { RecordedResource } from "../../cli/inputs/recorded";
import { pick } from "./generated/draft";
import { fileOf, previewOf } from "./generated/files";
import { UNKNOWN_VALUE } from "./wire/declare";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SIGNATURES = {
    secret: "1b47061264138c4ac30d75fd1eb44270",
    reference: "5cf8f73096256a8f31e491e813e4eb8e",
    float: "8ad145fe-0d11-4827-bfd7-1abcbf086f5c",
    asset: "c44067f5952c0a294b673a41bacd8c17",
    archive: "0def7320c3a5731c473e5ecbe6d01bc7",
    outputValue: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
    unheardOf: "00000000000000000000000000000000",
};

/** What policies read, and what is special to JavaScript or to the engine. */
export const KEYS = [
    ...["id", "restApi", "restApiId", "apiId", "stageName", "name", "methodPath", "settings", "methodSettings"],
    ...["loggingLevel", "LoggingLevel", "dataTraceEnabled", "DataTraceEnabled", "routeKey", "resourcePath"],
    ...["httpMethod", "defaultRouteSettings", "routeSettings", "protocolType", "body", "bodyS3Location", "region"],
    ...["cloudwatchRoleArn", "cloudWatchRoleArn", "retentionInDays", "logGroupClass", "logGroupName", "logType"],
    ...["deliverySourceName", "resourceArn", "accessLogSettings", "accessLogSetting", "stageDescription", "stage"],
    ...["destinationArn", "cachingEnabled", "cacheDataEncrypted", "clientCertificateId", "xrayTracingEnabled"],
    ...["webAclArn", "webAclId", "securityPolicy", "endpointConfiguration", "types", "target", "tlsConfig"],
    ...["authorizationType", "connectionType", "engine", "engineMode", "identifier", "clusterIdentifier"],
    ...["enabledCloudwatchLogsExports", "enableCloudwatchLogsExports", "dbClusterParameterGroupName", "parameters"],
    ...["version", "profile", "V", "urn", "value", "plaintext", "ciphertext"],
    ...["__proto__", "__defaults", "constructor", "toString", "length", "0", "", "$", "a::b"],
];

export const TEXTS = [
    ...["", "INFO", "OFF", "prod", "*/*", "*", "/", "true", "365", "-1", "1e999", "WEBSOCKET", "HTTP", "rest0", "v20"],
    ...["[unknown]", "[secret]", UNKNOWN_VALUE, `x-${UNKNOWN_VALUE}`, "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"],
    ...["VPC_LINK", "aurora-mysql", "audit", "orders0", "default.aurora-mysql8.0", "server_audit_logging", "PRIVATE"],
    ...[
        "/aws/rds/cluster/orders0/audit",
        "arn:aws:apigateway:eu-west-1::/restapis/rest0/stages/prod",
        "arn:aws:logs:x",
    ],
    ...["DELIVERY", "API-Gateway-Execution-Logs_rest0/prod", "EXECUTION_LOGS", "eu-west-1", "\u0000", "\ud800"],
];

const numbers = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -1, 90));

const { strange } = fc.letrec<{ strange: unknown; object: unknown; special: unknown }>((tie) => ({
    strange: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom(null, true, false),
        fc.constantFrom(...TEXTS),
        fc.string(),
        numbers,
        fc.array(tie("strange"), { maxLength: 3 }),
        tie("object"),
        tie("special"),
    ),
    object: fc.dictionary(fc.constantFrom(...KEYS), tie("strange"), { maxKeys: 4 }),
    special: fc
        .record(
            {
                [SIGNATURE]: fc.oneof(fc.constantFrom(...Object.values(SIGNATURES)), tie("strange")),
                plaintext: fc.oneof(
                    tie("strange").map((value) => JSON.stringify(value)),
                    tie("strange"),
                ),
                ciphertext: fc.string(),
                id: tie("strange"),
                urn: fc.oneof(fc.string(), tie("strange")),
                value: fc.oneof(fc.string({ unit: fc.constantFrom(..."0123456789abcdefx") }), tie("strange")),
                V: tie("strange"),
            },
            { requiredKeys: [SIGNATURE] },
        )
        .map((value) => value as unknown),
}));

/** A deeply nested list. */
const deep = fc.nat({ max: 500 }).map((depth) => {
    let value: unknown = "x";
    for (let at = 0; at < depth; at++) {
        value = at % 2 === 0 ? [value] : { settings: value };
    }
    return value;
});

/** Stands for the URN of a resource of the stack, whichever that is. */
const someUrn = fc.nat({ max: 30 }).map((at) => `urn ${at}`);

const DOCUMENT_PATHS = [
    ...[["version"], ["features"], ["deployment"], ["deployment", "resources"], ["checkpoint"], ["latest"], ["stack"]],
    ...[["steps"], ["changeSummary"], ["changeSummary", "same"], ["config"], ["config", "aws:region"]],
];

const RELATIONS = ["parent", "provider", "dependencies", "propertyDependencies"];
const FIELDS = ["inputs", "outputs", "type", "urn", "delete", "external", "sourcePosition", "stackTrace", ...RELATIONS];
const someKey = fc.constantFrom(...KEYS);
const someUrns = fc.array(someUrn, { maxLength: 3 });

/** What a broken file has in the place of something else: mostly values, sometimes relations, rarely fields of the document. */
export const strangeFiles = fc.record({
    kind: fc.constantFrom("export", "create", "update"),
    changes: fc.array(
        fc
            .tuple(
                fc.nat({ max: 60 }),
                fc.oneof(
                    {
                        arbitrary: fc.tuple(
                            fc.tuple(fc.constantFrom("inputs", "outputs"), someKey),
                            fc.oneof({ arbitrary: strange, weight: 9 }, deep),
                        ),
                        weight: 20,
                    },
                    {
                        arbitrary: fc.tuple(fc.tuple(fc.constant("propertyDependencies"), someKey), someUrns),
                        weight: 4,
                    },
                    { arbitrary: fc.tuple(fc.constant(["dependencies"]), someUrns), weight: 2 },
                    { arbitrary: fc.tuple(fc.constant(["parent"]), someUrn), weight: 2 },
                    fc.tuple(
                        fc.constantFrom(...FIELDS).map((field) => [field]),
                        strange,
                    ),
                ),
            )
            .map(([at, [path, value]]) => ({ at, path: path as readonly string[], value })),
        { minLength: 1, maxLength: 6 },
    ),
    documentChanges: fc.oneof(
        { arbitrary: fc.constant([]), weight: 9 },
        fc.array(fc.record({ path: fc.constantFrom(...DOCUMENT_PATHS), value: strange }), { maxLength: 2 }),
    ),
});

type Strange = typeof strangeFiles extends fc.Arbitrary<infer T> ? T : never;

/** The text of a file with a stack that was changed as said. */
export function strangeTextOf(
    resources: readonly RecordedResource[],
    { kind, changes, documentChanges }: Strange,
): string {
    const urns = resources.map(({ urn }) => urn);
    const changed = structuredClone(resources) as unknown as Properties[];
    for (const { at, path, value } of changes) {
        put(pick(changed, at) as Properties, path, value);
    }
    const stack = changed as unknown as readonly RecordedResource[];
    const document = kind === "export" ? fileOf(stack) : previewOf(stack, kind);
    for (const { path, value } of documentChanges) {
        put(document, path, value);
    }
    return JSON.stringify(document).replace(/"urn (\d+)"/g, (_, at) => JSON.stringify(pick(urns, Number(at))));
}

function put(object: Properties, [key = "", ...rest]: readonly string[], value: unknown): void {
    if (rest.length > 0) {
        object[key] = isObject(object[key]) ? object[key] : {};
        put(object[key] as Properties, rest, value);
        return;
    }
    // Not by assignment, which sets the prototype for "__proto__".
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
