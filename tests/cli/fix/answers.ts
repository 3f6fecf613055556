/** An account that answers what a script of `fix` asks, and what the script asks it. */

import type { Request, Respond } from "../../support/emulator/recorder";

export const ACCOUNT_ID = "111122223333";

export const HOSTILE = [
    "'; touch PWNED; '",
    '$(touch PWNED)`touch PWNED`"$HOME',
    "-x\n# \r\ntouch PWNED\n",
    "\u001b[31m\u202e{x}\\'$\u{1f600}\u00e9~1*?!",
];

export function patch(...patches: readonly (readonly [path: string, value: string])[]) {
    return { patchOperations: patches.map(([path, value]) => ({ op: "replace", path, value })) };
}

/** What a request asks for, with its body or its parameters. */
export function asked({ call, body }: Request): [call: string, asks: unknown] {
    if (/^(sts|iam|rds) /.test(call)) {
        const { Action: _, Version: __, ...parameters } = Object.fromEntries(new URLSearchParams(body));
        return [call, parameters];
    }
    return [call, body === "" ? {} : JSON.parse(body)];
}

interface Account {
    readonly role?: string;
    /** Names and retentions. */
    readonly groups?: readonly (readonly [name: string, days: number | undefined])[];
}

/** An account that does what it is asked to. */
export function answers({ role, groups = [] }: Account = {}): Respond {
    return ({ call }) => {
        const [service, operation = "", url = ""] = call.split(" ");
        if (service === "sts") {
            return {
                body: `<R><GetCallerIdentityResult><Account>${ACCOUNT_ID}</Account><Arn>arn:aws-cn:sts::${ACCOUNT_ID}:assumed-role/a/b</Arn><UserId>A</UserId></GetCallerIdentityResult></R>`,
            };
        }
        if (service === "iam" || service === "rds") {
            return { body: `<${operation}Response><${operation}Result/></${operation}Response>` };
        }
        if (operation === "DescribeLogGroups") {
            return {
                body: {
                    logGroups: groups.map(([logGroupName, retentionInDays]) => ({ logGroupName, retentionInDays })),
                },
            };
        }
        if (url === "/account") {
            return { body: role === undefined ? {} : { cloudwatchRoleArn: role } };
        }
        return operation === "GET" ? { body: CHAT_STAGE } : {};
    };
}

/** What AWS has of a stage, of which some is to stay. */
const CHAT_STAGE = {
    defaultRouteSettings: {
        ...{ dataTraceEnabled: true, detailedMetricsEnabled: true, loggingLevel: "OFF", throttlingBurstLimit: 5 },
    },
    routeSettings: {
        $connect: { dataTraceEnabled: true, loggingLevel: "OFF", throttlingRateLimit: 0.5 },
        other: { loggingLevel: "INFO" },
    },
};
