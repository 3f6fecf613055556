import assert from "node:assert/strict";
import type {
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { EXEMPTION_KEYS, type Exemption } from "../../pack/exemptions";
import { type Policy, resourcePolicy, stackPolicy } from "../../pack/policy";
import { toPulumi } from "../../pack/pulumi";
import { ofType } from "../../stack/stack";

const BUCKET = "aws:s3/bucket:Bucket";
const QUEUE = "aws:sqs/queue:Queue";
const TOPIC = "aws:sns/topic:Topic";

const METADATA = {
    name: "shop-policy",
    displayName: "Shops are open",
    description: "Every shop is open.",
    remediationSteps: "Open the shop.",
    types: [BUCKET, QUEUE],
    config: { days: { type: "integer", default: 7, description: "" } },
} as const;

const STANDING = { severity: "low", url: "https://docs.aws.amazon.com/shop" } as const;

/** Like the policy SDK's own, which ends the evaluation by throwing. */
function notApplicable(reason?: string): never {
    throw new Error(`not applicable: ${reason}`);
}
const NOT_APPLICABLE = new Error(`not applicable: Policy only applies to ${BUCKET}, ${QUEUE}`);

const UNKNOWN_KEY = { message: 'shop-policy: there is no config key "day". Did you mean "days"?' };

const resource = (type: string, props = {}) => ({
    type,
    name: "one",
    urn: `urn:pulumi:dev::shop::${type}::one`,
    props,
});
const argsFor = (type: string, props: object = { a: 1 }, config = {}) =>
    ({ ...resource(type, props), notApplicable, getConfig: () => config }) as unknown as ResourceValidationArgs;
const stackArgs = (types: readonly string[], config = {}) =>
    ({
        resources: types.map((type) => resource(type, { arn: 1 })),
        notApplicable,
        getConfig: () => config,
    }) as unknown as StackValidationArgs;

const unexpected = () => assert.fail("no finding is expected");

describe("toPulumi of a resource policy", () => {
    const [policy] = toPulumi([
        resourcePolicy({
            ...METADATA,
            ...STANDING,
            remediates: true,
            evaluate: ({ name, props }, { days }) =>
                props.a === 0
                    ? undefined
                    : {
                          problem: `${name} ${days}.`,
                          advice: "Close.",
                          ...(props.a === 1 && { remedy: [{ set: ["a"], to: 0 }] }),
                      },
        }),
    ]) as [ResourceValidationPolicy];
    const validate = policy.validateResource as (
        args: ResourceValidationArgs,
        report: (message: string) => void,
    ) => void;
    const messagesFor = (args: ResourceValidationArgs) => {
        const messages: string[] = [];
        validate(args, (message) => messages.push(message));
        return messages;
    };

    for (const type of [BUCKET, QUEUE]) {
        it(`reports a finding on an ${type}`, () => {
            assert.deepEqual(messagesFor(argsFor(type)), ["one 7.\nClose."]);
        });
    }

    it("reports nothing where there is no finding", () => {
        assert.deepEqual(messagesFor(argsFor(BUCKET, { a: 0 })), []);
    });

    it("gives the policy its config", () => {
        assert.deepEqual(messagesFor(argsFor(BUCKET, { a: 1 }, { days: 9 })), ["one 9.\nClose."]);
    });

    it("does not apply to another type", () => {
        assert.throws(() => validate(argsFor(TOPIC), unexpected), NOT_APPLICABLE);
        assert.throws(() => policy.remediateResource?.(argsFor(TOPIC)), NOT_APPLICABLE);
    });

    it("makes the error for that without a stack trace, and leaves other errors theirs", () => {
        const { stackTraceLimit } = Error;
        Error.stackTraceLimit = 7;
        const limits: number[] = [];
        const args = {
            ...argsFor(TOPIC),
            notApplicable: (reason?: string) => {
                limits.push(Error.stackTraceLimit);
                return notApplicable(reason);
            },
        };
        assert.throws(() => validate(args, unexpected), NOT_APPLICABLE);
        limits.push(Error.stackTraceLimit);
        Error.stackTraceLimit = stackTraceLimit;
        assert.deepEqual(limits, [0, 7]);
    });

    it("does not apply to a resource that is only read, which has no inputs", () => {
        assert.throws(() => validate(argsFor(BUCKET, {}), unexpected), NOT_APPLICABLE);
        assert.throws(() => policy.remediateResource?.(argsFor(BUCKET, {})), NOT_APPLICABLE);
    });

    it("rejects a config with a mistake, whatever the type", () => {
        assert.throws(() => validate(argsFor(TOPIC, {}, { day: 1 }), unexpected), UNKNOWN_KEY);
        assert.throws(() => policy.remediateResource?.(argsFor(TOPIC, {}, { day: 1 })), UNKNOWN_KEY);
    });

    it("remediates in place and returns the same inputs", () => {
        const args = argsFor(BUCKET, { a: 1, b: 2 });
        assert.equal(policy.remediateResource?.(args), args.props);
        assert.deepEqual(args.props, { a: 0, b: 2 });
    });

    it("returns nothing where there is no finding, or a finding without a remedy", () => {
        assert.equal(policy.remediateResource?.(argsFor(BUCKET, { a: 0 })), undefined);
        assert.equal(policy.remediateResource?.(argsFor(BUCKET, { a: 5 })), undefined);
    });
});

describe("toPulumi of a stack policy", () => {
    const [policy] = toPulumi([
        stackPolicy({
            ...METADATA,
            ...STANDING,
            evaluate: (stack, { days }) => {
                const all = ofType(stack, TOPIC, QUEUE);
                const [first] = all;
                return [
                    ...(first === undefined
                        ? []
                        : [{ resource: first, problem: `${all.length} ${days}.`, advice: "x" }]),
                    undefined,
                    { problem: "As a whole.", advice: "y" },
                ];
            },
        }),
    ]) as [StackValidationPolicy];
    const findingsIn = (args: StackValidationArgs) => {
        const found: [string, string | undefined][] = [];
        policy.validateStack(args, (message, urn) => found.push([message, urn]));
        return found;
    };

    it("reports findings on resources, and on the whole stack", () => {
        assert.deepEqual(findingsIn(stackArgs([TOPIC, QUEUE])), [
            ["2 7.\nx", `urn:pulumi:dev::shop::${TOPIC}::one`],
            ["As a whole.\ny", undefined],
        ]);
    });

    it("does not apply to a stack without a resource of its types", () => {
        assert.throws(() => findingsIn(stackArgs([TOPIC])), NOT_APPLICABLE);
        assert.throws(() => findingsIn(stackArgs([])), NOT_APPLICABLE);
    });

    it("rejects a config with a mistake, whatever the stack", () => {
        assert.throws(() => findingsIn(stackArgs([], { day: 1 })), UNKNOWN_KEY);
    });
});

describe("toPulumi of policies of both kinds", () => {
    const rows: readonly (readonly [when: string, inputs: readonly object[], outputs: object, messages: string[]])[] = [
        ["a stack policy evaluates a resource that no resource policy has seen", [], { arn: 1 }, ["one\nx"]],
        ["a stack policy evaluates a resource that was sent with inputs", [{ a: 1 }], { arn: 1 }, ["one\nx"]],
        [
            "a stack policy does not evaluate a resource that was sent without inputs, so is only read",
            [{}],
            { arn: 1 },
            [],
        ],
        [
            "a stack policy evaluates a resource that was sent without inputs and has no outputs either",
            [{}],
            {},
            ["one\nx"],
        ],
        ["a stack policy evaluates it again once it has inputs", [{}, { a: 1 }], { arn: 1 }, ["one\nx"]],
    ];
    for (const [when, inputs, outputs, messages] of rows) {
        it(when, () => {
            const [ofBuckets, ofStack] = toPulumi([
                resourcePolicy({ ...METADATA, ...STANDING, evaluate: () => undefined }),
                stackPolicy({
                    ...METADATA,
                    ...STANDING,
                    evaluate: (stack) =>
                        ofType(stack, BUCKET).map((one) => ({ resource: one, problem: one.name, advice: "x" })),
                }),
            ]) as [ResourceValidationPolicy, StackValidationPolicy];
            const validate = ofBuckets.validateResource as (args: ResourceValidationArgs, report: () => void) => void;
            for (const props of inputs) {
                const isRead = Object.keys(props).length === 0;
                const run = () => validate(argsFor(BUCKET, props), unexpected);
                isRead ? assert.throws(run, NOT_APPLICABLE) : run();
            }
            const found: string[] = [];
            const resources = [resource(BUCKET, outputs)];
            const args = { resources, notApplicable, getConfig: () => ({}) } as unknown as StackValidationArgs;
            ofStack.validateStack(args, (message) => found.push(message));
            assert.deepEqual(found, messages);
        });
    }
});

describe("what the config of a policy exempts", () => {
    const remedy = [{ set: ["a"], to: 0 }] as const;
    const served = () =>
        toPulumi(
            [
                resourcePolicy({
                    ...METADATA,
                    ...STANDING,
                    remediates: true,
                    name: "shop-buckets",
                    evaluate: ({ name }) => ({ problem: name, advice: "x", remedy }),
                }),
                stackPolicy({
                    ...METADATA,
                    ...STANDING,
                    name: "shop-stack",
                    evaluate: (stack) => [
                        ...ofType(stack, BUCKET, QUEUE).map((one) => ({
                            resource: one,
                            problem: one.type,
                            advice: "x",
                        })),
                        { problem: "As a whole.", advice: "y" },
                    ],
                }),
            ],
            () => "2026-11-25",
        ) as [ResourceValidationPolicy, StackValidationPolicy];
    let [ofBuckets, ofStack] = served();
    const exempting = (match: string): { exemptions: Exemption[] } => ({
        exemptions: [{ match, reason: "Only for load tests", until: "2026-11-25" }],
    });

    const printed: string[] = [];
    const print = console.error;
    beforeEach(() => {
        [ofBuckets, ofStack] = served();
        printed.length = 0;
        console.error = (line: string) => printed.push(line);
    });
    afterEach(() => {
        console.error = print;
    });
    const bucket = (config = {}) => {
        const validate = ofBuckets.validateResource as (args: ResourceValidationArgs, report: () => void) => void;
        let findings = 0;
        validate(argsFor(BUCKET, { a: 1 }, config), () => findings++);
        return findings;
    };
    const stack = (types: readonly string[], config = {}) => {
        const found: string[] = [];
        ofStack.validateStack(stackArgs(types, config), (message) => found.push(message));
        return found;
    };

    it("is not reported, and not remediated", () => {
        assert.equal(bucket(exempting("one")), 0);
        assert.equal(ofBuckets.remediateResource?.(argsFor(BUCKET, { a: 1 }, exempting("one"))), undefined);
        assert.equal(bucket(exempting("two")), 1);
        assert.deepEqual(stack([QUEUE], exempting("*Queue::one")), ["As a whole.\ny"]);
    });

    it("is a line on stderr, for a resource policy once the stack is complete, and once for each resource", () => {
        bucket(exempting("one"));
        ofBuckets.remediateResource?.(argsFor(BUCKET, { a: 1 }, exempting("one")));
        assert.deepEqual(printed, []);
        stack([QUEUE], exempting("one"));
        assert.deepEqual(printed, [
            'shop-buckets exempts 1 resource: "one"; an exemption ends on 2026-11-25',
            'shop-stack exempts 1 resource: "one"; an exemption ends on 2026-11-25',
        ]);
    });

    it("is named in the line also where it is the stack itself", () => {
        assert.deepEqual(stack([QUEUE, "pulumi:pulumi:Stack"], exempting("*pulumi:pulumi:Stack::*")), [`${QUEUE}\nx`]);
        assert.deepEqual(printed, ['shop-stack exempts 1 resource: "one"; an exemption ends on 2026-11-25']);
    });

    it("is a line of the stack that it is in, and of no other", () => {
        bucket(exempting("one"));
        stack([QUEUE]);
        printed.length = 0;
        stack([QUEUE]);
        assert.deepEqual(printed, []);
    });

    it("has a line also where no stack policy applies", () => {
        bucket(exempting("one"));
        assert.throws(() => stack([TOPIC]), NOT_APPLICABLE);
        assert.equal(printed.length, 1);
    });

    it("may be the stack as a whole, by the resource that stands for it", () => {
        const root = "pulumi:pulumi:Stack";
        assert.deepEqual(stack([root, QUEUE], exempting(`${root}::one`)), [`${QUEUE}\nx`]);
        assert.deepEqual(stack([QUEUE], exempting(`${root}::one`)), [`${QUEUE}\nx`, "As a whole.\ny"]);
    });
});

describe("what a stack policy could not decide", () => {
    const rows: readonly (readonly [when: string, cases: readonly string[], lines: readonly string[]])[] = [
        ["without a case there is no line", [], []],
        ["one case is one line on stderr", ["a"], ["shop-policy could not decide on a"]],
        ["three cases are one line", ["a", "b", "c"], ["shop-policy could not decide on a; b; c"]],
        [
            "of four cases, the last one is only counted",
            ["a", "b", "c", "d"],
            ["shop-policy could not decide on a; b; c; and 1 more"],
        ],
        [
            "of five cases, the last two are only counted",
            ["a", "b", "c", "d", "e"],
            ["shop-policy could not decide on a; b; c; and 2 more"],
        ],
    ];
    const print = console.error;
    afterEach(() => {
        console.error = print;
    });

    for (const [when, cases, lines] of rows) {
        it(when, () => {
            const printed: unknown[] = [];
            console.error = (line) => printed.push(line);
            const [policy] = toPulumi([
                stackPolicy({ ...METADATA, ...STANDING, evaluate: () => cases.map((undecided) => ({ undecided })) }),
            ]) as [StackValidationPolicy];
            policy.validateStack(stackArgs([BUCKET]), unexpected);
            assert.deepEqual(printed, lines);
        });
    }
});

describe("the metadata that the SDK gets", () => {
    const metadataOf = (policy: Policy) => {
        const [{ validateStack: _, ...metadata }] = toPulumi([policy]) as [StackValidationPolicy];
        return metadata;
    };
    const evaluate = () => [];
    const { types: _, config, ...common } = METADATA;

    it("has the framework of a control that the policy mirrors, with its severity, page and tags", () => {
        assert.deepEqual(
            metadataOf(stackPolicy({ ...METADATA, mirrors: ["CloudWatch.16"], tags: ["own"], evaluate })),
            {
                ...common,
                severity: "medium",
                url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16",
                framework: {
                    name: "AWS Security Hub",
                    version: "NIST SP 800-53 Rev. 5",
                    reference: "CloudWatch.16",
                    specification: "CloudWatch log groups should be retained for a specified time period",
                },
                tags: [
                    "own",
                    ...["AU-6(3)", "AU-6(4)", "AU-10", "AU-11", "CA-7", "SI-12"].map((one) => `NIST.800-53.r5 ${one}`),
                ],
                configSchema: { properties: { ...config, ...EXEMPTION_KEYS } },
            },
        );
    });

    it("has a tag, but no framework, for a control that the policy only supports", () => {
        assert.deepEqual(metadataOf(stackPolicy({ ...METADATA, ...STANDING, supports: ["CloudWatch.16"], evaluate })), {
            ...common,
            ...STANDING,
            tags: [
                "Security Hub CloudWatch.16",
                ...["AU-6(3)", "AU-6(4)", "AU-10", "AU-11", "CA-7", "SI-12"].map((one) => `NIST.800-53.r5 ${one}`),
            ],
            configSchema: { properties: { ...config, ...EXEMPTION_KEYS } },
        });
    });

    it("names all controls that a policy mirrors, with the severity and the page of the first", () => {
        const { framework, severity, url, tags } = metadataOf(
            stackPolicy({ ...METADATA, mirrors: ["APIGateway.3", "APIGateway.4"], evaluate }),
        );
        assert.deepEqual(
            { framework, severity, url, tags },
            {
                framework: {
                    name: "AWS Security Hub",
                    version: "FSBP v1.0.0",
                    reference: "APIGateway.3, APIGateway.4",
                    specification:
                        "API Gateway REST API stages should have AWS X-Ray tracing enabled; API Gateway should be associated with a WAF Web ACL",
                },
                severity: "low",
                url: "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-3",
                tags: ["NIST.800-53.r5 CA-7", "NIST.800-53.r5 AC-4(21)"],
            },
        );
    });

    it("has a tag for each requirement of NIST SP 800-171 and PCI DSS", () => {
        const tagsFor = (control: "APIGateway.2" | "APIGateway.9") =>
            metadataOf(stackPolicy({ ...METADATA, mirrors: [control], evaluate })).tags?.at(-1);
        assert.deepEqual(
            [tagsFor("APIGateway.2"), tagsFor("APIGateway.9")],
            ["NIST.800-171.r2 3.13.15", "PCI DSS v4.0.1 10.4.2"],
        );
    });

    it("is disabled by default where the policy is optional", () => {
        const levelOf = (isOptional: boolean) =>
            metadataOf(stackPolicy({ ...METADATA, ...STANDING, isOptional, evaluate })).enforcementLevel;
        assert.deepEqual([levelOf(true), levelOf(false)], ["disabled", undefined]);
    });

    it("has no config keys of its own, no tags and no remediation where the policy has none", () => {
        const { config: _config, ...rest } = METADATA;
        const [policy] = toPulumi([resourcePolicy({ ...rest, ...STANDING, evaluate: () => undefined })]) as [
            ResourceValidationPolicy,
        ];
        assert.deepEqual(Object.keys(policy).sort(), [
            ...["configSchema", "description", "displayName", "name", "remediationSteps", "severity", "tags", "url"],
            "validateResource",
        ]);
        assert.deepEqual([policy.configSchema, policy.tags], [{ properties: EXEMPTION_KEYS }, []]);
    });
});
