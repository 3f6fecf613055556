import assert from "node:assert/strict";
import { check } from "../../cli/commands/check";
import { withFolder } from "../support/folder";

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const SEALED = { ...SECRET, ciphertext: "v1:abc:def" };
const opened = (value: unknown) => ({ ...SECRET, plaintext: JSON.stringify(value) });

const METHODS = "aws:apigateway/methodSettings:MethodSettings";
const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const DATABASE = "aws:rds/instance:Instance";

describe("a secret that a resource policy does not know leaves undecided", () => {
    const { write } = withFolder();

    interface Row {
        readonly what: string;
        readonly policy: string;
        readonly type: string;
        readonly inputs: object;
        /** Nothing if it does not matter. */
        readonly says?: string;
        readonly exemptions?: readonly object[];
    }

    const LEVEL = "apigateway-method-settings-logging-level";
    const TRACE = "apigateway-method-settings-data-trace";
    const RETENTION = "cloudwatch-log-group-retention";
    const EXPORTS = "rds-log-exports";
    const method = { restApi: "a1", stageName: "prod", methodPath: "*/*" };
    const ROWS: readonly Row[] = [
        {
            what: "a level",
            policy: LEVEL,
            type: METHODS,
            inputs: { ...method, settings: { loggingLevel: SEALED } },
            says: 'MethodSettings "one": settings.loggingLevel is secret in the file, so it was',
        },
        {
            what: "the settings with the level",
            policy: LEVEL,
            type: METHODS,
            inputs: { ...method, settings: SEALED },
            says: 'MethodSettings "one": settings.loggingLevel is secret in the file, so it was',
        },
        {
            what: "the settings with data tracing, which is off unless it is on",
            policy: TRACE,
            type: METHODS,
            inputs: { ...method, settings: SEALED },
            says: 'MethodSettings "one": settings.dataTraceEnabled is secret in the file, so it was',
        },
        {
            what: "a text that is no level, in a file that shows secrets",
            policy: LEVEL,
            type: METHODS,
            inputs: { ...method, settings: { loggingLevel: opened("hunter2") } },
            says: 'MethodSettings "one": settings.loggingLevel is secret in the file, so it was',
        },
        {
            what: "a retention",
            policy: RETENTION,
            type: GROUP,
            inputs: { name: "/shop", retentionInDays: SEALED },
            says: 'LogGroup "one": retentionInDays is secret in the file, so it was',
        },
        {
            what: "a retention and the class, with which there may be none",
            policy: RETENTION,
            type: GROUP,
            inputs: { name: "/shop", logGroupClass: SEALED, retentionInDays: SEALED },
            says: 'LogGroup "one": logGroupClass and retentionInDays are secret in the file, so they were',
        },
        {
            what: "the log types that a database exports",
            policy: EXPORTS,
            type: DATABASE,
            inputs: { engine: "postgres", enabledCloudwatchLogsExports: SEALED },
            says: 'Instance "one": enabledCloudwatchLogsExports is secret in the file, so it was',
        },
        {
            what: "an engine",
            policy: EXPORTS,
            type: DATABASE,
            inputs: { engine: SEALED },
            says: 'Instance "one": engine is secret in the file, so it was',
        },
        {
            what: "nothing, if it is a name and the rest is right",
            policy: RETENTION,
            type: GROUP,
            inputs: { name: SEALED, retentionInDays: 30 },
        },
        {
            what: "nothing, if it is nothing that the policy reads",
            policy: LEVEL,
            type: METHODS,
            inputs: { ...method, restApi: SEALED, settings: { loggingLevel: "INFO", throttlingRateLimit: SEALED } },
        },
        {
            what: "nothing, if the file shows that it is a level",
            policy: LEVEL,
            type: METHODS,
            inputs: { ...method, settings: { loggingLevel: opened("INFO") } },
        },
        {
            what: "nothing of what is exempt",
            policy: RETENTION,
            type: GROUP,
            inputs: { name: "/shop", retentionInDays: SEALED },
            exemptions: [{ match: "*", reason: "Known since 2026." }],
        },
    ];
    for (const { what, policy, type, inputs, says, exemptions = [] } of ROWS) {
        it(what, async () => {
            const urn = `urn:pulumi:dev::shop::${type}::one`;
            const file = write("state.json", {
                version: 3,
                deployment: { resources: [{ urn, type, inputs, outputs: {} }] },
            });
            const config = write("config.json", { [policy]: { exemptions } });
            const { findings, undecided } = await check([file], { policies: [policy], config });
            const advice = "not read (pulumi stack export --show-secrets may show it)";
            const message = `${policy} could not decide on ${says} ${advice}`;
            const expected = says === undefined ? [] : [{ stack: "shop/dev", file, policy, message }];
            assert.deepEqual([findings, undecided], [[], expected]);
        });
    }
});
