/**
 * What AWS knows a resource by, whichever program makes it: the part of its ARN that follows region and account; or, where
 * AWS has no ARN, a path of the same kind.
 */

import type { Resource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { isKnown, text } from "../stack/values";
import { API_TYPES, apiFinder, idOf } from "./apigateway/api";
import { stageOfExecutionLogGroup } from "./apigateway/execution-log";
import { describeKey } from "./apigateway/method-path";
import { inlineEntries, makesStage } from "./apigateway/rest-stage";
import {
    ACCOUNT,
    DEPLOYMENT,
    DOMAIN_NAME,
    METHOD_SETTINGS,
    NATIVE_ACCOUNT,
    NATIVE_DEPLOYMENT,
    NATIVE_DOMAIN_NAME,
    NATIVE_STAGE,
    NATIVE_V2_INTEGRATION,
    NATIVE_V2_ROUTE,
    NATIVE_V2_STAGE,
    STAGE,
    V2_INTEGRATION,
    V2_ROUTE,
    V2_STAGE,
} from "./apigateway/types";
import { groupNameOf } from "./logs/log-group";
import { LOG_GROUP, NATIVE_LOG_GROUP } from "./logs/types";
import { DB_CLUSTER, DB_INSTANCE, NATIVE_DB_CLUSTER, NATIVE_DB_INSTANCE } from "./rds/types";
import { NATIVE_WEB_ACL_ASSOCIATION, WEB_ACL_ASSOCIATION } from "./wafv2/types";

/** The parts of an ARN that tell resources apart. */
export interface Arn {
    readonly path: string;
    /** Empty where an ARN has none, such as the account in the ARN of a stage. */
    readonly region: string;
    readonly account: string;
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html. The ARN of a log group may end
 * with `:*`, that of a private domain name with its id.
 */
export function parseArn(arn: string): Arn | undefined {
    const [, region = "", account = "", rest = ""] = /^arn:[^:]*:[^:]*:([^:]*):([^:]*):(.+)$/s.exec(arn) ?? [];
    const path = rest.replace(/:\*$/, "").replace(/^(\/domainnames\/[^+]*)\+.*$/, "$1");
    return path === "" ? undefined : { path, region, account };
}

/** What belongs to an API: the collection that AWS has it in, and the property with its name or id there. */
const PARTS: ReadonlyMap<string, readonly [collection: string, property: string]> = new Map([
    [STAGE, ["stages", "stageName"]],
    [DEPLOYMENT, ["stages", "stageName"]],
    [METHOD_SETTINGS, ["stages", "stageName"]],
    [NATIVE_STAGE, ["stages", "stageName"]],
    [NATIVE_DEPLOYMENT, ["stages", "stageName"]],
    [V2_STAGE, ["stages", "name"]],
    [NATIVE_V2_STAGE, ["stages", "stageName"]],
    [V2_ROUTE, ["routes", "id"]],
    [NATIVE_V2_ROUTE, ["routes", "routeId"]],
    [V2_INTEGRATION, ["integrations", "id"]],
    [NATIVE_V2_INTEGRATION, ["integrations", "integrationId"]],
]);

/** The property with the ARN, for what has one that is all that is needed. */
const ARNS: ReadonlyMap<string, string> = new Map([
    [DB_INSTANCE, "arn"],
    [DB_CLUSTER, "arn"],
    [NATIVE_DB_INSTANCE, "dbInstanceArn"],
    [NATIVE_DB_CLUSTER, "dbClusterArn"],
]);

/** Those of apigatewayv2, which no policy is about, are in the same list on AWS. */
const DOMAIN_NAMES: readonly string[] = [
    DOMAIN_NAME,
    NATIVE_DOMAIN_NAME,
    "aws:apigatewayv2/domainName:DomainName",
    "aws-native:apigatewayv2:DomainName",
];
const ASSOCIATIONS: readonly string[] = [WEB_ACL_ASSOCIATION, NATIVE_WEB_ACL_ASSOCIATION];

/** Answers the paths of what a resource makes on AWS, as far as they are known; of other types there is none. */
export function pathFinder(stack: Stack): (resource: Resource) => readonly string[] {
    const apiOf = apiFinder(stack);
    return (resource) => {
        const { type } = resource;
        const part = PARTS.get(type);
        if (part !== undefined) {
            return partPaths(resource, part, apiPath(type, apiOf(resource).id));
        }
        const path = API_TYPES.includes(type) ? apiPath(type, idOf(resource)) : otherPath(resource);
        return path === undefined ? [] : [path];
    };
}

function apiPath(type: string, id: unknown): string | undefined {
    return typeof id === "string" ? `/${/:apigatewayv2[/:]/.test(type) ? "apis" : "restapis"}/${id}` : undefined;
}

/** A stage of aws-native has method settings inside. */
function partPaths(
    resource: Resource,
    [collection, property]: readonly [string, string],
    api: string | undefined,
): string[] {
    const name = text(resource, property);
    if (api === undefined || !isKnown(name) || !makesStage(resource)) {
        return [];
    }
    const path = `${api}/${collection}/${name}`;
    if (resource.type === METHOD_SETTINGS) {
        const key = text(resource, "methodPath");
        return isKnown(key) ? [settingsPath(path, key)] : [];
    }
    const isNative = resource.type === NATIVE_STAGE || resource.type === NATIVE_DEPLOYMENT;
    const entries = isNative ? inlineEntries(resource) : undefined;
    const keys = isKnown(entries) ? entries.map(({ key }) => key).filter(isKnown) : [];
    return [path, ...keys.map((key) => settingsPath(path, key))];
}

function settingsPath(stage: string, key: string): string {
    return `${stage}/settings/${describeKey(key)}`;
}

function otherPath(resource: Resource): string | undefined {
    const { type } = resource;
    if (type === ACCOUNT || type === NATIVE_ACCOUNT) {
        return "/account";
    }
    if (type === LOG_GROUP || type === NATIVE_LOG_GROUP) {
        const name = groupNameOf(resource);
        return isKnown(name) ? `log-group:${name}` : undefined;
    }
    if (DOMAIN_NAMES.includes(type)) {
        const name = text(resource, "domainName");
        return isKnown(name) ? `/domainnames/${name}` : undefined;
    }
    const property = ASSOCIATIONS.includes(type) ? "resourceArn" : ARNS.get(type);
    const arn = property === undefined ? undefined : text(resource, property);
    const path = isKnown(arn) ? parseArn(arn)?.path : undefined;
    return path !== undefined && ASSOCIATIONS.includes(type) ? `${path}/webacl` : path;
}

const TYPES: readonly (readonly [path: RegExp, type: string])[] = [
    [/^\/restapis\/[^/]+\/stages\/[^/]+$/, STAGE],
    [/^\/apis\/[^/]+\/stages\/[^/]+$/, V2_STAGE],
    [/^\/apis\/[^/]+\/routes\/[^/]+$/, V2_ROUTE],
    [/^\/apis\/[^/]+\/integrations\/[^/]+$/, V2_INTEGRATION],
    [/^\/domainnames\/[^/]+$/, DOMAIN_NAME],
    [/^log-group:/, LOG_GROUP],
    [/^db:/, DB_INSTANCE],
    [/^cluster:/, DB_CLUSTER],
];

/** The type that @pulumi/aws has for what a path is of. */
export function typeOfPath(path: string): string | undefined {
    return TYPES.find(([pattern]) => pattern.test(path))?.[1];
}

/** The stage and the API that something belongs to. */
export interface Container {
    readonly kind: "stage" | "API";
    readonly path: string;
}

/** The nearest first. An execution log group belongs to its stage. */
export function containersOf(path: string): Container[] {
    const stage = stageOfExecutionLogGroup(path.replace(/^log-group:/, ""));
    const inside =
        stage === undefined
            ? path
            : `${stage.kind === "REST" ? "/restapis" : "/apis"}/${stage.api}/stages/${stage.name}/log`;
    const [, ofApi = "", ofStage = ""] = /^(\/(?:restapis|apis)\/[^/]+)(\/stages\/[^/]+)?/.exec(inside) ?? [];
    const containers: Container[] = [
        ...(ofStage === "" ? [] : [{ kind: "stage" as const, path: ofApi + ofStage }]),
        ...(ofApi === "" ? [] : [{ kind: "API" as const, path: ofApi }]),
    ];
    return containers.filter((one) => one.path !== path);
}
