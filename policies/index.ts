/** The policies of the pack, in reading order. */

import type { Policies } from "@pulumi/policy";
import { apigatewayAccountCloudwatchRole } from "./apigateway-account-cloudwatch-role";
import { apigatewayMethodSettingsDataTrace } from "./apigateway-method-settings-data-trace";
import { apigatewayMethodSettingsLoggingLevel } from "./apigateway-method-settings-logging-level";
import { apigatewayStageExecutionLogGroup } from "./apigateway-stage-execution-log-group";
import { apigatewayStageExecutionLogging } from "./apigateway-stage-execution-logging";
import { apigatewayv2StageDataTrace } from "./apigatewayv2-stage-data-trace";
import { apigatewayv2StageExecutionLogging } from "./apigatewayv2-stage-execution-logging";
import { cloudwatchLogGroupRetention } from "./cloudwatch-log-group-retention";

export const policies: Policies = [
    apigatewayStageExecutionLogging,
    apigatewayMethodSettingsLoggingLevel,
    apigatewayv2StageExecutionLogging,
    apigatewayAccountCloudwatchRole,
    apigatewayStageExecutionLogGroup,
    cloudwatchLogGroupRetention,
    apigatewayMethodSettingsDataTrace,
    apigatewayv2StageDataTrace,
];

/** The level of every policy that says no other itself. */
export const ENFORCEMENT_LEVEL = "advisory";
