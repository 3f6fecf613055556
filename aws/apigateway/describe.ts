/** How messages name stages, routes and integrations, and how a program refers to a stage. Unknown values never appear. */

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

/** TypeScript that sets the property at a path: `stageDescription: { tracingEnabled: true }`. */
export function assignment([property, ...inside]: readonly [string, ...string[]], value: string): string {
    const [next, ...rest] = inside;
    return `${property}: ${next === undefined ? value : `{ ${assignment([next, ...rest], value)} }`}`;
}

/** TypeScript expressions for the id of a stage's API and for the stage's name. */
export interface StageExpressions {
    readonly restApi: string;
    readonly stageName: string;
}

/** How the program refers to a stage. A stage inside a component, and its API, are reached through the component. */
export function expressionsFor(stage: Pick<StageLike, "resource" | "name">): StageExpressions {
    const component = fromAncestors(stage.resource, (ancestor) => COMPONENTS.get(ancestor.type));
    if (component !== undefined) {
        return component;
    }
    return stage.resource.type === DEPLOYMENT && isKnown(stage.name)
        ? { restApi: "deployment.restApi", stageName: quote(stage.name) }
        : { restApi: "stage.restApi", stageName: "stage.stageName" };
}

/** The components that create REST stages, by type: those of @pulumi/aws-apigateway and awsx. */
const COMPONENTS: ReadonlyMap<string, StageExpressions> = new Map([
    ["aws-apigateway:index:RestAPI", { restApi: "api.api.id", stageName: "api.stage.stageName" }],
    ["aws:apigateway:x:API", { restApi: "api.restAPI.id", stageName: "api.stage.stageName" }],
]);
