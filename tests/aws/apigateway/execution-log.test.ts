import { restExecutionLogGroup, webSocketExecutionLogGroup } from "../../../aws/apigateway/execution-log";
import { table } from "../../support/rows";

table(
    "the name of a stage's execution log group",
    (name: (id: string, stage: string) => string) => name("a1b2", "v1"),
    [
        ["REST", restExecutionLogGroup, "API-Gateway-Execution-Logs_a1b2/v1"],
        ["WebSocket", webSocketExecutionLogGroup, "/aws/apigateway/a1b2/v1"],
    ],
);
