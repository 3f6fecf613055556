import { isLogging, type LoggingLevel, preferredLevel } from "../../../aws/apigateway/logging-level";
import { UNKNOWN } from "../../../stack/values";
import { table } from "../../support/rows";

table("isLogging", isLogging as (level: unknown) => boolean, [
    ["ERROR writes a log", "ERROR", true],
    ["INFO writes a log", "INFO", true],
    ["OFF does not write a log", "OFF", false],
    ["a level in lower case is not one of AWS's", "error", false],
    ["a level that is not set does not write a log", undefined, false],
    ["a level that is not known yet does not write a log", UNKNOWN, false],
    ["a list is not a level", ["ERROR"], false],
]);

table<readonly LoggingLevel[], LoggingLevel>("preferredLevel", preferredLevel, [
    ["ERROR is preferred, because it costs less", ["ERROR", "INFO"], "ERROR"],
    ["ERROR is preferred, wherever it is in the list", ["INFO", "ERROR"], "ERROR"],
    ["without ERROR, the first level is preferred", ["INFO"], "INFO"],
]);
