/** Reads REST APIs with their stages, custom domain names, and the account's settings. */

import type { APIGatewayClient, RestApi as SdkRestApi, Stage as SdkStage } from "@aws-sdk/client-api-gateway";
import type { LiveDomainName, LiveRegion, LiveRestApi, LiveRestStage } from "../inputs/live/document";
import { type Calls, each, mapLimit } from "./calls";
import type { Sdk } from "./sdk";
import { written } from "./written";

/** The account's settings of API Gateway in a region; `null` if they cannot be read. */
export async function readAccount(
    sdk: Sdk["rest"],
    client: APIGatewayClient,
    calls: Calls,
): Promise<LiveRegion["account"]> {
    const answer = await calls.one({ service: "apigateway", operation: "GetAccount" }, () =>
        client.send(new sdk.GetAccountCommand({})),
    );
    return answer === undefined ? null : written(answer, "account");
}

/** @param onApi called for each API, once it is read */
export async function readRestApis(
    sdk: Sdk["rest"],
    client: APIGatewayClient,
    calls: Calls,
    onApi: () => void,
): Promise<LiveRestApi[]> {
    const apis = await calls.all(
        { service: "apigateway", operation: "GetRestApis" },
        each(sdk.paginateGetRestApis({ client, pageSize: MOST }, {}), ({ items }) => items),
    );
    return mapLimit(apis, async (api): Promise<LiveRestApi> => {
        const stages = await readStages(sdk, client, calls, api);
        onApi();
        return { ...written<SdkRestApi, "restApi", "id">(api, "restApi"), stages };
    });
}

/** As many entries a page as API Gateway allows. */
const MOST = 500;

/** AWS gives all stages of an API at once (https://docs.aws.amazon.com/apigateway/latest/api/API_GetStages.html). */
async function readStages(
    sdk: Sdk["rest"],
    client: APIGatewayClient,
    calls: Calls,
    { id = "" }: SdkRestApi,
): Promise<LiveRestStage[]> {
    const answer = await calls.one({ service: "apigateway", operation: "GetStages", resource: id }, () =>
        client.send(new sdk.GetStagesCommand({ restApiId: id })),
    );
    return (answer?.item ?? []).map((stage): LiveRestStage => {
        const { canarySettings: _, ...rest } = written<SdkStage, "restStage", "stageName">(stage, "restStage");
        const canary = stage.canarySettings && written(stage.canarySettings, "canary");
        return { ...rest, ...(canary && { canarySettings: canary }) };
    });
}

/** The custom domain names of a region. */
export async function readDomainNames(
    sdk: Sdk["rest"],
    client: APIGatewayClient,
    calls: Calls,
): Promise<LiveDomainName[]> {
    const names = await calls.all(
        { service: "apigateway", operation: "GetDomainNames" },
        each(sdk.paginateGetDomainNames({ client, pageSize: MOST }, {}), ({ items }) => items),
    );
    return names.map((name) => written(name, "domainName"));
}
