import { either, isLogging, type Level, preferred } from "../../apigateway/logging-level";
import { UNKNOWN } from "../../apigateway/values";
import { table } from "./rows";

table("isLogging", isLogging as (level: unknown) => boolean, [
    ["ERROR writes a log", "ERROR", true],
    ["INFO writes a log", "INFO", true],
    ["OFF writes none", "OFF", false],
    ["a level in lower case is none of AWS's", "error", false],
    ["a level that is not stated writes none", undefined, false],
    ["a level that is not known yet writes none yet", UNKNOWN, false],
    ["a list of levels is no level", ["ERROR"], false],
]);

table<readonly Level[], string>("either", either, [
    ["both are joined by or", ["ERROR", "INFO"], "ERROR or INFO"],
    ["the order is the config's", ["INFO", "ERROR"], "INFO or ERROR"],
    ["one stands alone", ["INFO"], "INFO"],
]);

table<readonly Level[], Level>("preferred", preferred, [
    ["ERROR is preferred, since it costs less", ["ERROR", "INFO"], "ERROR"],
    ["ERROR is preferred wherever it stands", ["INFO", "ERROR"], "ERROR"],
    ["without ERROR it is the first", ["INFO"], "INFO"],
]);
