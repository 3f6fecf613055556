/**
 * Stacks as programs could make them, at random. Stages have few names and few APIs to belong to, so that many resources
 * want the same; resources are called `@07`, which can be found again wherever a name is told.
 */

import * as fc from "fast-check";
import type { Properties } from "../../cli/properties";
import type { StateResource } from "../../cli/state";
import { computed, type Declared, declare, from, interpolate, type Moment, UNKNOWN_VALUE, wire } from "../wire/declare";
import type { WireResource } from "../wire/pack";

/** A resource with what its outputs have beyond its inputs. */
export interface Made extends Declared {
    readonly outputs?: Properties;
}

export interface Program {
    readonly resources: readonly Made[];
    /** Components that a resource goes by to find its API: another API inside would be one too many. */
    readonly reliedOn: ReadonlySet<string>;
}

/**
 * In an `ordinary` program whatever is not known yet comes from where nobody can mistake it. In `any` other, a stage may
 * be named by a resource that is none of API Gateway's, a value may come from a component with several APIs inside, and a
 * log group may be waited for by the stage next door.
 */
export type Kind = "ordinary" | "any";

const REGIONS = ["eu-west-1", "us-east-1"] as const;
const PROVIDERS = [
    { region: "eu-west-1", version: "7.48.0" },
    { region: "eu-west-1", version: "7.1.0" },
    { region: "us-east-1" },
    { region: "eu-west-1", profile: "audit" },
] as const;
const COMPONENTS = ["my:index:Shop", "aws-apigateway:index:RestAPI", "aws:apigateway:x:API"];
const LEVELS = ["INFO", "INFO", "ERROR", "OFF", "DEBUG", undefined];

const index = fc.nat({ max: 5 });
const level = fc.constantFrom(...LEVELS);
const trace = fc.constantFrom(true, false, undefined);
const where = fc.record({
    provider: fc.constantFrom(...PROVIDERS),
    region: fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, fc.constantFrom(...REGIONS)),
});
/** Mostly where its API is. No program has a stage in another region than its API, which AWS would not let it have. */
const perhapsElsewhere = fc.option(where, { freq: 6, nil: undefined });
const place = index;
const list = <T>(one: fc.Arbitrary<T>, maxLength: number) => fc.array(one, { maxLength });

/** What must be there before: an Account, or the component around one. */
const after = fc.constantFrom("nothing", "nothing", "account", "base");

/** More than a program has resources. */
const MOST = 36;

const SHAPE = {
    names: fc.shuffledSubarray(tokens(MOST), { minLength: MOST }),
    components: list(fc.record({ type: fc.constantFrom(...COMPONENTS), place, after }), 3),
    accounts: list(
        fc.record({
            native: fc.boolean(),
            role: fc.constantFrom("resource", "text", "none"),
            inBase: fc.boolean(),
            where,
        }),
        2,
    ),
    restApis: list(fc.record({ native: fc.boolean(), place, where }), 3),
    v2Apis: list(
        fc.record({
            native: fc.boolean(),
            protocol: fc.constantFrom("WEBSOCKET", "WEBSOCKET", "HTTP", "body", undefined),
            place,
            where,
        }),
        2,
    ),
    stages: list(
        fc.record({
            kind: fc.constantFrom("Stage", "Stage", "Deployment", "native"),
            api: index,
            through: fc.constantFrom("api", "api", "component", "parent"),
            stageName: fc.constantFrom("prod", "test"),
            entries: fc.option(
                list(
                    fc.record({
                        key: fc.constantFrom("/* *", "/~1pets GET", "/* GET"),
                        loggingLevel: level,
                        dataTraceEnabled: trace,
                    }),
                    2,
                ),
                { nil: undefined },
            ),
            place,
            where: perhapsElsewhere,
            after,
        }),
        4,
    ),
    settings: list(
        fc.record({
            stage: index,
            through: fc.constantFrom("api", "stage", "component"),
            names: fc.constantFrom("output", "text", "another"),
            methodPath: fc.constantFrom("*/*", "*/*", "*/*", "/*/*", "~1pets/GET", "pets/{id}/POST", "*/GET"),
            loggingLevel: level,
            dataTraceEnabled: trace,
            place,
            where: perhapsElsewhere,
            after,
        }),
        4,
    ),
    v2Stages: list(
        fc.record({
            native: fc.boolean(),
            api: index,
            through: fc.constantFrom("api", "api", "component", "parent"),
            name: fc.constantFrom("prod", "test", "$default", "made up", "made up before", undefined),
            defaults: fc.option(fc.record({ loggingLevel: level, dataTraceEnabled: trace }), { nil: undefined }),
            routes: list(
                fc.record({ key: fc.constantFrom("$connect", "send"), loggingLevel: level, dataTraceEnabled: trace }),
                2,
            ),
            place,
            where: perhapsElsewhere,
            after,
        }),
        3,
    ),
    logGroups: list(
        fc.record({
            native: fc.boolean(),
            stage: index,
            named: fc.constantFrom("by text", "by text", "after the stage", "otherwise"),
            retentionInDays: fc.constantFrom(undefined, 0, 1, 42, 90, 3653),
            logGroupClass: fc.constantFrom(undefined, undefined, "DELIVERY"),
            waits: fc.constantFrom("stage", "stage", "settings", "some settings", "nobody", "everybody"),
            place,
            where: perhapsElsewhere,
        }),
        4,
    ),
    deliveries: list(
        fc.record({
            stage: index,
            named: fc.constantFrom("by text", "after the stage"),
            logType: fc.constantFrom("EXECUTION_LOGS", "ACCESS_LOGS"),
            linked: fc.constantFrom("output", "text", "not"),
        }),
        1,
    ),
};

type Shape = { readonly [Key in keyof typeof SHAPE]: (typeof SHAPE)[Key] extends fc.Arbitrary<infer T> ? T : never };

export function programs(kind: Kind): fc.Arbitrary<Program> {
    return fc.record(SHAPE).map((shape) => programOf(shape, kind));
}

function tokens(count: number): string[] {
    return Array.from({ length: count }, (_, number) => `@${String(number).padStart(2, "0")}`);
}

function pick<T>(from: readonly T[], at: number): T | undefined {
    return from[at % from.length];
}

/** An API, a stage: what others need to know of it. */
interface Api {
    readonly made: Made;
    readonly id: string;
    readonly where: Where;
}
interface Stage {
    readonly made: Made;
    readonly api: Api;
    readonly kind: "Stage" | "Deployment" | "native" | "v2";
    readonly name: string | undefined;
    /** The name as the program says it: a text, what comes from elsewhere, or nothing. */
    readonly stated: unknown;
    /** By its parent alone it is known whose it is. */
    readonly isParental: boolean;
    readonly dependsOn: string[];
    readonly settings: { readonly dependsOn: string[] }[];
}
type Where = Shape["restApis"][number]["where"];

/** Under a provider of its own, in the region of the API. */
function near({ where: there }: Api, own: Where | undefined): Where {
    return own === undefined ? there : { ...own, region: there.region ?? there.provider.region };
}

function programOf(shape: Shape, kind: Kind): Program {
    const names = [...shape.names];
    const name = () => names.pop() as string;
    const reliedOn = new Set<string>();
    const made: Made[] = [];
    const add = (one: Made): Made => {
        made.push(one);
        return one;
    };
    const at = ({ provider, region }: Where) => ({ provider, region });
    const make = (type: string, props: Properties, options: Partial<Made> & { where?: Where }): Made => {
        const { where: there, ...rest } = options;
        const { provider, region } = there === undefined ? { provider: undefined, region: undefined } : at(there);
        return add({
            type,
            name: name(),
            props: { ...props, region },
            ...(provider === undefined ? {} : { provider }),
            ...rest,
        });
    };
    const inside = (parent: Made | undefined) => (parent === undefined ? {} : { parent: parent.name });

    const role = make("aws:iam/role:Role", {}, { outputs: { arn: computed("arn:role") } });
    const pet = make("random:index/randomPet:RandomPet", {}, {});
    const base = make("my:index:Base", {}, { provider: "none" });
    const accounts = shape.accounts.map(({ native, role: roleOf, inBase, where: there }) => {
        const arn = { resource: from(role.name, "arn:role"), text: "arn:role", none: undefined }[roleOf];
        return make(
            native ? "aws-native:apigateway:Account" : "aws:apigateway/account:Account",
            { [native ? "cloudWatchRoleArn" : "cloudwatchRoleArn"]: arn },
            { where: there, ...inside(inBase ? base : undefined) },
        );
    });
    const before = (what: string): string[] => {
        const account = accounts[0]?.name;
        return what === "base" ? [base.name] : what === "account" && account !== undefined ? [account] : [];
    };

    const components: Made[] = [];
    for (const one of shape.components) {
        components.push(
            make(
                one.type,
                {},
                {
                    provider: "none",
                    dependsOn: before(one.after),
                    ...inside(pick([undefined, ...components], one.place)),
                },
            ),
        );
    }
    const component = (at: number) => pick([undefined, undefined, ...components], at);
    const parentOf = (one: Made) => components.find((parent) => parent.name === one.parent);
    const isIn = (one: Made | undefined, around: Made): boolean =>
        one !== undefined && (one === around || isIn(parentOf(one), around));

    const apiOf = (type: string, id: string, idName: string, props: Properties, at: number, there: Where): Api => ({
        made: make(type, props, { outputs: { [idName]: computed(id) }, where: there, ...inside(component(at)) }),
        id,
        where: there,
    });
    const restApis = shape.restApis.map(({ native, place, where: there }, number) =>
        native
            ? apiOf("aws-native:apigateway:RestApi", `rest${number}`, "restApiId", {}, place, there)
            : apiOf("aws:apigateway/restApi:RestApi", `rest${number}`, "id", {}, place, there),
    );
    const v2Apis = shape.v2Apis.map(({ native, protocol, place, where: there }, number) => {
        const props = protocol === "body" ? { body: "{}" } : { protocolType: protocol };
        return native
            ? apiOf("aws-native:apigatewayv2:Api", `v2${number}`, "apiId", props, place, there)
            : apiOf("aws:apigatewayv2/api:Api", `v2${number}`, "id", props, place, there);
    });
    const apis = [...restApis, ...v2Apis];
    const isAlone = (api: Api, around: Made) => apis.every((one) => one === api || !isIn(parentOf(one.made), around));

    /** What an API's id comes from, as its user says it. */
    const idOf = (api: Api, through: string) => {
        const around = parentOf(api.made);
        if (through !== "component" || around === undefined || (kind === "ordinary" && !isAlone(api, around))) {
            return from(api.made.name, api.id);
        }
        reliedOn.add(around.name);
        return from(around.name, api.id);
    };
    /** A resource whose parent alone says to which API it belongs. */
    const parentalOf = (api: Api, through: string) => {
        const around = parentOf(api.made);
        if (through !== "parent") {
            return undefined;
        }
        const isClear = around !== undefined && isAlone(api, around);
        if (isClear) {
            reliedOn.add(around.name);
        }
        return isClear ? around : api.made;
    };

    const stages: Stage[] = [];
    for (const one of shape.stages) {
        const api = pick(restApis, one.api);
        if (api === undefined) {
            continue;
        }
        const parent = parentalOf(api, one.through);
        const type = {
            Stage: "aws:apigateway/stage:Stage",
            Deployment: "aws:apigateway/deployment:Deployment",
            native: "aws-native:apigateway:Stage",
        }[one.kind];
        const idName = one.kind === "native" ? "restApiId" : "restApi";
        const dependsOn = before(one.after);
        const entries = one.entries?.map(({ key, ...entry }) => {
            const [resourcePath, httpMethod] = key.split(" ");
            return { resourcePath, httpMethod, ...entry };
        });
        const isPet = kind === "any" && one.place === 5;
        const own = name();
        // One that cannot be told from another stage before the deployment is none of those that may be the same.
        const stageName = isPet || one.through === "component" ? `cat${stages.length}` : one.stageName;
        const namesakes = stages.filter((other) => other.api === api && other.name === stageName);
        // Two resources may make one stage, but no two of aws-native, which creates what it is told to.
        if (namesakes.some((other) => other.kind === "native" || one.kind === "native")) {
            continue;
        }
        const stated = isPet ? from(pet.name, stageName) : stageName;
        const stage = make(
            type,
            {
                ...(parent === undefined ? { [idName]: idOf(api, one.through) } : {}),
                stageName: stated,
                ...(one.kind === "native" ? { methodSettings: entries } : {}),
            },
            { name: own, dependsOn, where: near(api, one.where), ...inside(parent ?? component(one.place)) },
        );
        stages.push({
            made: stage,
            api,
            kind: one.kind,
            name: stageName,
            stated,
            isParental: parent !== undefined,
            dependsOn,
            settings: [],
        });
    }

    for (const one of shape.settings) {
        const stage = pick(
            stages.filter(({ kind: made }) => made !== "native"),
            one.stage,
        );
        if (stage === undefined) {
            continue;
        }
        const { api } = stage;
        const stated = one.names === "another" ? (stage.name === "prod" ? "test" : "prod") : stage.stated;
        // A stage that does not state its API cannot pass it on; one next door would be waited for.
        const isPassedOn = one.through === "stage" && one.names !== "another" && !stage.isParental;
        const dependsOn = before(one.after);
        make(
            "aws:apigateway/methodSettings:MethodSettings",
            {
                restApi: isPassedOn ? from(stage.made.name, api.id) : idOf(api, one.through),
                stageName: one.names === "output" ? from(stage.made.name, stage.name) : stated,
                methodPath: one.methodPath,
                settings: { loggingLevel: one.loggingLevel, dataTraceEnabled: one.dataTraceEnabled },
            },
            {
                dependsOn,
                where: near(api, one.where),
                ...inside(component(one.place)),
                // The provider says what AWS made of no level.
                ...(one.loggingLevel === undefined && one.place > 2
                    ? { outputs: { settings: { loggingLevel: computed("OFF"), throttlingBurstLimit: computed(-1) } } }
                    : {}),
            },
        );
        if (one.names !== "another") {
            stage.settings.push({ dependsOn });
        }
    }

    for (const one of shape.v2Stages) {
        const api = pick(v2Apis, one.api);
        if (api === undefined) {
            continue;
        }
        const parent = parentalOf(api, one.through);
        const dependsOn = before(one.after);
        const own = name();
        const nameName = one.native ? "stageName" : "name";
        const madeUp = `${own}-1a2b3c4`;
        const isMadeUp = one.name === "made up" || one.name === "made up before";
        const known = isMadeUp ? madeUp : one.name;
        if (known !== undefined && stages.some((other) => other.api === api && other.name === known)) {
            continue;
        }
        const routes = one.routes.map(({ key, ...route }) => ({ routeKey: key, ...route }));
        const native = Object.fromEntries(
            one.routes.map(({ key, loggingLevel, dataTraceEnabled }) => [
                key,
                { LoggingLevel: loggingLevel, DataTraceEnabled: dataTraceEnabled },
            ]),
        );
        const outputs: Properties = {
            ...(one.name === "made up" ? { [nameName]: computed(madeUp) } : {}),
            ...(one.defaults === undefined ? { defaultRouteSettings: computed({ loggingLevel: "OFF" }) } : {}),
        };
        const stage = make(
            one.native ? "aws-native:apigatewayv2:Stage" : "aws:apigatewayv2/stage:Stage",
            {
                ...(parent === undefined ? { apiId: idOf(api, one.through) } : {}),
                ...(one.name === "made up" ? {} : { [nameName]: known }),
                defaultRouteSettings: one.defaults,
                routeSettings: one.native ? native : routes,
            },
            { name: own, outputs, dependsOn, where: near(api, one.where), ...inside(parent ?? component(one.place)) },
        );
        stages.push({
            made: stage,
            api,
            kind: "v2",
            name: known,
            stated: isMadeUp ? undefined : known,
            isParental: parent !== undefined,
            dependsOn,
            settings: [],
        });
    }

    for (const one of shape.logGroups) {
        const stage = pick(stages, one.stage);
        if (stage === undefined) {
            continue;
        }
        const { api } = stage;
        const id = from(api.made.name, api.id);
        const isOutput = one.named === "after the stage" || typeof stage.stated !== "string";
        const stageName = isOutput ? from(stage.made.name, stage.name ?? "") : from([], stage.name ?? "none");
        const byText =
            stage.kind === "v2"
                ? interpolate`/aws/apigateway/${id}/${stageName}`
                : interpolate`API-Gateway-Execution-Logs_${id}/${stageName}`;
        // Who depends on a component waits for all that is inside.
        const isMistakable = kind === "ordinary" && reliedOn.size > 0;
        const group = make(
            one.native ? "aws-native:logs:LogGroup" : "aws:cloudwatch/logGroup:LogGroup",
            {
                [one.native ? "logGroupName" : "name"]: one.named === "otherwise" ? "/aws/lambda/fn" : byText,
                retentionInDays: one.retentionInDays,
                logGroupClass: one.logGroupClass,
            },
            { where: one.where ?? api.where, ...inside(isMistakable ? undefined : component(one.place)) },
        );
        const waiting = {
            stage: isOutput ? [] : [stage],
            settings: stage.settings,
            "some settings": stage.settings.slice(0, 1),
            nobody: [],
            everybody: kind === "any" ? stages.filter(() => !isOutput) : [],
        }[one.waits];
        for (const { dependsOn } of waiting) {
            dependsOn.push(group.name);
        }
    }

    for (const one of shape.deliveries) {
        const stage = pick(
            stages.filter(({ kind: made }) => made !== "v2"),
            one.stage,
        );
        if (stage === undefined) {
            continue;
        }
        const arn = `arn:aws:apigateway:eu-west-1:123456789012:/restapis/${stage.api.id}/stages/${stage.name}`;
        const isOutput = one.named === "after the stage" || kind === "ordinary";
        const source = make(
            "aws:cloudwatch/logDeliverySource:LogDeliverySource",
            {
                name: "execution",
                logType: one.logType,
                resourceArn: from(isOutput ? stage.made.name : stage.api.made.name, arn),
            },
            {},
        );
        const linked = { output: from(source.name, "execution"), text: "execution", not: "another" }[one.linked];
        make("aws:cloudwatch/logDelivery:LogDelivery", { deliverySourceName: linked }, {});
    }
    return { resources: made, reliedOn };
}

const CHARACTERS = [...'abzABZ019-_.: "\\éλ✓'];

/** Other names for the resources of a program, which sort alike. */
export const names = fc
    .uniqueArray(fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 1, maxLength: 6 }), {
        minLength: MOST,
        maxLength: MOST,
    })
    .map((all) => all.sort((a, b) => (a < b ? -1 : 1)));

const ADDITIONS = ["bucket", "function", "log group", "REST API", "WebSocket API", "HTTP API"] as const;

/** Resources that have to do with each other at most, and with which nothing is wrong. */
export const unrelated = fc.array(
    fc.record({ what: fc.constantFrom(...ADDITIONS), sortsFirst: fc.boolean(), place: index, where }),
    { minLength: 1, maxLength: 4 },
);

type Addition = typeof unrelated extends fc.Arbitrary<infer T> ? T : never;

export function additionsTo({ resources, reliedOn }: Program, additions: Addition): Made[] {
    const find = (name: string | undefined) => resources.find((one) => one.name === name);
    const isReliedOn = (one: Made | undefined): boolean =>
        one !== undefined && (reliedOn.has(one.name) || isReliedOn(find(one.parent)));
    const components = resources.filter(({ provider }) => provider === "none");
    const free = components.filter((one) => !isReliedOn(one));
    return additions.flatMap(({ what, sortsFirst, place, where: there }, number) => {
        // Both stand beside "@".
        const name = (suffix: string) => `${sortsFirst ? "!" : "~"}${suffix}${number}`;
        const api = what.endsWith("API");
        const parent = pick([undefined, ...(api ? free : components)], place);
        const { provider } = there;
        const options = { provider, ...(parent === undefined ? {} : { parent: parent.name }) };
        const make = (type: string, suffix: string, props: Properties, rest: Partial<Made> = {}): Made => ({
            ...declare(type, name(suffix), props, options),
            ...rest,
        });
        const id = `unrelated${number}`;
        const idOf = from(name("api"), id);
        switch (what) {
            case "bucket":
                return [make("aws:s3/bucket:Bucket", "bucket", { region: "eu-west-1" })];
            case "function":
                return [make("aws:lambda/function:Function", "fn", { name: "fn", loggingLevel: "OFF" })];
            case "log group":
                return [make("aws:cloudwatch/logGroup:LogGroup", "logs", { name: "/unrelated", retentionInDays: 90 })];
            case "REST API":
                return [
                    make("aws:apigateway/restApi:RestApi", "api", {}, { outputs: { id: computed(id) } }),
                    make("aws:cloudwatch/logGroup:LogGroup", "group", {
                        name: interpolate`API-Gateway-Execution-Logs_${idOf}/prod`,
                        retentionInDays: 90,
                    }),
                    make(
                        "aws:apigateway/stage:Stage",
                        "stage",
                        { restApi: idOf, stageName: "prod" },
                        { dependsOn: [name("group")] },
                    ),
                    make("aws:apigateway/methodSettings:MethodSettings", "settings", {
                        restApi: idOf,
                        stageName: from(name("stage"), "prod"),
                        methodPath: "*/*",
                        settings: { loggingLevel: "INFO" },
                    }),
                ];
            default:
                return [
                    make(
                        "aws:apigatewayv2/api:Api",
                        "api",
                        { protocolType: what === "HTTP API" ? "HTTP" : "WEBSOCKET" },
                        { outputs: { id: computed(id) } },
                    ),
                    make("aws:cloudwatch/logGroup:LogGroup", "group", {
                        name: interpolate`/aws/apigateway/${idOf}/prod`,
                        retentionInDays: 90,
                    }),
                    make(
                        "aws:apigatewayv2/stage:Stage",
                        "stage",
                        {
                            apiId: idOf,
                            name: "prod",
                            ...(what === "HTTP API" ? {} : { defaultRouteSettings: { loggingLevel: "INFO" } }),
                        },
                        { dependsOn: [name("group")] },
                    ),
                ];
        }
    });
}

/** The resources of a program as a file has them. Inputs are the program's; providers before v7 leave out outputs only. */
export function resourcesOf({ resources }: Pick<Program, "resources">, moment: Moment): StateResource[] {
    const inputs = wire(
        resources.map(({ outputs: _, ...one }) => one),
        moment === "deployed" ? moment : "first preview",
    );
    const outputs = wire(
        resources.map(({ outputs = {}, ...one }) => ({ ...one, props: { ...one.props, ...outputs } })),
        moment,
    );
    const providers = new Map(
        outputs.flatMap(({ provider }) => (provider === undefined ? [] : [[provider.urn, provider] as const])),
    );
    return [
        ...[...providers.values()].map(({ urn, type, props }) => ({ urn, type, inputs: props, outputs: props })),
        ...outputs.map((one, at) => inFile(one, (inputs[at] as WireResource).props)),
    ];
}

function inFile({ name: _, props, provider, parent, ...rest }: WireResource, inputs: unknown): StateResource {
    return {
        ...rest,
        inputs,
        outputs: props,
        ...(parent === undefined ? {} : { parent }),
        ...(provider === undefined ? {} : { provider: `${provider.urn}::id` }),
    };
}

export function fileOf(resources: readonly StateResource[]): Properties {
    return { version: 3, deployment: { resources } };
}

/** A first preview: everything is to be created, and nothing is known that the program does not say. */
export function previewOf(resources: readonly StateResource[]): Properties {
    const steps = resources.map(({ outputs: _, ...newState }) => ({ op: "create", urn: newState.urn, newState }));
    return {
        steps: JSON.parse(JSON.stringify(steps).replaceAll(UNKNOWN_VALUE, "[unknown]")),
        changeSummary: { create: steps.length },
    };
}

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SIGNATURES = {
    secret: "1b47061264138c4ac30d75fd1eb44270",
    reference: "5cf8f73096256a8f31e491e813e4eb8e",
    float: "8ad145fe-0d11-4827-bfd7-1abcbf086f5c",
    asset: "c44067f5952c0a294b673a41bacd8c17",
    archive: "0def7320c3a5731c473e5ecbe6d01bc7",
    outputValue: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
    nobodyKnows: "00000000000000000000000000000000",
};

/** What policies read, and beyond it what is special to JavaScript or to the engine. */
const KEYS = [
    ...["id", "restApi", "restApiId", "apiId", "stageName", "name", "methodPath", "settings", "methodSettings"],
    ...["loggingLevel", "LoggingLevel", "dataTraceEnabled", "DataTraceEnabled", "routeKey", "resourcePath"],
    ...["httpMethod", "defaultRouteSettings", "routeSettings", "protocolType", "body", "bodyS3Location", "region"],
    ...["cloudwatchRoleArn", "cloudWatchRoleArn", "retentionInDays", "logGroupClass", "logGroupName", "logType"],
    ...["deliverySourceName", "resourceArn", "version", "profile", "V", "urn", "value", "plaintext", "ciphertext"],
    ...["__proto__", "__defaults", "constructor", "toString", "length", "0", "", "$", "a::b"],
];

const TEXTS = [
    ...["", "INFO", "OFF", "prod", "*/*", "*", "/", "true", "365", "-1", "1e999", "WEBSOCKET", "HTTP", "rest0", "v20"],
    ...["[unknown]", "[secret]", UNKNOWN_VALUE, `x-${UNKNOWN_VALUE}`, "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"],
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

/** A list nested so deeply that a careless reader is lost in it. */
const deep = fc.nat({ max: 500 }).map((depth) => {
    let value: unknown = "x";
    for (let at = 0; at < depth; at++) {
        value = at % 2 === 0 ? [value] : { settings: value };
    }
    return value;
});

/** Stands for the URN of a resource of the stack, whichever that is. */
const someUrn = fc.nat({ max: 30 }).map((at) => `urn ${at}`);

export function withUrns(text: string, urns: readonly string[]): string {
    return text.replace(/"urn (\d+)"/g, (_, at) => JSON.stringify(pick(urns, Number(at))));
}

const DOCUMENT_PATHS = [
    ...[["version"], ["features"], ["deployment"], ["deployment", "resources"], ["checkpoint"], ["latest"], ["stack"]],
    ...[["steps"], ["changeSummary"], ["changeSummary", "same"], ["config"], ["config", "aws:region"]],
];

const RELATIONS = ["parent", "provider", "dependencies", "propertyDependencies"];
const FIELDS = ["inputs", "outputs", "type", "urn", "delete", "external", "sourcePosition", "stackTrace", ...RELATIONS];
const someKey = fc.constantFrom(...KEYS);
const someUrns = fc.array(someUrn, { maxLength: 3 });

/** What a broken file has in the place of something else: mostly values, sometimes relations, rarely what nobody can read. */
export const strangeFiles = fc.record({
    asPreview: fc.boolean(),
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
                    { arbitrary: fc.tuple(fc.tuple(fc.constant("propertyDependencies"), someKey), someUrns), weight: 4 },
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
