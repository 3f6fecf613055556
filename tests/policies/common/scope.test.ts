import assert from "node:assert/strict";
import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { ofType } from "../../../apigateway/resource";
import { mendTypes, onStack, onTypes } from "../../../policies/common/scope";

const BUCKET = "aws:s3/bucket:Bucket";
const QUEUE = "aws:sqs/queue:Queue";
const TOPIC = "aws:sns/topic:Topic";
const ONLY = `Policy only applies to ${BUCKET}, ${QUEUE}`;

/** As the policy SDK's own, which ends the policy by throwing. */
function notApplicable(reason?: string): never {
    throw new Error(`not applicable: ${reason}`);
}
const NOT_APPLICABLE = new Error(`not applicable: ${ONLY}`);

const resource = (type: string, props = { a: 1 }) => ({ type, name: "one", urn: `urn:${type}::one`, props });
const argsOf = (type: string, props?: { a: number }) =>
    ({ ...resource(type, props), notApplicable }) as unknown as ResourceValidationArgs;
const ONLY_READ = {} as { a: number };
const stackOf = (...types: string[]) =>
    ({ resources: types.map((type) => resource(type)), notApplicable }) as unknown as StackValidationArgs;

const config = () => ({ days: 7 });
const BAD_CONFIG = new Error("bad config");
const badConfig = () => {
    throw BAD_CONFIG;
};

const never = () => assert.fail("nothing is to be judged");

describe("onTypes", () => {
    const validate = onTypes([BUCKET, QUEUE], config, ({ name }, { days }, report) => report(`${name} ${days}`));

    for (const type of [BUCKET, QUEUE]) {
        it(`judges a ${type}`, () => {
            const found: string[] = [];
            validate(argsOf(type), (message) => found.push(message));
            assert.deepEqual(found, ["one 7"]);
        });
    }

    it("does not judge another type", () => {
        assert.throws(() => validate(argsOf(TOPIC), never), NOT_APPLICABLE);
    });

    it("does not judge what is only read, which has no inputs", () => {
        assert.throws(() => validate(argsOf(BUCKET, ONLY_READ), never), NOT_APPLICABLE);
    });

    it("reads the config first, whatever the type", () => {
        assert.throws(() => onTypes([BUCKET], badConfig, never)(argsOf(TOPIC), never), BAD_CONFIG);
    });
});

describe("mendTypes", () => {
    const mend = (changed: boolean) => mendTypes([BUCKET, QUEUE], config, () => changed);

    it("gives the inputs back when it changed them", () => {
        assert.deepEqual(mend(true)(argsOf(QUEUE)), { a: 1 });
    });

    it("gives nothing back when it did not", () => {
        assert.equal(mend(false)(argsOf(QUEUE)), undefined);
    });

    it("does not mend another type", () => {
        assert.throws(() => mend(true)(argsOf(TOPIC)), NOT_APPLICABLE);
    });

    it("does not mend what is only read", () => {
        assert.throws(() => mend(true)(argsOf(BUCKET, ONLY_READ)), NOT_APPLICABLE);
    });

    it("reads the config first, whatever the type", () => {
        assert.throws(() => mendTypes([BUCKET], badConfig, never)(argsOf(TOPIC)), BAD_CONFIG);
    });
});

describe("onStack", () => {
    const validate = onStack("shop-policy", [BUCKET, QUEUE], config, (stack, { days }, verdicts) => {
        const all = ofType(stack, TOPIC, QUEUE);
        verdicts.finding(`${all.length} ${days}`, all[0]);
        verdicts.finding("as a whole");
    });
    const judge = (stack: StackValidationArgs) => {
        const found: [string, string | undefined][] = [];
        validate(stack, (message, urn) => found.push([message, urn]));
        return found;
    };

    it("judges a stack with a resource of one of the types", () => {
        assert.deepEqual(judge(stackOf(TOPIC, QUEUE)), [
            ["2 7", `urn:${TOPIC}::one`],
            ["as a whole", undefined],
        ]);
    });

    it("does not judge a stack without any", () => {
        assert.throws(() => judge(stackOf(TOPIC)), NOT_APPLICABLE);
        assert.throws(() => judge(stackOf()), NOT_APPLICABLE);
    });

    it("reads the config first, whatever the stack", () => {
        const withBadConfig = onStack("shop-policy", [BUCKET], badConfig, never);
        assert.throws(() => withBadConfig(stackOf(), never), BAD_CONFIG);
    });
});

describe("what a stack policy could not decide", () => {
    const rows: readonly (readonly [when: string, undecided: readonly string[], lines: readonly string[]])[] = [
        ["is no line when it is nothing", [], []],
        ["is one line", ["a"], ["shop-policy could not decide on a"]],
        ["is one line, of three, too", ["a", "b", "c"], ["shop-policy could not decide on a; b; c"]],
        [
            "is told three of, and how many more",
            ["a", "b", "c", "d"],
            ["shop-policy could not decide on a; b; c; and 1 more"],
        ],
        ["counts all the others", ["a", "b", "c", "d", "e"], ["shop-policy could not decide on a; b; c; and 2 more"]],
    ];
    const print = console.error;
    afterEach(() => {
        console.error = print;
    });

    for (const [when, undecided, lines] of rows) {
        it(when, () => {
            const printed: unknown[] = [];
            console.error = (line) => printed.push(line);
            const validate = onStack("shop-policy", [BUCKET], config, (_stack, _config, verdicts) => {
                undecided.forEach(verdicts.undecided);
            });
            validate(stackOf(BUCKET), never);
            assert.deepEqual(printed, lines);
        });
    }
});
