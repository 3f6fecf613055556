/** HTTP and WebSocket APIs of a live account as resources. */

import { V2_API, V2_INTEGRATION, V2_ROUTE, V2_STAGE } from "../../../aws/apigateway/types";
import type { Properties } from "../properties";
import type { RecordedResource } from "../recorded";
import type { LiveApi, LiveIntegration, LiveRegion, LiveRoute, LiveStage } from "./document";
import { apiNames, type LivePlace, liveResource, urnOf } from "./live-resource";

/** The HTTP and WebSocket APIs of a region, with their stages, routes and integrations. */
export function v2Resources(place: LivePlace, { apis }: LiveRegion): RecordedResource[] {
    const names = apiNames(apis.map(({ ApiId, Name }) => ({ id: ApiId, name: Name })));
    return apis.flatMap((api) => apiResources(place, api, names.get(api.ApiId) ?? api.ApiId));
}

function apiResources(place: LivePlace, api: LiveApi, name: string): RecordedResource[] {
    const {
        ApiId: apiId,
        Name,
        ProtocolType: protocolType,
        DisableExecuteApiEndpoint: disableExecuteApiEndpoint,
    } = api;
    const from = { apiId: urnOf(place, V2_API, apiId) };
    const part = (type: string, id: string, partName: string, props: Properties) =>
        liveResource(place, type, { id: `${apiId}/${id}`, name: `${name}/${partName}`, from }, { id, apiId, ...props });
    return [
        liveResource(
            place,
            V2_API,
            { id: apiId, name },
            { id: apiId, name: Name, protocolType, disableExecuteApiEndpoint },
        ),
        ...api.stages.map((one) => part(V2_STAGE, one.StageName, one.StageName, stageProps(place, apiId, one))),
        ...api.routes.map((one) => part(V2_ROUTE, one.RouteId, one.RouteKey ?? one.RouteId, routeProps(one))),
        ...api.integrations.map((one) =>
            part(V2_INTEGRATION, one.IntegrationId, one.IntegrationId, integrationProps(one)),
        ),
    ];
}

/** AWS has a map of route settings, @pulumi/aws a list. */
function stageProps({ partition, region }: LivePlace, apiId: string, stage: LiveStage): Properties {
    const { StageName, AccessLogSettings: access, DefaultRouteSettings, RouteSettings = {} } = stage;
    return {
        name: StageName,
        arn: `arn:${partition}:apigateway:${region}::/apis/${apiId}/stages/${StageName}`,
        autoDeploy: stage.AutoDeploy,
        deploymentId: stage.DeploymentId,
        clientCertificateId: stage.ClientCertificateId,
        accessLogSettings: access && { destinationArn: access.DestinationArn, format: access.Format },
        defaultRouteSettings: routeSettings(DefaultRouteSettings),
        routeSettings: Object.entries(RouteSettings).map(([routeKey, settings]) => ({
            routeKey,
            ...routeSettings(settings),
        })),
    };
}

function routeSettings(settings: LiveStage["DefaultRouteSettings"]) {
    return (
        settings && {
            loggingLevel: settings.LoggingLevel,
            dataTraceEnabled: settings.DataTraceEnabled,
            detailedMetricsEnabled: settings.DetailedMetricsEnabled,
            throttlingBurstLimit: settings.ThrottlingBurstLimit,
            throttlingRateLimit: settings.ThrottlingRateLimit,
        }
    );
}

function routeProps(route: LiveRoute): Properties {
    return {
        routeKey: route.RouteKey,
        target: route.Target,
        authorizationType: route.AuthorizationType,
        authorizerId: route.AuthorizerId,
        authorizationScopes: route.AuthorizationScopes,
        apiKeyRequired: route.ApiKeyRequired,
    };
}

function integrationProps({ TlsConfig: tls, ...integration }: LiveIntegration): Properties {
    return {
        integrationType: integration.IntegrationType,
        integrationMethod: integration.IntegrationMethod,
        connectionType: integration.ConnectionType,
        connectionId: integration.ConnectionId,
        tlsConfig: tls && { serverNameToVerify: tls.ServerNameToVerify },
        payloadFormatVersion: integration.PayloadFormatVersion,
        timeoutMilliseconds: integration.TimeoutInMillis,
    };
}
