/** How messages name stages, routes and integrations, and how a program refers to a stage. Unknown values never appear. */

import { type Value, variable } from "../../stack/code";
import { fromAncestors } from "../../stack/relations";
import type { Inputs, Resource } from "../../stack/resource";
import { quote } from "../../stack/text";
import { isKnown, type Maybe } from "../../stack/values";
import type { ApiReference } from "./api";
import { DEPLOYMENT } from "./types";

interface StageLike {
    readonly resource: Resource;
    readonly name: Maybe<string>;
    readonly api: ApiReference;
}

interface RouteLike extends Pick<StageLike, "resource" | "api"> {
    readonly routeKey: Maybe<string>;
}

/** `Stage "prod" of API "orders"`, with the API's name in the program, else its id. */
export function describeStage({ resource, name, api }: StageLike): string {
    return `Stage ${quote(isKnown(name) ? name : resource.name)}${ofApi(api)}`;
}

/** `Route "GET /orders" of API "orders"`. */
export function describeRoute({ resource, routeKey, api }: RouteLike): string {
    return `Route ${quote(isKnown(routeKey) ? routeKey : resource.name)}${ofApi(api)}`;
}

/** `Integration "orders" of API "orders"`. An integration has no name on AWS. */
export function describeIntegration({ resource, api }: Pick<StageLike, "resource" | "api">): string {
    return `Integration ${quote(resource.name)}${ofApi(api)}`;
}

function ofApi({ id, apis }: ApiReference): string {
    const [only, another] = apis;
    const name = only !== undefined && another === undefined ? only.name : id;
    return isKnown(name) ? ` of API ${quote(name)}` : "";
}

/** `Stage "prod"`, with the resource's name in the program: resource policies know of no API. */
export function describeResource({ type, name }: Pick<Inputs, "type" | "name">): string {
    return `${type.split(":").at(-1)} ${quote(name)}`;
}

/** How a program refers to a stage, by variables. */
export interface StageExpressions extends StageVariables {
    /** What the program has of the stage: a resource of its own, a Deployment that makes it, or a component around it. */
    readonly reachedBy: "stage" | "deployment" | "component";
    readonly stageName: Value;
}

interface StageVariables {
    /** The path of the id of its API: `stage.restApi`. */
    readonly restApi: string;
    /** The variable of the stage, or its path in a component: `api.stage`. */
    readonly stage: string;
}

/** A stage inside a component, and its API, are reached through the component. */
export function expressionsFor(stage: Pick<StageLike, "resource" | "name">): StageExpressions {
    const component = fromAncestors(stage.resource, (ancestor) => COMPONENTS.get(ancestor.type));
    if (component === undefined && stage.resource.type === DEPLOYMENT && isKnown(stage.name)) {
        return { reachedBy: "deployment", restApi: "deployment.restApi", stage: "stage", stageName: stage.name };
    }
    const { restApi, stage: path } = component ?? { restApi: "stage.restApi", stage: "stage" };
    return {
        reachedBy: component === undefined ? "stage" : "component",
        restApi,
        stage: path,
        stageName: variable(`${path}.stageName`),
    };
}

/**
 * The components that create stages, by type: those of @pulumi/aws-apigateway, awsx and SST, which has them under `nodes`
 * (https://sst.dev/docs/component/aws/apigatewayv1/#nodes).
 */
const COMPONENTS: ReadonlyMap<string, StageVariables> = new Map([
    ["aws-apigateway:index:RestAPI", { restApi: "api.api.id", stage: "api.stage" }],
    ["aws:apigateway:x:API", { restApi: "api.restAPI.id", stage: "api.stage" }],
    ["sst:aws:ApiGatewayV1", { restApi: "api.nodes.api.id", stage: "api.nodes.stage" }],
    ["sst:aws:ApiGatewayWebSocket", { restApi: "api.nodes.api.id", stage: "api.nodes.stage" }],
]);
