/** Reads what an AWS account has of API Gateway and its logs. It changes nothing. */

import { compare } from "../../stack/text";
import { LIVE_VERSION, type LiveDocument, type LiveRegion } from "../inputs/live/document";
import { TOOL } from "../tool";
import { type Calls, callsTo } from "./calls";
import { readDeliveries, readLogGroups } from "./logs";
import { readAccount, readDomainNames, readRestApis } from "./rest";
import { loadSdk, type Sdk, settingsFor } from "./sdk";
import { readApis } from "./v2";

/** What to read, and with which credentials. */
export interface LiveOptions {
    readonly regions: readonly string[];
    /** Of the AWS config files; what the SDK finds by itself if it is left out. */
    readonly profile?: string | undefined;
    /** Called while a region is read, with the number of APIs that have been read in it. */
    readonly onProgress?: ((region: string, apis: number) => void) | undefined;
}

/** @throws BadInput if the AWS SDK is not installed; what AWS refuses is listed in the document */
export async function readLive({ regions, profile, onProgress }: LiveOptions): Promise<LiveDocument> {
    const sdk = await loadSdk();
    if (profile !== undefined) {
        forgetKeys();
    }
    const time = new Date().toISOString();
    const read: (LiveRegion & { readonly caller: Caller | undefined })[] = [];
    for (const region of [...new Set(regions)].sort()) {
        let apis = 0;
        onProgress?.(region, apis);
        read.push(await readRegion(sdk, region, profile, () => onProgress?.(region, ++apis)));
    }
    const caller = read.find((one) => one.caller !== undefined)?.caller;
    return {
        version: LIVE_VERSION,
        tool: TOOL,
        time,
        account: caller?.account ?? null,
        partition: caller?.partition ?? null,
        regions: read.map(({ caller: _, ...region }) => region),
    };
}

/** The SDK may prefer keys in the environment to a profile; the AWS CLI prefers the profile. */
function forgetKeys(): void {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) {
        delete process.env[name];
    }
}

async function readRegion(sdk: Sdk, region: string, profile: string | undefined, onApi: () => void) {
    const settings = settingsFor(region, profile);
    const calls = callsTo(region, profile);
    const caller = await readCaller(sdk.sts, new sdk.sts.STSClient(settings), calls);
    if (caller === undefined) {
        // Without credentials that the region accepts, every other call would fail for the same reason.
        return { caller, region, account: null, ...NOTHING, unread: calls.unread };
    }
    const rest = new sdk.rest.APIGatewayClient(settings);
    const logs = new sdk.logs.CloudWatchLogsClient(settings);
    const account = await readAccount(sdk.rest, rest, calls);
    const restApis = await readRestApis(sdk.rest, rest, calls, onApi);
    const apis = await readApis(sdk.v2, new sdk.v2.ApiGatewayV2Client(settings), calls, onApi);
    const accessLogs = [
        ...restApis.flatMap(({ stages }) => stages.map(({ accessLogSettings }) => accessLogSettings?.destinationArn)),
        ...apis.flatMap(({ stages }) => stages.map(({ AccessLogSettings }) => AccessLogSettings?.DestinationArn)),
    ].filter((arn) => arn !== undefined);
    const domainNames = await readDomainNames(sdk.rest, rest, calls);
    const logGroups = await readLogGroups(sdk.logs, logs, calls, accessLogs);
    const { deliverySources, deliveries } = await readDeliveries(sdk.logs, logs, calls);
    return {
        caller,
        region,
        account,
        restApis: by(restApis, ({ id }) => id).map((api) => ({
            ...api,
            stages: by(api.stages, (one) => one.stageName),
        })),
        apis: by(apis, ({ ApiId }) => ApiId).map((api) => ({
            ...api,
            stages: by(api.stages, ({ StageName }) => StageName),
            routes: by(api.routes, ({ RouteId }) => RouteId),
            integrations: by(api.integrations, ({ IntegrationId }) => IntegrationId),
        })),
        domainNames: by(domainNames, ({ domainName, domainNameId = "" }) => `${domainName}/${domainNameId}`),
        logGroups: by(logGroups, ({ logGroupName }) => logGroupName),
        deliverySources: by(deliverySources, ({ name }) => name),
        deliveries: by(deliveries, ({ id }) => id),
        unread: by(calls.unread, ({ service, operation, resource }) => JSON.stringify([service, operation, resource])),
    };
}

const NOTHING = { restApis: [], apis: [], domainNames: [], logGroups: [], deliverySources: [], deliveries: [] };

interface Caller {
    readonly account: string;
    readonly partition: string;
}

/** Any credentials may ask whose they are (https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html). */
async function readCaller(
    sdk: Sdk["sts"],
    client: InstanceType<Sdk["sts"]["STSClient"]>,
    calls: Calls,
): Promise<Caller | undefined> {
    const answer = await calls.one({ service: "sts", operation: "GetCallerIdentity" }, () =>
        client.send(new sdk.GetCallerIdentityCommand({})),
    );
    const [, partition = "aws"] = answer?.Arn?.split(":") ?? [];
    return answer?.Account === undefined ? undefined : { account: answer.Account, partition };
}

/** In the order of their ids: AWS gives them in any order. */
function by<T>(things: readonly T[], key: (thing: T) => string): T[] {
    return [...things].sort((a, b) => compare(key(a), key(b)));
}
