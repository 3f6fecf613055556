import { cloudwatchLogGroupRetention as policy } from "../../policies/cloudwatch-log-group-retention";
import { logGroup, nativeLogGroup, secret, UNKNOWN_VALUE } from "../wire/declare";
import { configTable, remediationTable, resourceTable, withPack } from "../wire/table";

const group = (props: Record<string, unknown>) => logGroup("audit", { name: "/shop/audit", ...props });

const NEVER = `Log group "audit" never expires: it has no retention.
Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.
retentionInDays: 90`;

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        { when: "a retention CloudWatch accepts is fine", given: group({ retentionInDays: 30 }) },
        { when: "the longest retention is fine", given: group({ retentionInDays: 3653 }) },
        { when: "a group that is only read is not judged", given: logGroup("audit", {}) },
        { when: "0 means never", given: group({ retentionInDays: 0 }), finds: NEVER },
        { when: "no retention means never", given: group({}), finds: NEVER },
        { when: "null means never", given: group({ retentionInDays: null }), finds: NEVER },
        { when: "a number in a string is a number", given: group({ retentionInDays: "365" }) },
        { when: "a list is no retention", given: group({ retentionInDays: [365] }), finds: NEVER },
        { when: "words are no retention", given: group({ retentionInDays: "a year" }), finds: NEVER },
        { when: "a retention not known yet is not judged", given: group({ retentionInDays: UNKNOWN_VALUE }) },
        {
            when: "a number of days CloudWatch does not accept is told with the nearest",
            given: group({ retentionInDays: 45 }),
            finds: `Log group "audit" has a retention of 45 days, which CloudWatch does not accept (the nearest is 60).
Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.
retentionInDays: 90`,
        },
        {
            when: "fewer days than minDays are too few",
            given: group({ retentionInDays: 7 }),
            config: { minDays: 30, maxDays: 365 },
            finds: `Log group "audit" keeps its events for 7 days, not from 30 to 365.
Set retentionInDays to a number of days that CloudWatch accepts, from 30 to 365.
retentionInDays: 90`,
        },
        {
            when: "more days than maxDays are too many",
            given: group({ retentionInDays: 731 }),
            config: { maxDays: 60 },
            finds: `Log group "audit" keeps its events for 731 days, not from 1 to 60.
Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 60.
retentionInDays: 60`,
        },
        {
            when: "one day is a ceiling, too",
            given: group({ retentionInDays: 3 }),
            config: { maxDays: 1 },
            finds: `Log group "audit" keeps its events for 3 days, not from 1 to 1.
Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 1.
retentionInDays: 1`,
        },
        { when: "minDays itself is enough", given: group({ retentionInDays: 30 }), config: { minDays: 30 } },
        { when: "maxDays itself is not too many", given: group({ retentionInDays: 60 }), config: { maxDays: 60 } },
        {
            when: "minDays and maxDays may be the same",
            given: group({ retentionInDays: 30 }),
            config: { minDays: 30, maxDays: 30 },
        },
        { when: "without a ceiling a group may never expire", given: group({}), config: { minDays: 365, maxDays: 0 } },
        {
            when: "without a ceiling any long retention is fine",
            given: group({ retentionInDays: 3653 }),
            config: { maxDays: 0 },
        },
        {
            when: "without a ceiling there is still a floor",
            given: group({ retentionInDays: 90 }),
            config: { minDays: 365, maxDays: 0 },
            finds: `Log group "audit" keeps its events for 90 days, not 365 or more.
Set retentionInDays to a number of days that CloudWatch accepts, 365 or more.
retentionInDays: 365`,
        },
        { when: "AWS expires groups of the DELIVERY class itself", given: group({ logGroupClass: "DELIVERY" }) },
        { when: "other classes are judged", given: group({ logGroupClass: "INFREQUENT_ACCESS" }), finds: NEVER },
        { when: "a class not known yet may be DELIVERY", given: group({ logGroupClass: UNKNOWN_VALUE }) },
        {
            when: "a name that include has is judged",
            given: group({}),
            config: { include: ["/other/*", "/shop/*"] },
            finds: NEVER,
        },
        { when: "a name that include lacks is left alone", given: group({}), config: { include: ["/shop"] } },
        { when: "a name that exclude has is left alone", given: group({}), config: { exclude: ["*/audit"] } },
        { when: "a dot in a pattern is a dot", given: group({}), config: { exclude: [".shop.audit"] }, finds: NEVER },
        {
            when: "a name not known yet may be any name",
            given: logGroup("audit", { name: UNKNOWN_VALUE }),
            config: { include: ["/other"], exclude: ["*"] },
            finds: NEVER,
        },
        {
            when: "aws-native leaves the retention out for never",
            given: nativeLogGroup("audit", { logGroupName: "/shop/audit" }),
            finds: NEVER,
        },
        { when: "aws-native states it under the same name", given: nativeLogGroup("audit", { retentionInDays: 14 }) },
        {
            when: "aws-native calls the name logGroupName",
            given: nativeLogGroup("audit", { logGroupName: "/shop/audit" }),
            config: { exclude: ["/shop/audit"] },
        },
        { when: "the opaque secret of policy analyze is not judged", given: group({ retentionInDays: "[secret]" }) },
    ]);

    remediationTable(policy, pack, [
        { when: "a group in order is left as it is", given: group({ retentionInDays: 30 }) },
        {
            when: "a group that never expires is kept for 90 days, stated by the program",
            given: group({
                retentionInDays: 0,
                kmsKeyId: UNKNOWN_VALUE,
                __defaults: ["retentionInDays", "skipDestroy"],
            }),
            becomes: { name: "/shop/audit", retentionInDays: 90, kmsKeyId: UNKNOWN_VALUE, __defaults: ["skipDestroy"] },
        },
        {
            when: "90 days are clamped to the bounds, in days CloudWatch accepts",
            given: group({}),
            config: { minDays: 100, maxDays: 170 },
            becomes: { name: "/shop/audit", retentionInDays: 120 },
        },
        {
            when: "setDays says how many",
            given: group({ retentionInDays: 1 }),
            config: { minDays: 5, setDays: 14 },
            becomes: { name: "/shop/audit", retentionInDays: 14 },
        },
        {
            when: "a secret beside it stays secret",
            given: group({ tags: secret({ owner: "shop" }) }),
            becomes: { name: "/shop/audit", tags: secret({ owner: "shop" }), retentionInDays: 90 },
        },
        {
            when: "a secret retention stays secret",
            given: group({ retentionInDays: secret(0) }),
            becomes: { name: "/shop/audit", retentionInDays: secret(90) },
        },
        { when: "an unknown retention is left as it is", given: group({ retentionInDays: UNKNOWN_VALUE }) },
    ]);

    configTable(policy, pack, [
        {
            when: "with a misspelt key",
            config: { minDay: 1 },
            fails: 'there is no config key "minDay". Did you mean "minDays"?',
        },
        {
            when: "with a key like no other",
            config: { retention: 1 },
            fails: 'there is no config key "retention". Its keys are "minDays", "maxDays", "include", "exclude", "setDays".',
        },
        {
            when: "with minDays above maxDays",
            config: { minDays: 90, maxDays: 30 },
            fails: "minDays (90) is above maxDays (30). Lower the one or raise the other.",
        },
        {
            when: "with bounds that no retention fits",
            config: { minDays: 31, maxDays: 59 },
            fails: "CloudWatch accepts no retention from 31 to 59 days; the nearest is 30.",
        },
        {
            when: "with setDays that CloudWatch does not accept",
            config: { setDays: 100 },
            fails: "setDays is 100, a retention that CloudWatch does not accept. The nearest is 90.",
        },
        {
            when: "with setDays outside the bounds",
            config: { setDays: 7, minDays: 30 },
            fails: "setDays (7) is not from 30 to 3653, as minDays and maxDays ask.",
        },
    ]);
});
