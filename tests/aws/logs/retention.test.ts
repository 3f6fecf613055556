import { isRetention, nearestRetention, RETENTION_DAYS } from "../../../aws/logs/retention";
import { type Row, table } from "../../support/rows";

/** AWS's list, written again by hand: a comparison of RETENTION_DAYS with itself would prove nothing. */
const ACCEPTED = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

table("RETENTION_DAYS", (): number[] => [...RETENTION_DAYS], [["are what CloudWatch accepts", undefined, ACCEPTED]]);

table("isRetention", isRetention, [
    ...ACCEPTED.map((days): Row<number, boolean> => [`${days} days are accepted`, days, true]),
    ["0 days are not a retention", 0, false],
    ["2 days, between two accepted retentions, are not a retention", 2, false],
    ["364 days, one too few, are not a retention", 364, false],
    ["3654 days, one too many, are not a retention", 3654, false],
    ["a negative number is not a retention", -1, false],
]);

table("nearestRetention", nearestRetention, [
    ...ACCEPTED.map((days): Row<number, number> => [`${days} days are their own nearest`, days, days]),
    ["fewer days than the shortest retention give the shortest", 0, 1],
    ["more days than the longest retention give the longest", 10_000, 3653],
    ["days that are nearer to the retention below give that one", 44, 30],
    ["days that are nearer to the retention above give that one", 46, 60],
    ["of two retentions that are equally near, it is the longer one", 45, 60],
    ["of two short retentions that are equally near, it is the longer one", 2, 3],
]);
