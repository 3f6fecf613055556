/** Reports for the tests of formats. */

import type {
    Excepted,
    Note,
    Owner,
    PolicyCoverage,
    Report,
    ReportFinding,
    Rule,
    Unchecked,
} from "../../../../cli/report/model";

export const RULES: readonly Rule[] = [
    {
        policy: "apigateway-stage-execution-logging",
        pack: "apigateway-guard",
        displayName: "REST stages have method settings for all methods",
        description: "Every REST API stage has method settings for */*, which is where execution logging is turned on.",
        severity: "medium",
        controls: ["APIGateway.1"],
        remediationSteps: 'Add an aws.apigateway.MethodSettings with methodPath "*/*".',
        url: "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1",
    },
    {
        policy: "cloudwatch-log-group-retention",
        pack: "apigateway-guard",
        displayName: "Log groups expire within bounds",
        description: "CloudWatch log groups keep their events for a bounded time.",
        severity: "medium",
        controls: [],
        remediationSteps: "Set retentionInDays.",
        url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    },
    {
        policy: "of-another-pack",
        pack: "house-rules",
        controls: [],
    },
];

export const STAGE: ReportFinding = {
    policy: "apigateway-stage-execution-logging",
    level: "mandatory",
    urn: "urn:pulumi:dev::shop::aws:apigateway/stage:Stage::prod",
    type: "aws:apigateway/stage:Stage",
    name: "prod",
    stack: "shop/dev",
    file: "states/shop.json",
    problem: 'Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.',
    advice: "Add method settings for */* with loggingLevel ERROR or INFO.",
    code: 'new aws.apigateway.MethodSettings("prod-logging", { restApi: stage.restApi })',
    severity: "medium",
    controls: ["APIGateway.1"],
    location: { path: "infra/index.ts", line: 31, column: 14 },
    wouldBeRemediated: false,
};

export const LOG_GROUP: ReportFinding = {
    policy: "cloudwatch-log-group-retention",
    level: "advisory",
    urn: "urn:pulumi:dev::shop::aws:cloudwatch/logGroup:LogGroup::orders",
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "orders",
    stack: "shop/dev",
    file: "states/shop.json",
    problem: 'Log group "orders" never expires: it has no retention.',
    advice: "Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.",
    code: "retentionInDays: 90",
    remedy: [{ set: ["retentionInDays"], to: 90 }],
    severity: "medium",
    controls: [],
    location: undefined,
    wouldBeRemediated: true,
};

/** A finding of a policy that mirrors several controls. */
export const DATABASE: ReportFinding = {
    ...STAGE,
    policy: "of-databases",
    urn: "urn:pulumi:dev::shop::aws:rds/instance:Instance::orders",
    type: "aws:rds/instance:Instance",
    name: "orders-db",
    problem: 'Instance "orders-db" exports no logs.',
    advice: "Export them.",
    code: undefined,
    controls: ["RDS.9", "RDS.36"],
};

/** What makes the stage of a live account. */
export const OWNER: Owner = {
    makes: "resource",
    stack: "shop/dev",
    urn: STAGE.urn,
    type: STAGE.type,
    name: "prod",
    file: "states/shop.json",
    location: { path: "infra/index.ts", line: 31 },
};

/** A finding about a live account, with those who own its resource. */
export function owned(...owners: readonly Owner[]): ReportFinding {
    return { ...STAGE, owners, location: owners[0]?.location };
}

/** That a policy was evaluated on two resources. */
export const COVERED: PolicyCoverage = {
    stack: "shop/dev",
    file: "states/shop.json",
    policy: "apigateway-stage-execution-logging",
    outcome: "evaluated",
    resources: 2,
};

export function report(...findings: readonly ReportFinding[]): Report {
    return {
        findings,
        stacks: [{ stack: "shop/dev", file: "states/shop.json", resources: 16 }],
        rules: RULES,
        excepted: [],
        exempt: [],
        unchecked: [],
        coverage: RULES.map(({ policy }) => ({ ...COVERED, policy })),
        undecided: [],
        problems: [],
    };
}

/** A finding that Pulumi's policy exceptions except, with an end or without one. */
export const EXCEPTED: Excepted = {
    ...LOG_GROUP,
    reasons: [
        { kind: "exception", name: "OPS-7", reason: "The group moves to another stack.", until: "2027-03-31" },
        { kind: "exception", name: "OPS-8", reason: "It is old." },
    ],
};

/** What a policy exempts, as engine events have it. */
export const EXEMPT: Note = {
    stack: "shop/dev",
    file: "states/shop.json",
    policy: "apigateway-stage-execution-logging",
    message: 'apigateway-stage-execution-logging exempts 1 resource: "beta"; an exemption ends on 2027-03-31',
};

/** What a stack policy could not decide. */
export const UNDECIDED: Report["undecided"][number] = {
    stack: "shop/dev",
    file: "states/shop.json",
    policy: "apigateway-stage-execution-logging",
    message: 'apigateway-stage-execution-logging could not decide on Stage "beta": its API is not known yet',
};

/** A policy that was asked for and could not be checked. */
export const UNCHECKED: Unchecked = {
    stack: "shop/dev",
    file: "states/shop.json",
    policies: ["rds-log-exports"],
    controls: ["RDS.9"],
    message:
        "rds-log-exports (RDS.9) was not checked, because live documents of this version do not include databases.",
};

/** Two runs of a stack in one file, with a finding in each. */
export const RUNS: Report = {
    ...report(...[1, 2].map((run) => ({ ...LOG_GROUP, file: "events.json", run }))),
    stacks: [1, 2].map((run) => ({ stack: "shop/dev", file: "events.json", run })),
    undecided: [1, 2].map((run) => ({ ...UNDECIDED, file: "events.json", run })),
    coverage: [1, 2].flatMap((run) =>
        RULES.map(({ policy }) => ({ ...COVERED, policy, file: "events.json", run, resources: undefined })),
    ),
};

/** A file that could not be checked. */
export const PROBLEM: Report["problems"][number] = { file: "b.json", message: "is not JSON" };

/** Names of resources that mean something to one format or another. */
export const HOSTILE_NAMES = {
    quotes: `a"b'c\`d`,
    "a newline": "first\nsecond\r\nthird",
    markup: "<script>alert(1)</script>&amp;",
    "table and emphasis characters": "a|b *c* _d_ [e](f) #g ~h~ \\i",
    "ANSI escapes": "\u001b[31mred\u001b[0m\u009b1m",
    "workflow commands": "::error file=a,line=1::x\n::warning::%0A%25 a:b,c",
    "other control characters": "bell\u0007null\u0000bidi\u202Eline\u2028\uFFFF",
    "CDATA and template ends": "]]> {{name}} ${name} --> </textarea>",
    "what cannot be seen":
        "zero\u200Bwidth\u2060soft\u00ADtag\u{E0041}filler\u3164selector\uFE0F\u{E0100}braille\u2800",
    "addresses and links": "[a](https://a.example) {0} www.a.example ftp://a.example me@a.example",
    "commands of other runners": "##vso[task.complete]x ##teamcity[message] ##[group]y",
} as const;

/** A finding on a resource of some name, which is in its URN and in all parts of its message as it is. */
export function named(name: string): ReportFinding {
    return {
        ...STAGE,
        name,
        urn: `urn:pulumi:dev::shop::aws:apigateway/stage:Stage::${name}`,
        problem: `Stage ${name} has no method settings.`,
        advice: `Add method settings to ${name}.`,
        code: `settings(${name})`,
    };
}
