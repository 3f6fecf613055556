import type { ResourceValidationPolicy } from "@pulumi/policy";
import { fits, isRetention, nearestRetention, RETENTION_DAYS } from "../apigateway/log-group";
import { finding, quote } from "../apigateway/messages";
import { LOG_GROUP, NATIVE_LOG_GROUP } from "../apigateway/resource";
import { isKnown, number, text, UNKNOWN } from "../apigateway/values";
import { strictConfig } from "./common/config";
import { NIST_RETENTION } from "./common/framework";
import { state } from "./common/remediation";
import { type Inputs, mendTypes, onTypes } from "./common/scope";

const NAME = "cloudwatch-log-group-retention";
const TYPES = [LOG_GROUP, NATIVE_LOG_GROUP];

interface Config {
    readonly minDays: number;
    readonly maxDays: number;
    readonly include: readonly string[];
    readonly exclude: readonly string[];
    readonly setDays?: number;
}

const PATTERNS = { type: "array" as const, items: { type: "string" as const, minLength: 1 } };

const SCHEMA = {
    properties: {
        minDays: {
            description: "The fewest days a log group may keep its events.",
            type: "integer" as const,
            minimum: 1,
            maximum: 3653,
            default: 1,
        },
        maxDays: {
            description:
                "The most days a log group may keep its events; 0 for no ceiling, which allows groups that never expire.",
            type: "integer" as const,
            minimum: 0,
            maximum: 3653,
            default: 3653,
        },
        include: {
            description: "Patterns of the log-group names to judge, in which * is any text, slashes included.",
            ...PATTERNS,
            default: ["*"],
        },
        exclude: {
            description: "Patterns of the log-group names to leave alone, in which * is any text, slashes included.",
            ...PATTERNS,
            default: [],
        },
        setDays: {
            description:
                "The retention in days that a remediation sets, one that CloudWatch accepts. Left out: 90, or what is nearest to it within minDays and maxDays.",
            type: "integer" as const,
        },
    },
};

const readConfig = strictConfig<Config>(NAME, SCHEMA, contradiction);

/** CloudWatch.16 asks for a floor and lets a group that never expires pass; this policy asks for an end. */
export const cloudwatchLogGroupRetention: ResourceValidationPolicy = {
    name: NAME,
    displayName: "Log groups expire within bounds",
    description: "CloudWatch log groups keep their events for a bounded time.",
    severity: "medium",
    tags: ["AWS Security Hub CloudWatch.16", ...NIST_RETENTION],
    remediationSteps: "Set retentionInDays to a number of days that CloudWatch accepts, between minDays and maxDays.",
    url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    configSchema: SCHEMA,
    validateResource: onTypes(TYPES, readConfig, (group, config, report) => {
        const wrong = whatIsWrong(group, config);
        if (wrong !== undefined) {
            const days = daysToSet(config);
            const fix = `Set retentionInDays to a number of days that CloudWatch accepts, ${bounds(config)}.`;
            report(finding(`Log group ${quote(group.name)} ${wrong}.`, fix, `retentionInDays: ${days}`));
        }
    }),
    remediateResource: mendTypes(TYPES, readConfig, (group, config) => {
        if (whatIsWrong(group, config) === undefined) {
            return false;
        }
        state(group, daysToSet(config), "retentionInDays");
        return true;
    }),
};

function whatIsWrong(group: Inputs, config: Config): string | undefined {
    const days = number(group, "retentionInDays") ?? 0;
    if (days === UNKNOWN || !isJudged(group, config)) {
        return undefined;
    }
    if (days === 0) {
        return config.maxDays === 0 ? undefined : "never expires: it has no retention";
    }
    if (!isRetention(days)) {
        return `has a retention of ${days} days, which CloudWatch does not accept (the nearest is ${nearestRetention(days)})`;
    }
    const above = config.maxDays > 0 && days > config.maxDays;
    return above || days < config.minDays ? `keeps its events for ${days} days, not ${bounds(config)}` : undefined;
}

/**
 * AWS sets the retention of groups of the DELIVERY class itself. A name that is not known yet may be any, so it is
 * judged.
 */
function isJudged(group: Inputs, { include, exclude }: Config): boolean {
    const logClass = text(group, "logGroupClass");
    if (logClass === UNKNOWN || logClass === "DELIVERY") {
        return false;
    }
    const name = text(group, group.type === LOG_GROUP ? "name" : "logGroupName");
    if (!isKnown(name)) {
        return true;
    }
    return include.some((pattern) => fits(pattern, name)) && !exclude.some((pattern) => fits(pattern, name));
}

function bounds({ minDays, maxDays }: Config): string {
    return maxDays === 0 ? `${minDays} or more` : `from ${minDays} to ${maxDays}`;
}

function accepted({ minDays, maxDays }: Pick<Config, "minDays" | "maxDays">): number[] {
    return RETENTION_DAYS.filter((days) => days >= minDays && (maxDays === 0 || days <= maxDays));
}

function daysToSet(config: Config): number {
    const near = accepted(config).reduce((best, days) => (Math.abs(days - 90) < Math.abs(best - 90) ? days : best));
    return config.setDays ?? near;
}

function contradiction({ minDays, maxDays, setDays }: Config): string | undefined {
    if (maxDays !== 0 && minDays > maxDays) {
        return `minDays (${minDays}) is above maxDays (${maxDays}). Lower the one or raise the other.`;
    }
    if (accepted({ minDays, maxDays }).length === 0) {
        return `CloudWatch accepts no retention from ${minDays} to ${maxDays} days; the nearest is ${nearestRetention(minDays)}.`;
    }
    if (setDays === undefined) {
        return undefined;
    }
    if (!isRetention(setDays)) {
        return `setDays is ${setDays}, a retention that CloudWatch does not accept. The nearest is ${nearestRetention(setDays)}.`;
    }
    return accepted({ minDays, maxDays }).includes(setDays)
        ? undefined
        : `setDays (${setDays}) is not ${bounds({ minDays, maxDays } as Config)}, as minDays and maxDays ask.`;
}
