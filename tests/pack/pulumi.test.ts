import assert from "node:assert/strict";
import type {
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { EXEMPTION_KEYS, type Exemption } from "../../pack/exemptions";
import type { LogNote } from "../../pack/notes";
import { type Policy, resourcePolicy, stackPolicy } from "../../pack/policy";
import { toPulumi } from "../../pack/pulumi";
import { ofType, type Stack } from "../../stack/stack";

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

/** Where nothing is to be said. */
const SILENT = { say: () => assert.fail("nothing is to be said") };

describe("toPulumi of a resource policy", () => {
    const [policy] = toPulumi(
        [
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
        ],
        SILENT,
    ) as [ResourceValidationPolicy];
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
    const [policy] = toPulumi(
        [
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
        ],
        SILENT,
    ) as [StackValidationPolicy];
    const findingsIn = async (args: StackValidationArgs) => {
        const found: [string, string | undefined][] = [];
        await policy.validateStack(args, (message, urn) => found.push([message, urn]));
        return found;
    };

    it("reports findings on resources, and on the whole stack", async () => {
        assert.deepEqual(await findingsIn(stackArgs([TOPIC, QUEUE])), [
            ["2 7.\nx", `urn:pulumi:dev::shop::${TOPIC}::one`],
            ["As a whole.\ny", undefined],
        ]);
    });

    it("does not apply to a stack without a resource of its types", async () => {
        await assert.rejects(findingsIn(stackArgs([TOPIC])), NOT_APPLICABLE);
        await assert.rejects(findingsIn(stackArgs([])), NOT_APPLICABLE);
    });

    it("rejects a config with a mistake, whatever the stack", async () => {
        await assert.rejects(findingsIn(stackArgs([], { day: 1 })), UNKNOWN_KEY);
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
        it(when, async () => {
            const [ofBuckets, ofStack] = toPulumi(
                [
                    resourcePolicy({ ...METADATA, ...STANDING, evaluate: () => undefined }),
                    stackPolicy({
                        ...METADATA,
                        ...STANDING,
                        evaluate: (stack) =>
                            ofType(stack, BUCKET).map((one) => ({ resource: one, problem: one.name, advice: "x" })),
                    }),
                ],
                SILENT,
            ) as [ResourceValidationPolicy, StackValidationPolicy];
            const validate = ofBuckets.validateResource as (args: ResourceValidationArgs, report: () => void) => void;
            for (const props of inputs) {
                const isRead = Object.keys(props).length === 0;
                const run = () => validate(argsFor(BUCKET, props), unexpected);
                isRead ? assert.throws(run, NOT_APPLICABLE) : run();
            }
            const found: string[] = [];
            const resources = [resource(BUCKET, outputs)];
            const args = { resources, notApplicable, getConfig: () => ({}) } as unknown as StackValidationArgs;
            await ofStack.validateStack(args, (message) => found.push(message));
            assert.deepEqual(found, messages);
        });
    }
});

describe("the stack policies of one request", () => {
    const stacks: Stack[] = [];
    const said: string[] = [];
    const watching = (name: string) =>
        stackPolicy({
            ...METADATA,
            ...STANDING,
            name,
            evaluate: (stack) => {
                stacks.push(stack);
                return [{ undecided: "it" }];
            },
        });
    const [first, second] = toPulumi([watching("first"), watching("second")], {
        say: async ({ text }) => {
            // As a call to the engine, which ends in a later macrotask.
            await new Promise((done) => setImmediate(() => setImmediate(done)));
            said.push(text);
        },
    }) as [StackValidationPolicy, StackValidationPolicy];
    beforeEach(() => {
        stacks.length = 0;
        said.length = 0;
    });
    const run = async (types: readonly string[]) => {
        await first.validateStack(stackArgs(types), unexpected);
        await second.validateStack(stackArgs(types), unexpected);
    };

    it("get the same stack, also if there was something to say between them", async () => {
        await run([BUCKET]);
        assert.deepEqual(said, ["first could not decide on it", "second could not decide on it"]);
        assert.equal(stacks.length, 2);
        assert.equal(stacks[0], stacks[1]);
    });

    it("get another stack than those of the request before", async () => {
        await run([BUCKET]);
        await new Promise(setImmediate);
        await run([BUCKET]);
        assert.equal(new Set(stacks).size, 2);
    });

    it("get another stack than those of a request at the same time", async () => {
        await Promise.all([run([BUCKET]), run([QUEUE])]);
        assert.deepEqual(
            stacks.map((stack) => [BUCKET, QUEUE].filter((type) => stack.byType.get(type))),
            [[BUCKET], [QUEUE], [BUCKET], [QUEUE]],
        );
    });
});

describe("what the config of a policy exempts", () => {
    const remedy = [{ set: ["a"], to: 0 }] as const;
    const said: LogNote[] = [];
    const say = async (note: LogNote) => void said.push(note);
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
            { say, clock: () => "2026-11-25" },
        ) as [ResourceValidationPolicy, StackValidationPolicy];
    let [ofBuckets, ofStack] = served();
    const exempting = (match: string): { exemptions: Exemption[] } => ({
        exemptions: [{ match, reason: "Only for load tests", until: "2026-11-25" }],
    });

    beforeEach(() => {
        [ofBuckets, ofStack] = served();
        said.length = 0;
    });
    const bucket = (config = {}) => {
        const validate = ofBuckets.validateResource as (args: ResourceValidationArgs, report: () => void) => void;
        let findings = 0;
        validate(argsFor(BUCKET, { a: 1 }, config), () => findings++);
        return findings;
    };
    const stack = async (types: readonly string[], config = {}) => {
        said.length = 0;
        const found: string[] = [];
        await ofStack.validateStack(stackArgs(types, config), (message) => found.push(message));
        return found;
    };
    const BUCKETS = {
        text: 'shop-buckets exempts 1 resource: "one"; an exemption ends on 2026-11-25',
        urn: `urn:pulumi:dev::shop::${BUCKET}::one`,
    };
    const inStack = (type: string) => ({
        text: 'shop-stack exempts 1 resource: "one"; an exemption ends on 2026-11-25',
        urn: `urn:pulumi:dev::shop::${type}::one`,
    });

    it("is not reported, and not remediated", async () => {
        assert.equal(bucket(exempting("one")), 0);
        assert.equal(ofBuckets.remediateResource?.(argsFor(BUCKET, { a: 1 }, exempting("one"))), undefined);
        assert.equal(bucket(exempting("two")), 1);
        assert.deepEqual(await stack([QUEUE], exempting("*Queue::one")), ["As a whole.\ny"]);
    });

    it("is a note, for a resource policy once the stack is complete, and once for each resource", async () => {
        bucket(exempting("one"));
        ofBuckets.remediateResource?.(argsFor(BUCKET, { a: 1 }, exempting("one")));
        assert.deepEqual(said, []);
        await stack([QUEUE], exempting("one"));
        assert.deepEqual(said, [BUCKETS, inStack(QUEUE)]);
    });

    it("is named in the note also where it is the stack itself", async () => {
        const root = "pulumi:pulumi:Stack";
        assert.deepEqual(await stack([QUEUE, root], exempting(`*${root}::*`)), [`${QUEUE}\nx`]);
        assert.deepEqual(said, [inStack(root)]);
    });

    it("is a note without a URN if it is several resources", async () => {
        await stack([QUEUE, BUCKET], exempting("one"));
        assert.deepEqual(said, [
            { text: 'shop-stack exempts 2 resources: "one", "one"; an exemption ends on 2026-11-25' },
        ]);
    });

    it("is a note of the stack that it is in, and of no other", async () => {
        bucket(exempting("one"));
        await stack([QUEUE]);
        assert.deepEqual(said, [BUCKETS]);
        await stack([QUEUE]);
        assert.deepEqual(said, []);
    });

    it("is a note also where no stack policy applies", async () => {
        bucket(exempting("one"));
        await assert.rejects(stack([TOPIC]), NOT_APPLICABLE);
        assert.deepEqual(said, [BUCKETS]);
    });

    it("may be the stack as a whole, by the resource that stands for it", async () => {
        const root = "pulumi:pulumi:Stack";
        assert.deepEqual(await stack([root, QUEUE], exempting(`${root}::one`)), [`${QUEUE}\nx`]);
        assert.deepEqual(await stack([QUEUE], exempting(`${root}::one`)), [`${QUEUE}\nx`, "As a whole.\ny"]);
    });
});

describe("what a stack policy could not decide", () => {
    const rows: readonly (readonly [when: string, cases: readonly string[], lines: readonly string[]])[] = [
        ["without a case there is no line", [], []],
        ["one case is one line", ["a"], ["shop-policy could not decide on a"]],
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
    for (const [when, cases, lines] of rows) {
        it(when, async () => {
            const said: LogNote[] = [];
            const [policy] = toPulumi(
                [stackPolicy({ ...METADATA, ...STANDING, evaluate: () => cases.map((undecided) => ({ undecided })) })],
                { say: async (note) => void said.push(note) },
            ) as [StackValidationPolicy];
            await policy.validateStack(stackArgs([BUCKET]), unexpected);
            assert.deepEqual(
                said,
                lines.map((text) => ({ text })),
            );
        });
    }
});

describe("the metadata that the SDK gets", () => {
    const metadataOf = (policy: Policy) => {
        const [{ validateStack: _, ...metadata }] = toPulumi([policy], SILENT) as [StackValidationPolicy];
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
        const [policy] = toPulumi([resourcePolicy({ ...rest, ...STANDING, evaluate: () => undefined })], SILENT) as [
            ResourceValidationPolicy,
        ];
        assert.deepEqual(Object.keys(policy).sort(), [
            ...["configSchema", "description", "displayName", "name", "remediationSteps", "severity", "tags", "url"],
            "validateResource",
        ]);
        assert.deepEqual([policy.configSchema, policy.tags], [{ properties: EXEMPTION_KEYS }, []]);
    });
});
