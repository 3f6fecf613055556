import policy from "../../policies/apigateway-method-settings-cache-encryption";
import { declare, methodSettings, nativeStage, secret, UNKNOWN_VALUE } from "../support/wire/declare";
import { configTable, remediationTable, resourceTable, withPack } from "../support/wire/table";

const settings = (methodPath: unknown, inside: unknown) =>
    methodSettings("orders", { restApi: UNKNOWN_VALUE, stageName: "prod", methodPath, settings: inside });
const entry = (resourcePath: unknown, httpMethod: unknown, inside: object = {}) => ({
    resourcePath,
    httpMethod,
    ...inside,
});
const prod = (methodSettings: unknown) => nativeStage("prod", { restApiId: "a1", methodSettings });
const first = (stageDescription: unknown, stageName: unknown = "prod") =>
    declare("aws-native:apigateway:Deployment", "first", { restApiId: "a1", stageName, stageDescription });

const CACHING = { cachingEnabled: true };
const ENCRYPTED = { cacheDataEncrypted: true, cachingEnabled: true };
const ADVICE = `, but cacheDataEncrypted is not true.
Set cacheDataEncrypted to true: if it is left out, the cache is not encrypted, except that settings for one method keep what */* had when they were created.`;
const FIX = `${ADVICE}\nsettings: { cacheDataEncrypted: true }`;
const FOR_ALL = `MethodSettings "orders" caches responses for */*${FIX}`;
const DEPLOYED = `Deployment "first" caches responses for */*${ADVICE}\nstageDescription: { cacheDataEncrypted: true }`;
const ENTRIES_OF_STAGE = `methodSettings: [{ resourcePath: "/*", httpMethod: "*", cacheDataEncrypted: true, cachingEnabled: true }, { resourcePath: "/~1a", httpMethod: "GET", cacheDataEncrypted: true }]`;
const ENTRY_OF_DEPLOYMENT = `stageDescription: { methodSettings: [{ resourcePath: "/~1a", httpMethod: "GET", cacheDataEncrypted: true, cachingEnabled: true }] }`;

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        { when: "a cache that is encrypted is fine", given: settings("*/*", ENCRYPTED) },
        {
            when: 'what is "true" in text is true',
            given: settings("*/*", { cachingEnabled: "true", cacheDataEncrypted: "true" }),
        },
        { when: "settings without caching are fine", given: settings("*/*", { loggingLevel: "INFO" }) },
        {
            when: "encryption does not matter without caching",
            given: settings("*/*", { cachingEnabled: false, cacheDataEncrypted: false }),
        },
        {
            when: "encryption that is off is no finding if caching is not set: it is the copy of that of */*",
            given: settings("~1a/GET", { cacheDataEncrypted: false }),
        },
        { when: "a cache without encryption is a finding", given: settings("*/*", CACHING), finds: FOR_ALL },
        {
            when: "encryption that is false is a finding",
            given: settings("*/*", { cachingEnabled: "true", cacheDataEncrypted: false }),
            finds: FOR_ALL,
        },
        {
            when: "encryption that is null is a finding",
            given: settings("*/*", { cachingEnabled: true, cacheDataEncrypted: null }),
            finds: FOR_ALL,
        },
        {
            when: "encryption that is not a boolean is a finding",
            given: settings("*/*", { cachingEnabled: true, cacheDataEncrypted: 1 }),
            finds: FOR_ALL,
        },
        { when: "caching that is not a boolean is not caching", given: settings("*/*", { cachingEnabled: 1 }) },
        {
            when: "an entry for one method of a Deployment does not take caching from the stage description",
            given: first({
                cachingEnabled: true,
                methodSettings: [entry("/*", "*", ENCRYPTED), entry("/a", "GET", { loggingLevel: "INFO" })],
            }),
        },
        {
            when: "caching for one method must set its encryption, too",
            given: settings("~1pets~1{id}/GET", CACHING),
            finds: `MethodSettings "orders" caches responses for GET /pets/{id}${FIX}`,
        },
        {
            when: "a method path that is not known yet is left out of the message",
            given: settings(UNKNOWN_VALUE, CACHING),
            finds: `MethodSettings "orders" caches responses${FIX}`,
        },
        {
            when: "caching that is not known yet is not a finding",
            given: settings("*/*", { cachingEnabled: UNKNOWN_VALUE }),
        },
        {
            when: "encryption that is not known yet is not a finding",
            given: settings("*/*", { cachingEnabled: true, cacheDataEncrypted: UNKNOWN_VALUE }),
        },
        { when: "settings that are not known yet are not a finding", given: settings("*/*", UNKNOWN_VALUE) },
        { when: "settings that are a list of several cache nothing", given: settings("*/*", [CACHING, CACHING]) },
        {
            when: "settings of providers that have a list of one are settings",
            given: settings("*/*", [CACHING]),
            finds: FOR_ALL.replace(/settings: .*/, "settings: [{ cacheDataEncrypted: true, cachingEnabled: true }]"),
        },
        { when: "settings that are only read are not a finding", given: methodSettings("orders", {}) },

        // aws-native stages
        { when: "an aws-native stage that encrypts is fine", given: prod([entry("/*", "*", ENCRYPTED)]) },
        { when: "an aws-native stage without settings is fine", given: nativeStage("prod", { restApiId: "a1" }) },
        {
            when: "settings of an aws-native stage that are not known yet are not a finding",
            given: prod(UNKNOWN_VALUE),
        },
        {
            when: "an aws-native stage has its caching in its entries only",
            given: nativeStage("prod", { stageDescription: CACHING, methodSettings: [entry("/*", "*")] }),
        },
        {
            when: "all entries of an aws-native stage that do not encrypt are one finding",
            given: prod([
                entry("/*", "*", CACHING),
                entry("/~1a", "GET", ENCRYPTED),
                entry("/~1b", "GET", { cachingEnabled: true, cacheDataEncrypted: false }),
                entry("/~1c", UNKNOWN_VALUE, CACHING),
                null,
            ]),
            finds: `Stage "prod" caches responses for */*, GET /b${ADVICE}`,
        },
        {
            when: "a method that copies the caching of all methods and turns encryption off is a finding",
            given: prod([entry("/*", "*", ENCRYPTED), entry("/~1a", "GET", { cacheDataEncrypted: false })]),
            finds: `Stage "prod" caches responses for GET /a${ADVICE}\n${ENTRIES_OF_STAGE}`,
        },
        {
            when: "a method that copies both the caching and the encryption of all methods is fine",
            given: prod([entry("/*", "*", ENCRYPTED), entry("/~1a", "GET", { loggingLevel: "INFO" })]),
        },
        {
            when: "a method that turns caching off needs no encryption",
            given: prod([
                entry("/*", "*", ENCRYPTED),
                entry("/~1a", "GET", { cachingEnabled: false, cacheDataEncrypted: false }),
            ]),
        },
        {
            when: "a method does not copy the caching of another method",
            given: prod([entry("/~1b", "GET", ENCRYPTED), entry("/~1a", "GET", { cacheDataEncrypted: false })]),
        },
        {
            when: "a method has nothing to copy from all methods that do not cache",
            given: prod([entry("/*", "*"), entry("/~1a", "GET", { cacheDataEncrypted: false })]),
        },

        // aws-native deployments
        {
            when: "an aws-native deployment that makes a stage with an unencrypted cache is a finding",
            given: first(CACHING),
            finds: DEPLOYED,
        },
        { when: "an aws-native deployment that makes a stage and encrypts is fine", given: first(ENCRYPTED) },
        {
            when: "a stage description that is not known yet is not a finding",
            given: first(UNKNOWN_VALUE),
        },
        {
            when: "entries that are not known yet may encrypt the cache of all methods",
            given: first({ ...CACHING, methodSettings: UNKNOWN_VALUE }),
        },
        {
            when: "an entry for one method of an aws-native deployment is a finding",
            given: first({ methodSettings: [entry("/~1a", "GET", CACHING)] }),
            finds: `Deployment "first" caches responses for GET /a${ADVICE}\n${ENTRY_OF_DEPLOYMENT}`,
        },
        {
            when: "the caching of all methods may be beside the entry for them",
            given: first({ ...CACHING, methodSettings: [entry("/*", "*", { loggingLevel: "INFO" })] }),
            finds: `Deployment "first" caches responses for */*${ADVICE}
stageDescription: { methodSettings: [{ resourcePath: "/*", httpMethod: "*", cacheDataEncrypted: true, loggingLevel: "INFO" }] }`,
        },
        {
            when: "the encryption of all methods may be beside the entry for them",
            given: first({ cacheDataEncrypted: true, methodSettings: [entry("/*", "*", CACHING)] }),
        },
        {
            when: "what the entry for all methods sets itself counts",
            given: first({ ...CACHING, methodSettings: [entry("/*", "*", { cachingEnabled: false })] }),
        },
        { when: "an aws-native deployment without a stage name makes no stage", given: first(CACHING, "") },
    ]);

    remediationTable(policy, pack, [
        { when: "a cache that is encrypted is left as it is", given: settings("*/*", ENCRYPTED) },
        {
            when: "encryption that is not known yet is left as it is",
            given: settings("*/*", { cachingEnabled: true, cacheDataEncrypted: UNKNOWN_VALUE }),
        },
        {
            when: "encryption is set, and unknown and secret values are kept",
            given: settings("*/*", { cachingEnabled: secret(true), cacheTtlInSeconds: UNKNOWN_VALUE }),
            becomes: {
                ...settings("*/*", {
                    cachingEnabled: secret(true),
                    cacheTtlInSeconds: UNKNOWN_VALUE,
                    cacheDataEncrypted: true,
                }).props,
            },
        },
        {
            when: "the entries of an aws-native stage that do not encrypt are changed",
            given: prod([
                entry("/*", "*", CACHING),
                UNKNOWN_VALUE,
                entry("/~1a", "GET", { cacheDataEncrypted: false }),
            ]),
            becomes: {
                ...prod([
                    entry("/*", "*", ENCRYPTED),
                    UNKNOWN_VALUE,
                    entry("/~1a", "GET", { cacheDataEncrypted: true }),
                ]).props,
            },
        },
        {
            when: "the stage description of an aws-native deployment is changed",
            given: first({ ...CACHING, methodSettings: [entry("/~1a", "GET", CACHING)] }),
            becomes: { ...first({ ...ENCRYPTED, methodSettings: [entry("/~1a", "GET", ENCRYPTED)] }).props },
        },
        {
            when: "the entry for all methods of an aws-native deployment is changed if it has one",
            given: first({ ...CACHING, methodSettings: [entry("/*", "*")] }),
            becomes: {
                ...first({ ...CACHING, methodSettings: [entry("/*", "*", { cacheDataEncrypted: true })] }).props,
            },
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
