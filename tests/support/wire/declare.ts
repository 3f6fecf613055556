/**
 * Stacks for table rows, written like programs. A value that comes from another resource is written `from(...)`. It is
 * unknown in a first preview, and known once the stack is deployed.
 */

import type { WireResource } from "./pack";

/** The moments at which a policy sees a stack. Providers before v7 leave unknown values out of a preview. */
export const MOMENTS = ["first preview", "first preview, provider v6", "deployed"] as const;
export type Moment = (typeof MOMENTS)[number];

/** The string that stands for an unknown value on the wire. */
export const UNKNOWN_VALUE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const FROM = Symbol("from");

/** The key that marks an object on the wire as a value of a special kind. */
export const SECRET = "4dabf18193072939515e22adb298388d";

/** A secret, as it crosses the wire. */
export function secret(value: unknown): Record<string, unknown> {
    return { [SECRET]: "1b47061264138c4ac30d75fd1eb44270", value };
}

interface From {
    readonly [FROM]: readonly string[];
    readonly value: unknown;
}

/** A value that comes from the named resources, and what it is once they are deployed. */
export function from(names: string | readonly string[], value: unknown): From {
    return { [FROM]: typeof names === "string" ? [names] : names, value };
}

/** The id of an API of the stack, which other resources may pass on: `id-<name>` once it is deployed. */
export function idOf(api: string, ...through: string[]): From {
    return from(through.length > 0 ? through : [api], `id-${api}`);
}

/** A string that contains values of other resources, like the result of `pulumi.interpolate`. */
export function interpolate(parts: TemplateStringsArray, ...values: From[]): From {
    const whole = parts.map((part, index) => part + (values[index]?.value ?? "")).join("");
    return from(
        values.flatMap((value) => value[FROM]),
        whole,
    );
}

const READ = "(a resource that is only read)";

/** A value that comes from a resource that the program only reads, which the engine does not name. */
export function fromRead(value: unknown): From {
    return from(READ, value);
}

/** A value that the provider computes: unknown in a preview, although it depends on no resource. */
export function computed(value: unknown): From {
    return from([], value);
}

export interface Declared {
    readonly type: string;
    readonly name: string;
    readonly props: Readonly<Record<string, unknown>>;
    readonly parent?: string;
    readonly dependsOn?: readonly string[];
    /** Inputs of the resource's provider, or the name of one that is declared; "none" for components. */
    readonly provider?: Readonly<Record<string, unknown>> | string;
    /** Read by `.get()`, as `policy analyze` sends it: with outputs, but without property dependencies. */
    readonly isRead?: boolean;
    /** Imported by the program, which only files show. */
    readonly isImported?: boolean;
    /** As the engine sends a resource whose provider it cannot ask: without outputs. */
    readonly hasNoOutputs?: boolean;
}

export type Options = Pick<Declared, "parent" | "dependsOn" | "provider">;

export function declare(type: string, name: string, props: Declared["props"], options: Options = {}): Declared {
    return { type, name, props, ...options };
}

/** A component: no provider, no properties. */
export function component(type: string, name: string, options: Options = {}): Declared {
    return declare(type, name, {}, { provider: "none", ...options });
}

const maker =
    (type: string) =>
    (name: string, props: Declared["props"] = {}, options: Options = {}): Declared =>
        declare(type, name, props, options);

export const account = maker("aws:apigateway/account:Account");
export const deployment = maker("aws:apigateway/deployment:Deployment");
export const methodSettings = maker("aws:apigateway/methodSettings:MethodSettings");
export const stage = maker("aws:apigateway/stage:Stage");
export const v2Stage = maker("aws:apigatewayv2/stage:Stage");
export const logGroup = maker("aws:cloudwatch/logGroup:LogGroup");
export const dbInstance = maker("aws:rds/instance:Instance");
export const dbCluster = maker("aws:rds/cluster:Cluster");
export const clusterParameterGroup = maker("aws:rds/clusterParameterGroup:ClusterParameterGroup");
export const nativeStage = maker("aws-native:apigateway:Stage");
export const nativeAccount = maker("aws-native:apigateway:Account");
export const nativeV2Stage = maker("aws-native:apigatewayv2:Stage");
export const nativeLogGroup = maker("aws-native:logs:LogGroup");
export const nativeDbInstance = maker("aws-native:rds:DbInstance");
export const nativeDbCluster = maker("aws-native:rds:DbCluster");
export const nativeClusterParameterGroup = maker("aws-native:rds:DbClusterParameterGroup");

export function restApi(name: string, props: Declared["props"] = {}, options: Options = {}): Declared {
    return declare("aws:apigateway/restApi:RestApi", name, { id: computed(`id-${name}`), ...props }, options);
}

export function v2Api(name: string, protocolType: unknown, options: Options = {}): Declared {
    return declare("aws:apigatewayv2/api:Api", name, { id: computed(`id-${name}`), protocolType }, options);
}

export function nativeV2Api(name: string, props: Declared["props"], options: Options = {}): Declared {
    return declare("aws-native:apigatewayv2:Api", name, { apiId: computed(`id-${name}`), ...props }, options);
}

const PROVIDER = { region: "eu-west-1", version: "7.48.0" };

/** A stack as a policy sees it at a moment. */
export function wire(
    declared: readonly Declared[],
    moment: Moment,
    kind: "outputs" | "inputs" = "outputs",
): WireResource[] {
    const root = {
        type: "pulumi:pulumi:Stack",
        name: "shop-dev",
        urn: urnOf("pulumi:pulumi:Stack", "shop-dev"),
        props: {},
    };
    // The engine names a resource that is only read, and does not send it.
    const urns = new Map([[READ, urnOf("aws:ssm/parameter:Parameter", READ)]]);
    for (const { type, name } of declared) {
        urns.set(name, urnOf(type, name));
    }
    const urn = (name: string): string => {
        const found = urns.get(name);
        if (found === undefined) {
            throw new Error(`No resource of the row is called ${name}`);
        }
        return found;
    };
    const providerNamed = (provider: Declared["provider"]): WireResource["provider"] => {
        const found = declared.find(({ name }) => name === provider);
        return found && { name: found.name, type: found.type, urn: urn(found.name), props: { ...found.props } };
    };
    const resources = declared.map((one): WireResource => {
        const {
            type,
            name,
            props,
            parent,
            dependsOn = [],
            provider = PROVIDER,
            isRead = false,
            isImported = false,
        } = one;
        const outputs = one.hasNoOutputs
            ? {}
            : { ...idAt(type, moment, kind), ...Object.fromEntries(seen(props, momentOf(type, moment))) };
        // The engine leaves out the properties that depend on nothing.
        const propertyDependencies = Object.fromEntries(
            Object.entries(props)
                .map(([property, value]) => [property, [...new Set(namesIn(value))]] as const)
                .filter(([, from]) => from.length > 0)
                .map(([property, from]) => [property, from.map(urn)] as const),
        );
        return {
            type,
            name,
            urn: urn(name),
            props: outputs,
            ...(provider === "none" ? {} : { provider: providerNamed(provider) ?? providerOf(type, provider) }),
            parent: parent === undefined ? root.urn : urn(parent),
            dependencies: [...new Set([...dependsOn.map(urn), ...Object.values(propertyDependencies).flat()])],
            propertyDependencies: isRead ? {} : propertyDependencies,
            ...(isRead && { isRead }),
            ...(isImported && { isImported }),
        };
    });
    return [root, ...resources];
}

/** Outputs always have something that identifies the resource, known or not; before v7 it is empty until it is known. */
const ID: Readonly<Record<Moment, string>> = {
    "first preview": UNKNOWN_VALUE,
    "first preview, provider v6": "",
    deployed: "id",
};

/** Only @pulumi/aws ever left out unknown values. */
function momentOf(type: string, moment: Moment): Moment {
    return moment === "first preview, provider v6" && type.startsWith("aws-native:") ? "first preview" : moment;
}

function urnOf(type: string, name: string): string {
    return `urn:pulumi:dev::shop::${type}::${name}`;
}

function idAt(type: string, moment: Moment, kind: "outputs" | "inputs"): Readonly<Record<string, string>> {
    if (kind === "inputs" || !/^aws(-native)?:/.test(type)) {
        return {};
    }
    return type.startsWith("aws:") ? { id: ID[moment] } : { awsId: ID[moment] };
}

function providerOf(type: string, props: Declared["provider"]): NonNullable<WireResource["provider"]> {
    const token = `pulumi:providers:${type.split(":")[0]}`;
    const name = JSON.stringify(props);
    return { name, type: token, urn: urnOf(token, name), props: { ...(props as object) } };
}

function isFrom(value: unknown): value is From {
    return typeof value === "object" && value !== null && FROM in value;
}

function namesIn(value: unknown): string[] {
    if (isFrom(value)) {
        return [...value[FROM]];
    }
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(namesIn) : [];
}

function seen(props: Readonly<Record<string, unknown>>, moment: Moment): [string, unknown][] {
    return Object.entries(props).flatMap(([key, value]) => {
        if (value === undefined || (isFrom(value) && moment === "first preview, provider v6")) {
            return [];
        }
        return [[key, look(value, moment)] as [string, unknown]];
    });
}

function look(value: unknown, moment: Moment): unknown {
    if (isFrom(value)) {
        return moment === "deployed" ? value.value : UNKNOWN_VALUE;
    }
    if (Array.isArray(value)) {
        return value.map((one) => look(one, moment));
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(seen(value as Record<string, unknown>, moment))
        : value;
}
