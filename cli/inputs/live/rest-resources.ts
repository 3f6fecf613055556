/** REST APIs of a live account as resources, with the account's settings and custom domain names. */

import { ACCOUNT, DOMAIN_NAME, METHOD_SETTINGS, REST_API, STAGE } from "../../../aws/apigateway/types";
import { WEB_ACL_ASSOCIATION } from "../../../aws/wafv2/types";
import type { RecordedResource } from "../recorded";
import type { LiveDomainName, LiveRegion, LiveRestApi, LiveRestStage } from "./document";
import { apiNames, type LivePlace, liveResource, urnOf } from "./live-resource";

/** The account's settings, the REST APIs with all that belongs to them, and the domain names of a region. */
export function restResources(place: LivePlace, region: LiveRegion): RecordedResource[] {
    const names = apiNames(region.restApis.map(({ id, name }) => ({ id, name })));
    return [
        ...accountOf(place, region),
        ...region.restApis.flatMap((api) => apiResources(place, api, names.get(api.id) ?? api.id)),
        ...region.domainNames.map((domainName) => domainNameOf(place, domainName)),
    ];
}

/** Without a role, the account is of interest only where there is something that could log. HTTP APIs need no role. */
function accountOf(place: LivePlace, { account, restApis, apis }: LiveRegion): RecordedResource[] {
    const logging = [...restApis, ...apis.filter(({ ProtocolType }) => ProtocolType === "WEBSOCKET")];
    const isNeeded = logging.some(({ stages }) => stages.length > 0);
    if (account === null || (!account.cloudwatchRoleArn && !isNeeded)) {
        return [];
    }
    const { cloudwatchRoleArn = "" } = account;
    return [liveResource(place, ACCOUNT, { id: place.account }, { id: place.account, cloudwatchRoleArn })];
}

function apiResources(place: LivePlace, api: LiveRestApi, name: string): RecordedResource[] {
    const { id, endpointConfiguration, disableExecuteApiEndpoint } = api;
    const props = {
        id,
        name: api.name,
        endpointConfiguration: endpointOf(endpointConfiguration),
        disableExecuteApiEndpoint,
    };
    return [
        liveResource(place, REST_API, { id, name }, props),
        ...api.stages.flatMap((stage) => stageResources(place, id, name, stage)),
    ];
}

/** In @pulumi/aws, `types` is one text. */
function endpointOf(configuration: LiveRestApi["endpointConfiguration"]) {
    const { types = [], ...rest } = configuration ?? {};
    return configuration && { ...rest, types: types.join() };
}

function stageResources(place: LivePlace, restApi: string, apiName: string, stage: LiveRestStage): RecordedResource[] {
    const { stageName, methodSettings = {}, webAclArn = "", deploymentId, tracingEnabled, ...rest } = stage;
    const id = `${restApi}/${stageName}`;
    const name = `${apiName}/${stageName}`;
    const arn = `arn:${place.partition}:apigateway:${place.region}::/restapis/${restApi}/stages/${stageName}`;
    const from = { restApi: urnOf(place, REST_API, restApi) };
    const props = {
        id: `ags-${restApi}-${stageName}`,
        arn,
        restApi,
        stageName,
        webAclArn,
        deployment: deploymentId,
        xrayTracingEnabled: tracingEnabled ?? false,
        ...rest,
    };
    return [
        liveResource(place, STAGE, { id, name, from }, props),
        ...Object.entries(methodSettings).map(([methodPath, settings]) =>
            liveResource(
                place,
                METHOD_SETTINGS,
                { id: `${id}/${methodPath}`, name, from },
                { id: `${restApi}-${stageName}-${methodPath}`, restApi, stageName, methodPath, settings },
            ),
        ),
        ...(webAclArn === ""
            ? []
            : [liveResource(place, WEB_ACL_ASSOCIATION, { id, name }, { resourceArn: arn, webAclArn })]),
    ];
}

/** Private domain names may have the same name, but not the same id. */
function domainNameOf(
    place: LivePlace,
    { domainName, domainNameId, endpointConfiguration, ...rest }: LiveDomainName,
): RecordedResource {
    const id = domainNameId === undefined ? domainName : `${domainName}/${domainNameId}`;
    const props = { id, domainName, domainNameId, endpointConfiguration: endpointOf(endpointConfiguration), ...rest };
    return liveResource(place, DOMAIN_NAME, { id }, props);
}
