/** Routes and integrations of HTTP and WebSocket APIs, and overrides of those that API Gateway creates. */

import * as fc from "fast-check";
import type { Properties } from "../../../cli/inputs/properties";
import { ACCESS_LOG, accessLogOf } from "./access-logs";
import { idOf, pickApi } from "./apis";
import { type Api, type Draft, index, list, make, near, perhapsElsewhere, type ShapeOf } from "./draft";

const PART = {
    native: fc.boolean(),
    api: index,
    through: fc.constantFrom("api", "api", "component"),
    where: perhapsElsewhere,
};

export const V2_PARTS = {
    routes: list(
        fc.record({
            ...PART,
            routeKey: fc.constantFrom("$connect or GET /", "send or ANY /pets", "$default"),
            authorizationType: fc.constantFrom("NONE", "AWS_IAM", "JWT", undefined),
        }),
        3,
    ),
    integrations: list(
        fc.record({
            ...PART,
            connectionType: fc.constantFrom("VPC_LINK", "VPC_LINK", "INTERNET", undefined),
            tlsConfig: fc.constantFrom(undefined, {}, { serverNameToVerify: "example.com" }),
        }),
        2,
    ),
    overrides: list(
        fc.record({
            ...PART,
            route: fc.constantFrom(undefined, {}, { authorizationType: "JWT" }),
            stage: fc.option(fc.record({ accessLogSettings: ACCESS_LOG }), { nil: undefined }),
        }),
        1,
    ),
};

type Shape = ShapeOf<typeof V2_PARTS>;

export function addV2Parts(draft: Draft, { routes, integrations, overrides }: Shape): void {
    for (const { routeKey, authorizationType, ...part } of routes) {
        const type = part.native ? "aws-native:apigatewayv2:Route" : "aws:apigatewayv2/route:Route";
        const [ofWebSocket = routeKey, ofHttp = routeKey] = routeKey.split(" or ");
        add(
            draft,
            type,
            ({ isWebSocket }) => ({ routeKey: isWebSocket ? ofWebSocket : ofHttp, authorizationType }),
            part,
        );
    }
    for (const { connectionType, tlsConfig, ...part } of integrations) {
        const type = part.native ? "aws-native:apigatewayv2:Integration" : "aws:apigatewayv2/integration:Integration";
        add(draft, type, () => ({ connectionType, tlsConfig }), part);
    }
    for (const { route, stage, ...part } of overrides) {
        const type = "aws-native:apigatewayv2:ApiGatewayManagedOverrides";
        const accessLogSettings = stage && accessLogOf(draft, stage.accessLogSettings);
        add(draft, type, () => ({ route, stage: stage && { accessLogSettings } }), part);
    }
}

function add(
    draft: Draft,
    type: string,
    own: (api: Api) => Properties,
    shape: Pick<Shape["routes"][number], "api" | "through" | "where">,
): void {
    const api = pickApi(draft, "v2", shape.api);
    if (api !== undefined) {
        make(draft, type, { apiId: idOf(draft, api, shape.through), ...own(api) }, { where: near(api, shape.where) });
    }
}
