import { executionLogGroupFixes } from "../../aws/apigateway/execution-log-fix";
import { methodSettingsFixes } from "../../aws/apigateway/rest-stage-fix";
import { webSocketStageFixes } from "../../aws/apigateway/v2-stage-fix";
import type { Wanted } from "../../aws/command";
import { importId } from "../../aws/import-id";
import { commandsFor, type LiveFix } from "../../aws/live-fix";
import { type Maybe, UNKNOWN } from "../../stack/values";
import { table } from "../support/rows";
import { stack } from "../support/stack";
import { type Declared, deployment, logGroup, methodSettings, stage } from "../support/wire/declare";

const WANTED: Wanted = { level: (own) => own ?? "ERROR", days: (own) => own ?? 90, role: undefined };
const prod = { kind: "REST stage", restApi: "a1", stageName: "prod" } as const;
const live = { kind: "WebSocket stage", apiId: "w1", stageName: "live" } as const;

/** What the commands for fixes change, in words. */
function words({ fixes, ...wanted }: { readonly fixes: readonly LiveFix[] } & Partial<Wanted>): string[] {
    return commandsFor(fixes, { ...WANTED, ...wanted }).map(({ what }) => what);
}

const ROLE: readonly LiveFix[] = [{ kind: "account role" }];

table("the words of a command", words, [
    ["without a role, the account must have one", { fixes: ROLE }, ["the account must have a CloudWatch role"]],
    [
        "without a role of the account, a role of another one is not given",
        { fixes: ROLE, otherRole: "arn:other" },
        ["the account must have a CloudWatch role; arn:other is of another account"],
    ],
    [
        "a new role is for an account without one",
        { fixes: ROLE, role: "new" },
        ["the account has a CloudWatch role: its own, or else a new one"],
    ],
    [
        "a given role is for an account without one",
        { fixes: ROLE, role: "arn:role" },
        ["the account has a CloudWatch role: its own, or else arn:role"],
    ],
    [
        "the settings for all methods come first, whatever the order of fixes",
        {
            fixes: [
                { ...prod, set: [{ setting: "no data trace", key: "~1pets/GET" }] },
                { ...prod, set: [{ setting: "cache encryption", key: "*/*" }, { setting: "tracing" }] },
            ],
        },
        ['stage "prod" of API "a1": encryption of the cache for */*; X-Ray tracing; no data tracing for GET /pets'],
    ],
    [
        "the settings of routes are separated",
        {
            fixes: [
                {
                    ...live,
                    set: [
                        { setting: "no data trace", route: "a" },
                        { setting: "no data trace", route: "b" },
                    ],
                },
            ],
        },
        ['stage "live" of API "w1": no data tracing for route "a"; no data tracing for route "b"'],
    ],
    [
        "one log of a database is a log, and several are logs",
        {
            fixes: [
                { kind: "log exports", of: "instance", identifier: "a", types: ["audit"] },
                { kind: "log exports", of: "cluster", identifier: "b", types: ["audit", "error"] },
            ],
        },
        ['DB instance "a": export of its audit log', 'DB cluster "b": export of its audit and error logs'],
    ],
    [
        "a retention that is to be set leaves nothing else to do, in whatever order",
        {
            fixes: [
                { kind: "log group", name: "a" },
                { kind: "log group", name: "a" },
                { kind: "retention", name: "a", days: 30 },
                { kind: "log group", name: "a" },
            ],
        },
        ['log group "a": events expire after 30 days'],
    ],
]);

/** The fixes of the keys of a resource, as keys of AWS. */
function keysOf(keys: readonly Maybe<string>[]): unknown[] {
    const { named } = stack([methodSettings("all", { restApi: "a1", stageName: "prod" })], "deployed");
    return methodSettingsFixes(named("all"), keys, (key) => ({ setting: "no data trace", key })).map((fix) =>
        fix.kind === "REST stage" ? fix.set.map((one) => ("key" in one ? one.key : undefined)) : fix.kind,
    );
}

table("methodSettingsFixes", keysOf, [
    ["a key of @pulumi/aws is that of AWS", ["~1pets/GET", "pets/POST"], [["~1pets/GET", "pets/POST"]]],
    ["a key that matches no method cannot be fixed, and nothing else is", ["*/GET"], ["cannot"]],
    ["a key that is not known cannot be fixed, beside one that is", [UNKNOWN, "*/*"], [["*/*"], "cannot"]],
    ["no keys need no fix", [], []],
]);

/** The fixes of routes of a stage, as their keys. */
function routesOf(routes: readonly (Maybe<string> | null)[]): unknown[] {
    const api = { id: "w1", apis: new Set<never>(), place: { props: {} } };
    return webSocketStageFixes({ api, name: "live" }, routes, (route) => ({ setting: "no data trace", route })).map(
        (fix) => (fix.kind === "WebSocket stage" ? fix.set.map(({ route }) => route) : fix.kind),
    );
}

table("webSocketStageFixes", routesOf, [
    ["the default route settings have no key", [null, "send"], [[undefined, "send"]]],
    ["a route that is not known cannot be fixed, and nothing else is", [UNKNOWN], ["cannot"]],
    ["no routes need no fix", [], []],
]);

const CANARY = { canarySettings: { percentTraffic: 5 } };
const NAMED = { restApi: "a1", stageName: "prod" };
const LEVEL = { setting: "level", key: "*/*" } as const;

/** The log groups for a fix of the stage "prod" that sets its level and something else. */
function groupsFor(declared: readonly Declared[]): string[] {
    const fixes = [{ ...prod, set: [LEVEL, { setting: "tracing" } as const] }];
    return executionLogGroupFixes(stack(declared, "deployed").stack, fixes).map(({ name }) => name);
}

table("executionLogGroupFixes", groupsFor, [
    ["a stage has one", [stage("prod", NAMED)], ["API-Gateway-Execution-Logs_a1/prod"]],
    [
        "a stage with a canary has two, though not each of its resources sets the canary",
        [stage("prod", { ...NAMED, ...CANARY }), deployment("v1", NAMED)],
        ["API-Gateway-Execution-Logs_a1/prod", "API-Gateway-Execution-Logs_a1/prod/Canary"],
    ],
    [
        "the canaries of stages without a name or an API are not this one's",
        [stage("prod", NAMED), stage("a", { restApi: "a1", ...CANARY }), stage("b", { stageName: "prod", ...CANARY })],
        ["API-Gateway-Execution-Logs_a1/prod"],
    ],
]);

table("importId", (declared: Declared) => importId(stack([declared], "deployed").named(declared.name)), [
    ["a log group is imported by its name", logGroup("logs", { name: "/shop" }), "/shop"],
    [
        "method settings are imported by API, stage and path",
        methodSettings("all", { ...NAMED, methodPath: "*/*" }),
        "a1/prod/*/*",
    ],
    ["without one of these there is no id", methodSettings("all", NAMED), undefined],
    ["what cannot come into being without a program has none", stage("prod", NAMED), undefined],
]);
