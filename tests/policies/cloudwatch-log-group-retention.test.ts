import policy from "../../policies/cloudwatch-log-group-retention";
import { logGroup, nativeLogGroup, secret, UNKNOWN_VALUE } from "../support/wire/declare";
import { configTable, remediationTable, resourceTable, withPack } from "../support/wire/table";

const group = (props: Record<string, unknown>) => logGroup("audit", { name: "/shop/audit", ...props });

const NEVER = `Log group "audit" never expires: it has no retention.
Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.
retentionInDays: 90`;

describe(policy.name, () => {
    const pack = withPack();

    resourceTable(policy, pack, [
        { when: "a retention that CloudWatch accepts is fine", given: group({ retentionInDays: 30 }) },
        { when: "the longest retention is fine", given: group({ retentionInDays: 3653 }) },
        { when: "a group that is only read is not a finding", given: logGroup("audit", {}) },
        { when: "a retention of 0 is a finding", given: group({ retentionInDays: 0 }), finds: NEVER },
        { when: "a retention that is not set is a finding", given: group({}), finds: NEVER },
        { when: "a retention of null is a finding", given: group({ retentionInDays: null }), finds: NEVER },
        { when: "a number in a string is a retention", given: group({ retentionInDays: "365" }) },
        { when: "a list is not a retention", given: group({ retentionInDays: [365] }), finds: NEVER },
        { when: "words are not a retention", given: group({ retentionInDays: "a year" }), finds: NEVER },
        {
            when: "a retention that is not known yet is not a finding",
            given: group({ retentionInDays: UNKNOWN_VALUE }),
        },
        {
            when: "a retention that CloudWatch does not accept is a finding with the nearest one",
            given: group({ retentionInDays: 45 }),
            finds: `Log group "audit" has a retention of 45 days, which CloudWatch does not accept (the nearest is 60).
Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.
retentionInDays: 90`,
        },
        {
            when: "fewer days than minDays are a finding",
            given: group({ retentionInDays: 7 }),
            config: { minDays: 30, maxDays: 365 },
            finds: `Log group "audit" keeps its events for 7 days, which is less than minDays (30).
Set retentionInDays to a number of days that CloudWatch accepts, from 30 to 365.
retentionInDays: 90`,
        },
        {
            when: "more days than maxDays are a finding",
            given: group({ retentionInDays: 731 }),
            config: { maxDays: 60 },
            finds: `Log group "audit" keeps its events for 731 days, which is more than maxDays (60).
Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 60.
retentionInDays: 60`,
        },
        {
            when: "more days than a maxDays of 1 are a finding",
            given: group({ retentionInDays: 3 }),
            config: { maxDays: 1 },
            finds: `Log group "audit" keeps its events for 3 days, which is more than maxDays (1).
Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 1.
retentionInDays: 1`,
        },
        { when: "minDays itself is fine", given: group({ retentionInDays: 30 }), config: { minDays: 30 } },
        { when: "maxDays itself is fine", given: group({ retentionInDays: 60 }), config: { maxDays: 60 } },
        {
            when: "minDays and maxDays may be equal",
            given: group({ retentionInDays: 30 }),
            config: { minDays: 30, maxDays: 30 },
        },
        {
            when: "a group that never expires is fine if maxDays is 0",
            given: group({}),
            config: { minDays: 365, maxDays: 0 },
        },
        {
            when: "the longest retention is fine if maxDays is 0",
            given: group({ retentionInDays: 3653 }),
            config: { maxDays: 0 },
        },
        {
            when: "fewer days than minDays are a finding if maxDays is 0",
            given: group({ retentionInDays: 90 }),
            config: { minDays: 365, maxDays: 0 },
            finds: `Log group "audit" keeps its events for 90 days, which is less than minDays (365).
Set retentionInDays to a number of days that CloudWatch accepts, 365 or more.
retentionInDays: 365`,
        },
        {
            when: "a group of the DELIVERY class is not a finding, because AWS expires it",
            given: group({ logGroupClass: "DELIVERY" }),
        },
        {
            when: "a group of another class is a finding",
            given: group({ logGroupClass: "INFREQUENT_ACCESS" }),
            finds: NEVER,
        },
        {
            when: "a class that is not known yet is not a finding, because it may be DELIVERY",
            given: group({ logGroupClass: UNKNOWN_VALUE }),
        },
        {
            when: "a name that include matches is a finding",
            given: group({}),
            config: { include: ["/other/*", "/shop/*"] },
            finds: NEVER,
        },
        {
            when: "a name that include does not match is not a finding",
            given: group({}),
            config: { include: ["/shop"] },
        },
        { when: "a name that exclude matches is not a finding", given: group({}), config: { exclude: ["*/audit"] } },
        {
            when: "a dot in a pattern matches only a dot",
            given: group({}),
            config: { exclude: [".shop.audit"] },
            finds: NEVER,
        },
        {
            when: "a name that is not known yet is a finding without patterns",
            given: group({ name: UNKNOWN_VALUE }),
            finds: NEVER,
        },
        {
            when: "a name that is not known yet may not be among those to include",
            given: group({ name: UNKNOWN_VALUE }),
            config: { include: ["/shop/*"] },
        },
        {
            when: "a name that is not known yet may be among those to exclude",
            given: group({ name: UNKNOWN_VALUE }),
            config: { exclude: ["/shop/*"] },
        },
        {
            when: "an aws-native group without a retention is a finding",
            given: nativeLogGroup("audit", { logGroupName: "/shop/audit" }),
            finds: NEVER,
        },
        {
            when: "an aws-native group with a retention is fine",
            given: nativeLogGroup("audit", { retentionInDays: 14 }),
        },
        {
            when: "the name of an aws-native group is logGroupName",
            given: nativeLogGroup("audit", { logGroupName: "/shop/audit" }),
            config: { exclude: ["/shop/audit"] },
        },
        {
            when: "a secret that policy analyze could not decrypt is not a finding",
            given: group({ retentionInDays: "[secret]" }),
        },
    ]);

    remediationTable(policy, pack, [
        { when: "a group with a valid retention is left as it is", given: group({ retentionInDays: 30 }) },
        {
            when: "a retention of 0 becomes 90, and is removed from the list of the provider's defaults",
            given: group({
                retentionInDays: 0,
                kmsKeyId: UNKNOWN_VALUE,
                __defaults: ["retentionInDays", "skipDestroy"],
            }),
            becomes: { name: "/shop/audit", retentionInDays: 90, kmsKeyId: UNKNOWN_VALUE, __defaults: ["skipDestroy"] },
        },
        {
            when: "the retention is the nearest to 90 within minDays and maxDays that CloudWatch accepts",
            given: group({}),
            config: { minDays: 100, maxDays: 170 },
            becomes: { name: "/shop/audit", retentionInDays: 120 },
        },
        {
            when: "setDays is the retention that is set",
            given: group({ retentionInDays: 1 }),
            config: { minDays: 5, setDays: 14 },
            becomes: { name: "/shop/audit", retentionInDays: 14 },
        },
        {
            when: "another secret property stays secret",
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
            when: "with an unknown key",
            config: { retention: 1 },
            fails: 'there is no config key "retention". Its keys are "minDays", "maxDays", "include", "exclude", "setDays", "exemptions", "exemptionTag".',
        },
        {
            when: "with an exemption that says nothing",
            config: { exemptions: [{}] },
            fails: "exemptions.0: match is required",
        },
        {
            when: "with nothing in place of an exemption",
            config: { exemptions: [null] },
            fails: "exemptions.0: Invalid type. Expected: object, given: null",
        },
        {
            when: "with minDays above maxDays",
            config: { minDays: 90, maxDays: 30 },
            fails: "minDays (90) is above maxDays (30). Lower minDays or raise maxDays.",
        },
        {
            when: "with minDays and maxDays that no retention fits",
            config: { minDays: 31, maxDays: 59 },
            fails: "CloudWatch accepts no retention from 31 to 59 days; the nearest is 30.",
        },
        {
            when: "with setDays that CloudWatch does not accept",
            config: { setDays: 100 },
            fails: "setDays is 100, a retention that CloudWatch does not accept. The nearest is 90.",
        },
        {
            when: "with setDays outside minDays and maxDays",
            config: { setDays: 7, minDays: 30 },
            fails: "setDays (7) is outside minDays and maxDays. Set it to a value from 30 to 3653.",
        },
    ]);
});
