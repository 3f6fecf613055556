/** The values that cannot be secrets, whatever a file marks: anybody can read all of them in the documentation of AWS. */

import { LOGGING_LEVELS } from "../../aws/apigateway/logging-level";
import { HTTP, WEBSOCKET } from "../../aws/apigateway/protocol";

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
const AUTHORIZATION_TYPES = ["NONE", "AWS_IAM", "CUSTOM", "JWT", "COGNITO_USER_POOLS"];

/**
 * Those of log deliveries and of databases
 * (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html, EnableCloudwatchLogsExports).
 */
const LOG_TYPES = [
    "ACCESS_LOGS",
    "EXECUTION_LOGS",
    "agent",
    "alert",
    "audit",
    "diag.log",
    "error",
    "general",
    "iam-db-auth-error",
    "instance",
    "listener",
    "notify.log",
    "oemagent",
    "postgresql",
    "slowquery",
    "trace",
    "upgrade",
];

const WORDS: ReadonlySet<unknown> = new Set([
    null,
    "",
    "true",
    "false",
    "OFF",
    HTTP,
    WEBSOCKET,
    ...LOGGING_LEVELS,
    ...AUTHORIZATION_TYPES,
    ...LOG_TYPES,
]);

/**
 * Whether a value cannot be a secret: a boolean, a number, nothing at all, or a text that is a boolean, a logging level, a
 * protocol, a log type or an authorization type, exactly as AWS spells it. Digits in a text may be a password.
 */
export function isPublic(value: unknown): boolean {
    return typeof value === "boolean" || typeof value === "number" || WORDS.has(value);
}
