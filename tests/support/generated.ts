/**
 * Stacks as programs could make them, at random. Stages have few names and few APIs to belong to, so that many resources
 * want the same; resources are called `@07`, which can be found again wherever a name appears.
 */

import * as fc from "fast-check";
import type { Properties } from "../../cli/inputs/properties";
import type { StateResource } from "../../cli/inputs/state";
import { computed, type Declared, declare, from, interpolate, type Moment, UNKNOWN_VALUE, wire } from "./wire/declare";
import type { WireResource } from "./wire/pack";

/** A resource with what its outputs have beyond its inputs. */
export interface Made extends Declared {
    readonly outputs?: Properties;
}

export interface Program {
    readonly resources: readonly Made[];
    /** Components that lead a resource to its API: with another API inside, it would be ambiguous. */
    readonly reliedOn: ReadonlySet<string>;
}

/**
 * In an `ordinary` program it is clear where each value comes from that is not known yet. In `any` other, a stage may be
 * named by a resource that is not of API Gateway, a value may come from a component with several APIs inside, and another
 * stage may depend on a log group.
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
/** Mostly where its API is. AWS does not allow a stage in another region than its API. */
const perhapsElsewhere = fc.option(where, { freq: 6, nil: undefined });
const place = index;
const list = <T>(one: fc.Arbitrary<T>, maxLength: number) => fc.array(one, { maxLength });

/** What must be there before: an Account, or the component around one. */
const after = fc.constantFrom("nothing", "nothing", "account", "base");

/** More than a program has resources. */
const MOST = 40;

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
            routeKey: fc.constantFrom("own", "$default"),
            authorizationType: fc.constantFrom("NONE", "AWS_IAM", undefined),
            connectionType: fc.constantFrom("VPC_LINK", "VPC_LINK", "INTERNET", undefined),
            tlsConfig: fc.constantFrom(undefined, {}, { serverNameToVerify: "example.com" }),
            target: fc.constantFrom(undefined, undefined, "https://example.com"),
            overrides: fc.constantFrom(undefined, {}, { route: { authorizationType: "JWT" } }),
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
            dependents: fc.constantFrom("stage", "stage", "settings", "some settings", "none", "all stages"),
            place,
            where: perhapsElsewhere,
        }),
        4,
    ),
    deliveries: list(
        fc.record({
            native: fc.boolean(),
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

/** One of a list, whatever the number. */
export function pick<T>(from: readonly T[], at: number): T | undefined {
    return from[at % from.length];
}

type Where = Shape["restApis"][number]["where"];

/** An API, and what its users need to know about it. */
interface Api {
    readonly made: Made;
    readonly id: string;
    readonly where: Where;
}

/** A stage, and what others need to know about it. */
interface Stage {
    readonly made: Made;
    readonly api: Api;
    readonly kind: "Stage" | "Deployment" | "native" | "v2";
    readonly name: string | undefined;
    /** The name as the program sets it: a text, an output of another resource, or nothing. */
    readonly nameInput: unknown;
    /** Only its parent says to which API it belongs. */
    readonly isParental: boolean;
    readonly dependsOn: string[];
    /** The `dependsOn` of its method settings. */
    readonly settings: string[][];
}

/** A program that is being written. */
interface Draft {
    readonly kind: Kind;
    readonly resources: Made[];
    readonly reliedOn: Set<string>;
    readonly names: string[];
    readonly components: Made[];
    readonly apis: Api[];
    readonly stages: Stage[];
    /** What stands for an Account in a `dependsOn`. */
    readonly before: Record<string, string[]>;
}

type Options = Partial<Omit<Made, "parent">> & { readonly where?: Where; readonly parent?: Made | undefined };

function programOf(shape: Shape, kind: Kind): Program {
    const draft: Draft = {
        ...{ kind, resources: [], reliedOn: new Set<string>(), names: [...shape.names] },
        ...{ components: [], apis: [], stages: [], before: {} },
    };
    addAccounts(draft, shape);
    addComponents(draft, shape);
    addApis(draft, shape);
    const pet = make(draft, "random:index/randomPet:RandomPet", {}).name;
    for (const one of shape.stages) {
        addStage(draft, one, pet);
    }
    for (const one of shape.settings) {
        addSettings(draft, one);
    }
    for (const one of shape.v2Stages) {
        addV2Stage(draft, one);
    }
    for (const one of shape.logGroups) {
        addLogGroup(draft, one);
    }
    for (const one of shape.deliveries) {
        addDelivery(draft, one);
    }
    return { resources: draft.resources, reliedOn: draft.reliedOn };
}

function nextName({ names }: Draft): string {
    return names.pop() as string;
}

function make(draft: Draft, type: string, props: Properties, { where: there, parent, ...rest }: Options = {}): Made {
    const made = {
        type,
        name: rest.name ?? nextName(draft),
        props: there?.region === undefined ? props : { ...props, region: there.region },
        ...(there === undefined ? {} : { provider: there.provider }),
        ...(parent === undefined ? {} : { parent: parent.name }),
        ...rest,
    };
    draft.resources.push(made);
    return made;
}

/** Under a provider of its own, in the region of the API. */
function near({ where: there }: Api, own: Where | undefined): Where {
    return own === undefined ? there : { ...own, region: there.region ?? there.provider.region };
}

function addAccounts(draft: Draft, { accounts }: Shape): void {
    const role = make(draft, "aws:iam/role:Role", {}, { outputs: { arn: computed("arn:role") } });
    const base = make(draft, "my:index:Base", {}, { provider: "none" });
    const made = accounts.map(({ native, role: roleOf, inBase, where: there }) => {
        const arn = { resource: from(role.name, "arn:role"), text: "arn:role", none: undefined }[roleOf];
        return make(
            draft,
            native ? "aws-native:apigateway:Account" : "aws:apigateway/account:Account",
            { [native ? "cloudWatchRoleArn" : "cloudwatchRoleArn"]: arn },
            { where: there, parent: inBase ? base : undefined },
        );
    });
    Object.assign(draft.before, { account: made.slice(0, 1).map(({ name }) => name), base: [base.name] });
}

function before(draft: Draft, what: string): string[] {
    return [...(draft.before[what] ?? [])];
}

function addComponents(draft: Draft, { components }: Shape): void {
    for (const { type, place, after: what } of components) {
        const parent = pick([undefined, ...draft.components], place);
        const options: Options = { provider: "none", dependsOn: before(draft, what), parent };
        draft.components.push(make(draft, type, {}, options));
    }
}

/** A component to put something into, or none. */
function componentAt({ components }: Draft, at: number): Made | undefined {
    return pick([undefined, undefined, ...components], at);
}

function parentOf({ components }: Draft, one: Made): Made | undefined {
    return components.find(({ name }) => name === one.parent);
}

function addApis(draft: Draft, { restApis, v2Apis }: Shape): void {
    const add = (type: string, idName: string, id: string, props: Properties, { place: at, where: there }: Placed) => {
        const parent = componentAt(draft, at);
        const api = make(draft, type, props, { outputs: { [idName]: computed(id) }, where: there, parent });
        draft.apis.push({ made: api, id, where: there });
        return api;
    };
    for (const [number, api] of restApis.entries()) {
        const [type, idName] = api.native
            ? (["aws-native:apigateway:RestApi", "restApiId"] as const)
            : (["aws:apigateway/restApi:RestApi", "id"] as const);
        add(type, idName, `rest${number}`, {}, api);
    }
    for (const [number, api] of v2Apis.entries()) {
        const [type, idName] = api.native
            ? (["aws-native:apigatewayv2:Api", "apiId"] as const)
            : (["aws:apigatewayv2/api:Api", "id"] as const);
        // A program that the provider accepts has either of the two.
        const protocolType = api.protocol ?? (draft.kind === "ordinary" ? "WEBSOCKET" : undefined);
        const props = protocolType === "body" ? { body: "{}" } : { protocolType };
        const made = add(type, idName, `v2${number}`, { ...props, target: api.target }, api);
        const of = (type: string, own: Properties) =>
            make(draft, type, { apiId: from(made.name, `v2${number}`), ...own }, { where: api.where });
        of(api.native ? "aws-native:apigatewayv2:Route" : "aws:apigatewayv2/route:Route", {
            routeKey: api.routeKey === "own" ? (protocolType === "WEBSOCKET" ? "$connect" : "GET /") : api.routeKey,
            authorizationType: api.authorizationType,
        });
        of(api.native ? "aws-native:apigatewayv2:Integration" : "aws:apigatewayv2/integration:Integration", {
            connectionType: api.connectionType,
            tlsConfig: api.tlsConfig,
        });
        if (api.overrides !== undefined) {
            of("aws-native:apigatewayv2:ApiGatewayManagedOverrides", api.overrides);
        }
    }
}

type Placed = Pick<Shape["restApis"][number], "place" | "where">;

function pickApi({ apis }: Draft, of: "rest" | "v2", at: number): Api | undefined {
    return pick(
        apis.filter(({ id }) => id.startsWith(of)),
        at,
    );
}

/** Whether there is no other API in a component. */
function isAlone(draft: Draft, api: Api, around: Made): boolean {
    const isIn = (one: Made | undefined): boolean =>
        one !== undefined && (one === around || isIn(parentOf(draft, one)));
    return draft.apis.every((one) => one === api || !isIn(parentOf(draft, one.made)));
}

/** The id of an API as its user gets it: from the API, or from the component that makes it. */
function idOf(draft: Draft, api: Api, through: string): unknown {
    const around = parentOf(draft, api.made);
    if (
        through !== "component" ||
        around === undefined ||
        (draft.kind === "ordinary" && !isAlone(draft, api, around))
    ) {
        return from(api.made.name, api.id);
    }
    draft.reliedOn.add(around.name);
    return from(around.name, api.id);
}

/** The parent of a resource that nothing else assigns to its API; the resource depends on the API all the same. */
function identifyingParent(draft: Draft, api: Api, through: string): Made | undefined {
    if (through !== "parent") {
        return undefined;
    }
    const around = parentOf(draft, api.made);
    if (around === undefined || !isAlone(draft, api, around)) {
        return api.made;
    }
    draft.reliedOn.add(around.name);
    return around;
}

function addStage(draft: Draft, shape: Shape["stages"][number], pet: string): void {
    const { stages } = draft;
    const api = pickApi(draft, "rest", shape.api);
    if (api === undefined) {
        return;
    }
    const { kind } = shape;
    const isPet = draft.kind === "any" && shape.place === 5;
    // A stage that cannot be distinguished from another before the deployment gets a name of its own.
    const name = isPet || shape.through === "component" ? `cat${stages.length}` : shape.stageName;
    const namesakes = stages.filter((other) => other.api === api && other.name === name);
    // Two resources may make one stage, but not with aws-native, which creates every resource.
    if (namesakes.some((other) => other.kind === "native" || kind === "native")) {
        return;
    }
    const parent = identifyingParent(draft, api, shape.through);
    const nameInput = isPet ? from(pet, name) : name;
    const entries = shape.entries?.map(({ key, ...entry }) => {
        const [resourcePath, httpMethod] = key.split(" ");
        return { resourcePath, httpMethod, ...entry };
    });
    const isNativeDeployment = kind === "native" && shape.place === 4;
    const dependsOn = [...before(draft, shape.after), ...(parent === undefined ? [] : [api.made.name])];
    const made = make(
        draft,
        {
            Stage: "aws:apigateway/stage:Stage",
            Deployment: "aws:apigateway/deployment:Deployment",
            native: isNativeDeployment ? "aws-native:apigateway:Deployment" : "aws-native:apigateway:Stage",
        }[kind],
        {
            ...(parent === undefined
                ? { [kind === "native" ? "restApiId" : "restApi"]: idOf(draft, api, shape.through) }
                : {}),
            stageName: nameInput,
            ...(kind === "native" && !isNativeDeployment ? { methodSettings: entries } : {}),
            ...(isNativeDeployment ? { stageDescription: { methodSettings: entries } } : {}),
        },
        { dependsOn, where: near(api, shape.where), parent: parent ?? componentAt(draft, shape.place) },
    );
    stages.push({ made, api, kind, name, nameInput, isParental: parent !== undefined, dependsOn, settings: [] });
}

function addSettings(draft: Draft, shape: Shape["settings"][number]): void {
    const { names, through, loggingLevel, dataTraceEnabled } = shape;
    const candidates = draft.stages.filter(({ kind }) => kind !== "native");
    const stage = pick(candidates, shape.stage);
    if (stage === undefined) {
        return;
    }
    const { api } = stage;
    const another = stage.name === "prod" ? "test" : "prod";
    // A stage that does not set its API cannot pass it on; the settings would depend on another stage.
    const isPassedOn = through === "stage" && names !== "another" && !stage.isParental;
    const dependsOn = before(draft, shape.after);
    // The provider returns the level that AWS chose.
    const settings = { loggingLevel: computed("OFF"), throttlingBurstLimit: computed(-1), dataTraceEnabled };
    make(
        draft,
        "aws:apigateway/methodSettings:MethodSettings",
        {
            restApi: isPassedOn ? from(stage.made.name, api.id) : idOf(draft, api, through),
            stageName: { output: from(stage.made.name, stage.name), text: stage.nameInput, another }[names],
            methodPath: shape.methodPath,
            settings: { loggingLevel, dataTraceEnabled },
        },
        {
            dependsOn,
            where: near(api, shape.where),
            parent: componentAt(draft, shape.place),
            ...(loggingLevel === undefined ? { outputs: { settings } } : {}),
        },
    );
    if (names !== "another") {
        stage.settings.push(dependsOn);
    }
}

function addV2Stage(draft: Draft, shape: Shape["v2Stages"][number]): void {
    const { native, defaults, routes } = shape;
    const api = pickApi(draft, "v2", shape.api);
    if (api === undefined) {
        return;
    }
    const own = nextName(draft);
    const isMadeUp = shape.name === "made up" || shape.name === "made up before";
    const name = isMadeUp ? `${own}-1a2b3c4` : shape.name;
    if (name !== undefined && draft.stages.some((other) => other.api === api && other.name === name)) {
        return;
    }
    const nameName = native ? "stageName" : "name";
    const isComputed = shape.name === "made up";
    const parent = identifyingParent(draft, api, shape.through);
    const dependsOn = [...before(draft, shape.after), ...(parent === undefined ? [] : [api.made.name])];
    const made = make(
        draft,
        native ? "aws-native:apigatewayv2:Stage" : "aws:apigatewayv2/stage:Stage",
        {
            ...(parent === undefined ? { apiId: idOf(draft, api, shape.through) } : {}),
            ...(isComputed ? {} : { [nameName]: name }),
            defaultRouteSettings: defaults,
            routeSettings: native
                ? Object.fromEntries(
                      routes.map(({ key, loggingLevel, dataTraceEnabled }) => [
                          key,
                          { LoggingLevel: loggingLevel, DataTraceEnabled: dataTraceEnabled },
                      ]),
                  )
                : routes.map(({ key, ...route }) => ({ routeKey: key, ...route })),
        },
        {
            name: own,
            outputs: {
                ...(isComputed ? { [nameName]: computed(name) } : {}),
                ...(defaults === undefined ? { defaultRouteSettings: computed({ loggingLevel: "OFF" }) } : {}),
            },
            dependsOn,
            where: near(api, shape.where),
            parent: parent ?? componentAt(draft, shape.place),
        },
    );
    const nameInput = isMadeUp ? undefined : name;
    draft.stages.push({
        made,
        api,
        kind: "v2",
        name,
        nameInput,
        isParental: parent !== undefined,
        dependsOn,
        settings: [],
    });
}

function addLogGroup(draft: Draft, shape: Shape["logGroups"][number]): void {
    const { native, retentionInDays, logGroupClass } = shape;
    const stage = pick(draft.stages, shape.stage);
    if (stage === undefined) {
        return;
    }
    const { api } = stage;
    const id = from(api.made.name, api.id);
    const isOutput = shape.named === "after the stage" || typeof stage.nameInput !== "string";
    const stageName = from(isOutput ? stage.made.name : [], stage.name ?? "");
    const name =
        stage.kind === "v2"
            ? interpolate`/aws/apigateway/${id}/${stageName}`
            : interpolate`API-Gateway-Execution-Logs_${id}/${stageName}`;
    // A resource that depends on a component depends on all resources inside, and on what these depend on.
    const isAmbiguous = draft.kind === "ordinary" && draft.reliedOn.size > 0;
    const group = make(
        draft,
        native ? "aws-native:logs:LogGroup" : "aws:cloudwatch/logGroup:LogGroup",
        {
            [native ? "logGroupName" : "name"]: shape.named === "otherwise" ? "/aws/lambda/fn" : name,
            retentionInDays,
            logGroupClass,
        },
        {
            where: shape.where ?? api.where,
            parent: isAmbiguous ? undefined : componentAt(draft, shape.place),
        },
    );
    // A group named after a stage's output cannot exist before the stage.
    const dependents = {
        stage: isOutput ? [] : [stage.dependsOn],
        settings: stage.settings,
        "some settings": stage.settings.slice(0, 1),
        none: [],
        "all stages": draft.kind === "any" && !isOutput ? draft.stages.map(({ dependsOn }) => dependsOn) : [],
    }[shape.dependents];
    for (const dependsOn of isAmbiguous ? [] : dependents) {
        dependsOn.push(group.name);
    }
}

function addDelivery(draft: Draft, { native, stage: at, named, logType, linked }: Shape["deliveries"][number]): void {
    const [sourceType, deliveryType] = native
        ? ["aws-native:logs:DeliverySource", "aws-native:logs:Delivery"]
        : ["aws:cloudwatch/logDeliverySource:LogDeliverySource", "aws:cloudwatch/logDelivery:LogDelivery"];
    const candidates = draft.stages.filter(({ kind }) => kind !== "v2");
    const stage = pick(candidates, at);
    if (stage === undefined) {
        return;
    }
    const { api, made, name, nameInput } = stage;
    const isOutput = named === "after the stage" || draft.kind === "ordinary" || typeof nameInput !== "string";
    const arn = `arn:aws:apigateway:eu-west-1:123456789012:/restapis/${api.id}/stages/${name}`;
    const source = make(draft, sourceType, {
        name: "execution",
        logType,
        resourceArn: from(isOutput ? made.name : api.made.name, arn),
    });
    make(draft, deliveryType, {
        deliverySourceName: { output: from(source.name, "execution"), text: "execution", not: "another" }[linked],
    });
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

/** Compliant resources that are related to each other at most. */
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

/**
 * The resources of a program of which a part is deployed already: what comes from there is known, and so is what a new
 * resource passes on of its own inputs (`stage.stageName`). A resource is there only if what it depends on is.
 */
export function resourcesAmong(program: Program, isChosen: (urn: string) => boolean): StateResource[] {
    const deployed = resourcesOf(program, "deployed");
    const preview = resourcesOf(program, "first preview");
    const byUrn = new Map(preview.map((resource) => [resource.urn, resource]));
    const isThere = (urn: string): boolean => {
        const { dependencies, parent } = byUrn.get(urn) as StateResource;
        return isChosen(urn) && (parent === undefined || isThere(parent)) && (dependencies ?? []).every(isThere);
    };
    return preview.map((before, at) => {
        const seen = (kind: "inputs" | "outputs") => {
            const after = (deployed[at] as StateResource)[kind] as Properties;
            const all = Object.entries(before[kind] as Properties).map(([key, value]) => {
                const sources = before.propertyDependencies?.[key] ?? [before.urn];
                const isPassedOn = sources.every((urn) => {
                    const inputs = byUrn.get(urn)?.inputs as Properties | undefined;
                    return inputs?.[key] !== undefined && inputs[key] === after[key];
                });
                return [key, isPassedOn || sources.every(isThere) ? after[key] : value];
            });
            return Object.fromEntries(all);
        };
        return { ...before, inputs: seen("inputs"), outputs: seen("outputs") };
    });
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

/** A preview in which everything is to be created, or is there already and to be changed. */
export function previewOf(resources: readonly StateResource[], op: "create" | "update" = "create"): Properties {
    const steps = resources.map((resource) => {
        const { outputs: _, ...newState } = resource;
        return { op, urn: newState.urn, newState, ...(op === "update" ? { oldState: resource } : {}) };
    });
    return {
        steps: JSON.parse(JSON.stringify(steps).replaceAll(UNKNOWN_VALUE, "[unknown]")),
        changeSummary: { [op]: steps.length },
    };
}
