import {
    fits,
    isRetention,
    nearestRetention,
    RETENTION_DAYS,
    restExecutionLogGroup,
    webSocketExecutionLogGroup,
} from "../../apigateway/log-group";
import { type Row, table } from "./rows";

/** The days of facts.md 2.3, once more by hand: a list that proves itself proves nothing. */
const ACCEPTED = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

table("RETENTION_DAYS", (): number[] => [...RETENTION_DAYS], [["are what CloudWatch accepts", undefined, ACCEPTED]]);

table("isRetention", isRetention, [
    ...ACCEPTED.map((days): Row<number, boolean> => [`${days} days are accepted`, days, true]),
    ["0 days are no retention", 0, false],
    ["2 days are between two that are accepted", 2, false],
    ["364 days are one short", 364, false],
    ["3654 days are one too many", 3654, false],
    ["a negative number is no retention", -1, false],
]);

table("nearestRetention", nearestRetention, [
    ...ACCEPTED.map((days): Row<number, number> => [`${days} days are their own nearest`, days, days]),
    ["less than the least is the least", 0, 1],
    ["more than the most is the most", 10_000, 3653],
    ["a number nearer to the one below goes down", 44, 30],
    ["a number nearer to the one above goes up", 46, 60],
    ["of two equally near it is the longer", 45, 60],
    ["of two equally near it is the longer, also among the short ones", 2, 3],
]);

table("fits", ([pattern, name]: readonly [string, string]) => fits(pattern, name), [
    ["a text fits itself", ["/shop/audit", "/shop/audit"], true],
    ["a text fits no longer one", ["/shop", "/shop/audit"], false],
    ["a text fits no longer one that ends with it", ["audit", "/shop/audit"], false],
    ["case matters", ["/Shop", "/shop"], false],
    ["* is any text", ["*", "/shop/audit"], true],
    ["* is any text, the empty one included", ["/shop*", "/shop"], true],
    ["* at the end takes slashes in", ["/shop/*", "/shop/audit/2026"], true],
    ["* at the start takes slashes in", ["*/2026", "/shop/audit/2026"], true],
    ["* in the middle takes slashes in", ["/shop/*/2026", "/shop/audit/old/2026"], true],
    ["* takes line breaks in", ["/shop*audit", "/shop\n\naudit"], true],
    ["a line break ends no name", ["/shop", "/shop\n"], false],
    ["several * are several texts", ["*-*-x", "a-b-c-x"], true],
    ["what is between two * must be there", ["*-b-*", "a-c-d"], false],
    ["** is *", ["/shop/**", "/shop/audit"], true],
    ["an empty pattern fits an empty name", ["", ""], true],
    ["an empty pattern fits nothing else", ["", "/shop"], false],
    ...[...".+?^${}()|[]\\"].flatMap((special): Row<readonly [string, string], boolean>[] => [
        [`${special} in a pattern is itself`, [`a${special}b*`, `a${special}b1`], true],
        [`${special} in a pattern is nothing else`, [`a${special}b`, "ab"], false],
    ]),
    ["a dot in a pattern is no other letter", ["a.b", "axb"], false],
    ["a set of letters in a pattern is none", ["[ab]", "a"], false],
    ["an escape in a pattern is none", ["\\d", "1"], false],
]);

table(
    "the name of a stage's execution log group",
    (name: (id: string, stage: string) => string) => name("a1b2", "v1"),
    [
        ["REST", restExecutionLogGroup, "API-Gateway-Execution-Logs_a1b2/v1"],
        ["WebSocket", webSocketExecutionLogGroup, "/aws/apigateway/a1b2/v1"],
    ],
);
