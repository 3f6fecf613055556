/** Reads HTTP and WebSocket APIs with their stages, routes and integrations. */

import type { ApiGatewayV2Client, Api as SdkApi } from "@aws-sdk/client-apigatewayv2";
import type { LiveApi } from "../inputs/live/document";
import { type Calls, mapLimit, pages } from "./calls";
import type { Sdk } from "./sdk";
import { written } from "./written";

/** @param onApi called for each API, once it is read */
export async function readApis(
    sdk: Sdk["v2"],
    client: ApiGatewayV2Client,
    calls: Calls,
    onApi: () => void,
): Promise<LiveApi[]> {
    const service = "apigatewayv2";
    const apis = await calls.all(
        { service, operation: "GetApis" },
        pages((NextToken) => client.send(new sdk.GetApisCommand({ NextToken }))),
    );
    return mapLimit(apis, async (api): Promise<LiveApi> => {
        const { ApiId = "" } = api;
        const stages = await calls.all(
            { service, operation: "GetStages", resource: ApiId },
            pages((NextToken) => client.send(new sdk.GetStagesCommand({ ApiId, NextToken }))),
        );
        const routes = await calls.all(
            { service, operation: "GetRoutes", resource: ApiId },
            pages((NextToken) => client.send(new sdk.GetRoutesCommand({ ApiId, NextToken }))),
        );
        const integrations = await calls.all(
            { service, operation: "GetIntegrations", resource: ApiId },
            pages((NextToken) => client.send(new sdk.GetIntegrationsCommand({ ApiId, NextToken }))),
        );
        onApi();
        return {
            ...written<SdkApi, "api", "ApiId">(api, "api"),
            stages: stages.map((one) => written(one, "stage")),
            routes: routes.map((one) => written(one, "route")),
            integrations: integrations.map((one) => written(one, "integration")),
        };
    });
}
