/** The AWS SDK, which `live` alone loads. It is not among the dependencies: Pulumi Cloud installs those for every stack. */

import { BadInput } from "../errors";

/** The packages of the AWS SDK that are called. */
export interface Sdk {
    readonly rest: typeof import("@aws-sdk/client-api-gateway");
    readonly v2: typeof import("@aws-sdk/client-apigatewayv2");
    readonly logs: typeof import("@aws-sdk/client-cloudwatch-logs");
    readonly sts: typeof import("@aws-sdk/client-sts");
}

/** @throws BadInput if it is not installed, which names the packages to install */
export async function loadSdk(): Promise<Sdk> {
    try {
        return {
            rest: await import("@aws-sdk/client-api-gateway"),
            v2: await import("@aws-sdk/client-apigatewayv2"),
            logs: await import("@aws-sdk/client-cloudwatch-logs"),
            sts: await import("@aws-sdk/client-sts"),
        };
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code !== "MODULE_NOT_FOUND" || !message.includes("'@aws-sdk/client-")) {
            throw error;
        }
        throw new BadInput(
            "live needs the AWS SDK for JavaScript. Install it beside apigateway-guard: npm install @aws-sdk/client-api-gateway@3 @aws-sdk/client-apigatewayv2@3 @aws-sdk/client-cloudwatch-logs@3 @aws-sdk/client-sts@3",
        );
    }
}

/** Retries that slow down all calls of a client once AWS throttles one, and no call that hangs for ever. */
export function settingsFor(region: string, profile: string | undefined) {
    return {
        region,
        ...(profile === undefined ? {} : { profile }),
        retryMode: "adaptive",
        maxAttempts: 8,
        requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000 },
    };
}
