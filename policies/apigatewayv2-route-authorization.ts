import { describeRoute } from "../aws/apigateway/describe";
import { WEBSOCKET } from "../aws/apigateway/protocol";
import { type ManagedRoute, managedRoutes, routes, type V2Route } from "../aws/apigateway/route";
import { NATIVE_V2_API, NATIVE_V2_ROUTE, V2_API, V2_ROUTE } from "../aws/apigateway/types";
import { cannot } from "../aws/command";
import type { ConfigOf } from "../pack/config";
import type { Answer, Finding } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { variable } from "../stack/code";
import { either, quote } from "../stack/text";
import { isKnown, type Maybe, UNKNOWN, type Whether } from "../stack/values";

const CONNECT = "$connect";
const TYPES = ["AWS_IAM", "CUSTOM", "JWT"] as const;

const CONFIG = {
    authorizationTypes: {
        type: "array",
        items: { type: "string", enum: TYPES },
        minItems: 1,
        uniqueItems: true,
        default: TYPES,
        description:
            "The allowed authorization types, as a set. A single type mirrors the authorizationType parameter of the Security Hub control.",
    },
    everyWebSocketRoute: {
        type: "boolean",
        default: false,
        description:
            "Whether every route of a WebSocket API must have an authorization type, as the text of the Security Hub control says, although API Gateway accepts an authorizationType on $connect only.",
    },
} as const;

type Config = ConfigOf<typeof CONFIG>;

export default stackPolicy({
    name: "apigatewayv2-route-authorization",
    displayName: "Routes have an authorization type",
    description: "Every route of an HTTP API, and $connect of every WebSocket API, has an authorization type.",
    mirrors: ["APIGateway.8"],
    isOptional: true,
    remediationSteps:
        "Set authorizationType of every route of an HTTP API to AWS_IAM, CUSTOM or JWT, and that of $connect of a WebSocket API to AWS_IAM or CUSTOM.",
    types: [V2_ROUTE, NATIVE_V2_ROUTE, V2_API, NATIVE_V2_API],
    config: CONFIG,
    securityHub: { everyWebSocketRoute: true },
    evaluate: (stack, config) => [
        ...routes(stack).map((route) => answerFor(route, config)),
        ...managedRoutes(stack).map((route) => answerForManaged(route, config)),
    ],
});

function answerFor(route: V2Route, config: Config): Answer | undefined {
    const isNeeded = needsAuthorization(route, config);
    const { authorizationType, protocol } = route;
    if (!isNeeded || isAllowed(authorizationType, config)) {
        return undefined;
    }
    if (isNeeded === UNKNOWN) {
        const what = protocol === UNKNOWN ? "whether its API is a WebSocket API" : `whether it is ${CONNECT}`;
        return { undecided: `${describeRoute(route)}: it is not known ${what}` };
    }
    return authorizationType === UNKNOWN
        ? { undecided: `${describeRoute(route)}: its authorization type is not known yet` }
        : findingFor(route, config);
}

/**
 * $connect protects the other routes of a WebSocket API, for which API Gateway refuses an authorization type
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html).
 */
function needsAuthorization({ protocol, routeKey }: V2Route, config: Config): Whether {
    if (config.everyWebSocketRoute || routeKey === CONNECT) {
        return true;
    }
    const isUnknown = protocol === UNKNOWN || (protocol === WEBSOCKET && routeKey === UNKNOWN);
    return isUnknown ? UNKNOWN : protocol !== WEBSOCKET;
}

function isAllowed(type: Maybe<string>, { authorizationTypes }: Config): boolean {
    return authorizationTypes.some((allowed) => allowed === type);
}

function findingFor(route: V2Route, { authorizationTypes }: Config): Finding {
    const { resource, authorizationType, protocol, routeKey } = route;
    const problem = `${describeRoute(route)} ${describeType(authorizationType, authorizationTypes)}.`;
    if (protocol === WEBSOCKET && routeKey !== CONNECT) {
        return {
            resource,
            problem,
            advice: `API Gateway accepts an authorizationType on ${CONNECT} only: authorize ${CONNECT}, and exempt this route by a policy exception.`,
            live: [cannot(`API Gateway accepts an authorization type on ${CONNECT} only.`)],
        };
    }
    return {
        resource,
        problem,
        advice: `Set authorizationType to ${either(authorizationTypes.map((type) => HOW[type]))}.`,
        code: {
            inputs: authorizationTypes.includes("AWS_IAM")
                ? { authorizationType: "AWS_IAM" }
                : { authorizationType: authorizationTypes[0] as string, authorizerId: variable("authorizer.id") },
        },
        live: [NEEDS_TYPE],
    };
}

const NEEDS_TYPE = cannot(
    "Clients that do not authorize are refused from then on, so the authorization type needs a decision. Then use aws apigatewayv2 update-route --authorization-type.",
);

const HOW: Readonly<Record<(typeof TYPES)[number], string>> = {
    AWS_IAM: "AWS_IAM",
    CUSTOM: "CUSTOM (with an authorizerId)",
    JWT: "JWT (with an authorizerId, for HTTP APIs only)",
};

function describeType(type: Maybe<string>, allowed: readonly string[]): string {
    return isKnown(type) && type !== "NONE"
        ? `has authorizationType ${quote(type)}, which is not ${either(allowed)}`
        : "has no authorization: its authorizationType is NONE or not set";
}

function answerForManaged({ api, authorizationType }: ManagedRoute, config: Config): Answer | undefined {
    const { authorizationTypes } = config;
    if (isAllowed(authorizationType, config)) {
        return undefined;
    }
    const route = `The route that API Gateway creates for the target of API ${quote(api.name)}`;
    return authorizationType === UNKNOWN
        ? { undecided: `${route}: its authorization type is not known yet` }
        : {
              resource: api,
              problem: `${route} ${describeType(authorizationType, authorizationTypes)}.`,
              advice:
                  `Declare an Integration and a Route with authorizationType ${either(authorizationTypes)} in place of target ` +
                  "(leaving out target replaces the API), or set the type with ApiGatewayManagedOverrides of aws-native.",
              live: [NEEDS_TYPE],
          };
}
