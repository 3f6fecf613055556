import { retentionFix } from "../aws/logs/live-fix";
import { groupNameOf } from "../aws/logs/log-group";
import {
    isRetention,
    nearestRetention,
    preferredRetention,
    type RetentionBounds,
    retentionsWithin,
} from "../aws/logs/retention";
import { LOG_GROUP, NATIVE_LOG_GROUP } from "../aws/logs/types";
import { matchesPattern } from "../pack/pattern";
import { resourcePolicy } from "../pack/policy";
import { remedyWithCode } from "../pack/remedy";
import type { Inputs } from "../stack/resource";
import { quote } from "../stack/text";
import { deployed, isKnown, number, text, UNKNOWN } from "../stack/values";

const PATTERNS = { type: "array", items: { type: "string", minLength: 1 } } as const;

/**
 * CloudWatch keeps the events of a log group forever if its retention is 0 or not set
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html).
 */
export default resourcePolicy({
    name: "cloudwatch-log-group-retention",
    displayName: "Log groups expire within bounds",
    description: "CloudWatch log groups keep their events for a bounded time.",
    severity: "medium",
    supports: ["CloudWatch.16"],
    remediationSteps: "Set retentionInDays to a number of days that CloudWatch accepts, between minDays and maxDays.",
    url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    isCore: true,
    types: [LOG_GROUP, NATIVE_LOG_GROUP],
    config: {
        minDays: {
            description: "The fewest days that a log group may keep its events.",
            type: "integer",
            minimum: 1,
            maximum: 3653,
            default: 1,
        },
        maxDays: {
            description:
                "The most days that a log group may keep its events; 0 for no limit, which also allows log groups that never expire.",
            type: "integer",
            minimum: 0,
            maximum: 3653,
            default: 3653,
        },
        include: {
            description:
                "Patterns of the names of the log groups to check, in which * stands for any text, slashes included.",
            ...PATTERNS,
            default: ["*"],
        },
        exclude: {
            description:
                "Patterns of the names of the log groups to skip, in which * stands for any text, slashes included.",
            ...PATTERNS,
            default: [],
        },
        setDays: {
            description:
                "The retention in days that remediation sets, one that CloudWatch accepts. Left out: 90, or the nearest to it within minDays and maxDays.",
            type: "integer",
        },
    },
    securityHub: { minDays: 365, maxDays: 0 },
    wants: (config) => [{ set: ["retentionInDays"], to: daysFor(config) }],
    contradiction: ({ minDays, maxDays, setDays }) => contradictionIn({ minDays, maxDays }, setDays),
    remediates: true,
    evaluate: (group, { minDays, maxDays, include, exclude, setDays }) => {
        const bounds = { minDays, maxDays };
        const problem = isChecked(group, include, exclude) ? problemOf(group, bounds) : undefined;
        const days = daysFor({ ...bounds, setDays });
        return problem === undefined
            ? undefined
            : {
                  problem: `Log group ${quote(group.name)} ${problem}.`,
                  advice: `Set retentionInDays to a number of days that CloudWatch accepts, ${describe(bounds)}.`,
                  ...remedyWithCode(group, [{ set: ["retentionInDays"], to: days }]),
                  live: [retentionFix(groupNameOf({ type: group.type, ...deployed(group) }), days)],
              };
    },
});

function daysFor({ setDays, ...bounds }: RetentionBounds & { readonly setDays?: number | undefined }): number {
    return setDays ?? preferredRetention(bounds);
}

/**
 * AWS sets the retention of groups of the DELIVERY class itself. A name that is not known yet may match any pattern; an
 * update knows it before it creates the group.
 */
function isChecked(group: Inputs, include: readonly string[], exclude: readonly string[]): boolean {
    const logClass = text(group, "logGroupClass");
    if (logClass === UNKNOWN || logClass === "DELIVERY") {
        return false;
    }
    const name = groupNameOf(group);
    if (!isKnown(name)) {
        return include.includes("*") && exclude.length === 0;
    }
    return matchesPattern(include, name) && !matchesPattern(exclude, name);
}

function problemOf(group: Inputs, { minDays, maxDays }: RetentionBounds): string | undefined {
    const days = number(group, "retentionInDays") ?? 0;
    if (days === UNKNOWN) {
        return undefined;
    }
    if (days === 0) {
        return maxDays === 0 ? undefined : "never expires: it has no retention";
    }
    if (!isRetention(days)) {
        return `has a retention of ${days} days, which CloudWatch does not accept (the nearest is ${nearestRetention(days)})`;
    }
    if (days < minDays) {
        return `keeps its events for ${days} days, which is less than minDays (${minDays})`;
    }
    return maxDays > 0 && days > maxDays
        ? `keeps its events for ${days} days, which is more than maxDays (${maxDays})`
        : undefined;
}

function describe({ minDays, maxDays }: RetentionBounds): string {
    return maxDays === 0 ? `${minDays} or more` : `from ${minDays} to ${maxDays}`;
}

function contradictionIn(bounds: RetentionBounds, setDays: number | undefined): string | undefined {
    const { minDays, maxDays } = bounds;
    if (maxDays !== 0 && minDays > maxDays) {
        return `minDays (${minDays}) is above maxDays (${maxDays}). Lower minDays or raise maxDays.`;
    }
    if (retentionsWithin(bounds).length === 0) {
        return `CloudWatch accepts no retention from ${minDays} to ${maxDays} days; the nearest is ${nearestRetention(minDays)}.`;
    }
    if (setDays === undefined) {
        return undefined;
    }
    if (!isRetention(setDays)) {
        return `setDays is ${setDays}, a retention that CloudWatch does not accept. The nearest is ${nearestRetention(setDays)}.`;
    }
    return retentionsWithin(bounds).includes(setDays)
        ? undefined
        : `setDays (${setDays}) is outside minDays and maxDays. Set it to a value ${describe(bounds)}.`;
}
