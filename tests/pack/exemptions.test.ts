import assert from "node:assert/strict";
import { readConfig } from "../../pack/config";
import {
    type Exempt,
    type Exemption,
    exempted,
    exemptionProblem,
    exemptLine,
    isDay,
    policyOfExemptLine,
    type Reason,
} from "../../pack/exemptions";
import { resourcePolicy } from "../../pack/policy";
import { type Row, table } from "../support/rows";
import { stack } from "../support/stack";
import {
    type Declared,
    declare,
    from,
    idOf,
    logGroup,
    type Moment,
    nativeStage,
    restApi,
    stage,
    UNKNOWN_VALUE,
    v2Api,
} from "../support/wire/declare";

const TODAY = "2026-11-25";
const FINDING = { problem: "The shop is closed.", advice: "Open it." };
const REASON = "Only for load tests";

interface Given {
    readonly exemptions?: readonly Exemption[];
    readonly exemptionTag?: boolean;
    readonly resources?: readonly Declared[];
    /** The name of the resource of the finding. */
    readonly of?: string | undefined;
    /** A resource policy gets no stack. */
    readonly alone?: true;
    readonly at?: Moment;
}

const GROUP = logGroup("orders", {});
const URN = "urn:pulumi:dev::shop::aws:cloudwatch/logGroup:LogGroup::orders";

/** The reasons for which the finding is exempt, or the problem of a finding that is not. */
function outcome(given: Given): readonly Reason[] | string {
    const { resources = [GROUP], alone, at = "deployed", exemptions, exemptionTag } = given;
    const { stack: all, named } = stack(resources, at);
    const of = "of" in given ? given.of : "orders";
    const result = exempted(FINDING, of === undefined ? undefined : named(of), {
        policy: "shop-policy",
        config: { ...(exemptions && { exemptions }), ...(exemptionTag && { exemptionTag }) },
        ...(alone ? {} : { stack: all }),
        today: TODAY,
    });
    if ("undecided" in result) {
        return `undecided: ${result.undecided}`;
    }
    if ("reasons" in result) {
        assert.equal(result.finding, FINDING);
        return result.reasons;
    }
    assert.equal(result.advice, FINDING.advice);
    return result.problem;
}

const by = (match: string, until?: string): Exemption => ({ match, reason: REASON, ...(until && { until }) });
const because = (name: string, until?: string): Reason => ({
    kind: "exemption",
    name,
    reason: REASON,
    ...(until && { until }),
});
const tagged = (tags: unknown) => logGroup("orders", { tags });
const TAG: Reason = { kind: "tag", name: "policy-exempt/shop-policy", reason: REASON };
const NO_REASON = `${FINDING.problem} The tag policy-exempt/shop-policy does not give a reason of 10 characters or more.`;

/** A stage whose name another resource gives. */
const DEV = {
    resources: [
        restApi("orders"),
        declare("random:index/randomPet:RandomPet", "pet", {}),
        stage("prod", { restApi: idOf("orders"), stageName: from("pet", "dev-cat") }),
    ],
    of: "prod",
};
const nativeDeployment = (stageDescription: object) =>
    declare("aws-native:apigateway:Deployment", "first", {
        restApiId: idOf("orders"),
        stageName: "v1",
        stageDescription,
    });

table("exempted", outcome, [
    ["a finding without exemptions is a finding", {}, FINDING.problem],
    ["a name exempts", { exemptions: [by("orders")] }, [because("orders")]],
    ["a name is matched as a whole", { exemptions: [by("order")] }, FINDING.problem],
    ["a name is matched as it is written", { exemptions: [by("Orders")] }, FINDING.problem],
    [
        "a reason of ten characters is enough",
        { exemptions: [{ match: "orders", reason: "Load tests" }] },
        [{ ...because("orders"), reason: "Load tests" }],
    ],
    [
        "blanks around a tag's reason do not count",
        { resources: [tagged({ [TAG.name]: "  Tests     " })], exemptionTag: true },
        NO_REASON,
    ],
    ["a pattern exempts", { exemptions: [by("ord*")] }, [because("ord*")]],
    ["a URN exempts", { exemptions: [by(URN)] }, [because(URN)]],
    ["a project exempts, by the URN", { exemptions: [by("*::shop::*")] }, [because("*::shop::*")]],
    ["another project does not", { exemptions: [by("*::stop::*")] }, FINDING.problem],
    [
        "a type and name exempt",
        { exemptions: [by("aws:cloudwatch/logGroup:LogGroup::orders")] },
        [because("aws:cloudwatch/logGroup:LogGroup::orders")],
    ],
    [
        "an API and its stage exempt the stage",
        {
            resources: [restApi("orders"), stage("prod", { restApi: idOf("orders"), stageName: "v1" })],
            of: "prod",
            exemptions: [by("orders/v1")],
        },
        [because("orders/v1")],
    ],
    [
        "the stage of another API is not exempt",
        {
            resources: [restApi("returns"), stage("prod", { restApi: idOf("returns"), stageName: "v1" })],
            of: "prod",
            exemptions: [by("orders/v1")],
        },
        FINDING.problem,
    ],
    [
        "an API and its stage exempt the stage of an aws-native Deployment",
        {
            resources: [restApi("orders"), nativeDeployment({})],
            of: "first",
            exemptions: [by("orders/v1")],
        },
        [because("orders/v1")],
    ],
    [
        "an API and its stage exempt the stage of quick create",
        {
            resources: [{ ...v2Api("orders", "HTTP"), props: { target: "arn:fn" } }],
            exemptions: [by("orders/$default")],
        },
        [because("orders/$default")],
    ],
    ...(["first preview", "first preview, provider v6"] as const).map(
        (at): Row<Given, ReturnType<typeof outcome>> => [
            `a stage whose name is not known yet may be exempt (${at})`,
            { ...DEV, at, exemptions: [by("returns/*"), by("orders/dev-*")] },
            'undecided: Stage "prod": whether the exemption "orders/dev-*" covers it is not known yet',
        ],
    ),
    [
        "a stage is exempt once its name is known",
        { ...DEV, exemptions: [by("orders/dev-*")] },
        [because("orders/dev-*")],
    ],
    [
        "a stage whose name is not known yet is exempt by its name in the program",
        { ...DEV, at: "first preview", exemptions: [by("orders/prod")] },
        [because("orders/prod")],
    ],
    [
        "a stage whose name is not known yet is not exempt by the stages of another API",
        { ...DEV, at: "first preview", exemptions: [by("returns/dev-*"), by("*::dev-*")] },
        FINDING.problem,
    ],
    [
        "a stage whose name is not known yet cannot be exempt by an exemption that has ended",
        { ...DEV, at: "first preview", exemptions: [by("orders/dev-*", "2026-11-24")] },
        FINDING.problem,
    ],
    [
        "a stage whose name is not known yet cannot be exempt without a reason",
        { ...DEV, at: "first preview", exemptions: [{ match: "orders/dev-*", reason: "           " }] },
        FINDING.problem,
    ],
    ["an exemption holds on its last day", { exemptions: [by("orders", TODAY)] }, [because("orders", TODAY)]],
    [
        "an exemption that has ended says so",
        { exemptions: [by("orders", "2026-11-24")] },
        `${FINDING.problem} The exemption "orders" ended on 2026-11-24.`,
    ],
    [
        "an exemption that has ended says so only for what it covered",
        { exemptions: [by("returns", "2026-11-24")] },
        FINDING.problem,
    ],
    [
        "one of several that has not ended is enough",
        { exemptions: [by("orders", "2026-11-24"), by("*", "2027-03-31"), by("ord*")] },
        [because("*", "2027-03-31"), because("ord*")],
    ],
    [
        "a finding on a stack that nothing stands for cannot be exempt",
        { exemptions: [by("*")], of: undefined },
        FINDING.problem,
    ],
    [
        "a tag does not exempt unless the config says so",
        { resources: [tagged({ [TAG.name]: REASON })] },
        FINDING.problem,
    ],
    ["a tag exempts", { resources: [tagged({ [TAG.name]: REASON })], exemptionTag: true }, [TAG]],
    [
        "a tag of another policy does not",
        { resources: [tagged({ "policy-exempt/other": REASON })], exemptionTag: true },
        FINDING.problem,
    ],
    [
        "a tag without a reason says so",
        { resources: [tagged({ [TAG.name]: " short    " })], exemptionTag: true },
        NO_REASON,
    ],
    ["an empty tag counts as none", { resources: [tagged({ [TAG.name]: "" })], exemptionTag: true }, FINDING.problem],
    [
        "a tag that is not known yet does not exempt",
        { resources: [tagged({ [TAG.name]: UNKNOWN_VALUE })], exemptionTag: true },
        FINDING.problem,
    ],
    ["tags that are not known yet do not", { resources: [tagged(UNKNOWN_VALUE)], exemptionTag: true }, FINDING.problem],
    ["tags of a wrong type do not", { resources: [tagged("x")], exemptionTag: true }, FINDING.problem],
    [
        "aws-native has a list of tags",
        {
            resources: [
                nativeStage("prod", {
                    tags: [
                        { key: "team", value: "shop" },
                        { key: TAG.name, value: REASON },
                    ],
                }),
            ],
            of: "prod",
            exemptionTag: true,
        },
        [TAG],
    ],
    [
        "the stage of an aws-native Deployment has its tags in the description of the stage",
        {
            resources: [restApi("orders"), nativeDeployment({ tags: [{ key: TAG.name, value: REASON }] })],
            of: "first",
            exemptionTag: true,
        },
        [TAG],
    ],
    [
        "a list without the tag does not exempt",
        { resources: [tagged([{ key: "team", value: REASON }])], exemptionTag: true },
        FINDING.problem,
    ],
    [
        "a tag of the API exempts its stages",
        {
            resources: [
                restApi("orders", { tags: { [TAG.name]: REASON } }),
                stage("prod", { restApi: idOf("orders") }),
            ],
            of: "prod",
            exemptionTag: true,
        },
        [TAG],
    ],
    [
        "a resource policy does not see the tags of the API",
        {
            resources: [
                restApi("orders", { tags: { [TAG.name]: REASON } }),
                stage("prod", { restApi: idOf("orders") }),
            ],
            of: "prod",
            exemptionTag: true,
            alone: true,
        },
        FINDING.problem,
    ],
    [
        "an exemption and a tag are both reasons",
        { resources: [tagged({ [TAG.name]: REASON })], exemptionTag: true, exemptions: [by("orders")] },
        [because("orders"), TAG],
    ],
]);

const OUTER = "urn:pulumi:dev::shop::shop:index:Outer$shop:index:Shop$aws:cloudwatch/logGroup:LogGroup::orders";

table(
    "exempted in a component inside another",
    (match: string) => {
        const group = { type: "aws:cloudwatch/logGroup:LogGroup", name: "orders", urn: OUTER, props: {} };
        const terms = { policy: "shop-policy", config: { exemptions: [by(match)] }, today: TODAY };
        return "reasons" in exempted(FINDING, group, terms);
    },
    [
        ["the type of the outer component exempts", "*::shop:index:Outer$*", true],
        ["the type of the inner component exempts", "*::shop:index:Shop$*", true],
        ["both types exempt", "*::shop:index:Outer$shop:index:Shop$*", true],
        ["its own type exempts", "*::aws:cloudwatch/logGroup:LogGroup::*", true],
        ["the end of a type does not", "*::index:Shop$*", false],
        ["another type does not", "*::shop:index:Stop$*", false],
        ["the exact URN exempts", OUTER, true],
        [
            "the exact URN of what is not inside the outer component does not",
            OUTER.replace("shop:index:Outer$", ""),
            false,
        ],
    ],
);

table(
    "exemptionProblem",
    (exemptions: unknown) => exemptionProblem({ ...(exemptions !== undefined && { exemptions }) }),
    [
        ["a config without exemptions is right", undefined, undefined],
        ["one with a day and one without are right", [by("a", "2028-02-29"), by("b")], undefined],
        [
            "a reason of blanks is no reason",
            [by("a"), { match: "a", reason: "   x            " }],
            "exemptions.1.reason: Say why in 10 characters or more, blanks aside.",
        ],
        [
            "a day that is not in the calendar does not mean for ever",
            [by("a", "2027-02-29")],
            'exemptions.0.until: "2027-02-29" is not a day such as "2027-03-31".',
        ],
        ["a name in place of the list", "orders", "exemptions: Invalid type. Expected: array, given: string"],
        ["nothing in place of the list", null, "exemptions: Invalid type. Expected: array, given: null"],
        ["nothing in place of one", [null], "exemptions.0: Invalid type. Expected: object, given: null"],
        ["a list in place of one", [by("a"), []], "exemptions.1: Invalid type. Expected: object, given: array"],
        ["a number in place of one", [7], "exemptions.0: Invalid type. Expected: object, given: integer"],
        ["one that says nothing", [{}], "exemptions.0: match is required"],
        ["one without a reason", [{ match: "a" }], "exemptions.0: reason is required"],
        [
            "a misspelt end does not mean for ever",
            [{ ...by("a"), untill: "2027-03-31" }],
            "exemptions.0: Additional property untill is not allowed",
        ],
        [
            "a reason that is a number",
            [{ match: "a", reason: 1.5 }],
            "exemptions.0.reason: Invalid type. Expected: string, given: number",
        ],
        [
            "an end that is nothing",
            [{ ...by("a"), until: null }],
            "exemptions.0.until: Invalid type. Expected: string, given: null",
        ],
        ["a match that is empty", [by("")], "exemptions.0.match: String length must be greater than or equal to 1"],
    ],
);

table("isDay", isDay, [
    ["a day is a day", "2027-03-31", true],
    ["a leap day is a day in a leap year", "2028-02-29", true],
    ["a leap day is not a day in another year", "2027-02-29", false],
    ["the 31st of April is not a day", "2027-04-31", false],
    ["a month after December is not a day", "2027-13-31", false],
    ["a month of a year with six digits is not a day", "+020261-01", false],
    ["a time is not a day", "2027-03-31T00:00:00Z", false],
    ["the American order is not a day", "03/31/2027", false],
    ["a short month is not a day", "2027-3-31", false],
    ["a year is not a day", "2027", false],
    ["nothing is not a day", "", false],
]);

const exempt = (...untils: (string | undefined)[]): Exempt => ({
    finding: FINDING,
    reasons: untils.map((until) => because("*", until)),
});
const lineOf = (named: Readonly<Record<string, Exempt>>) => {
    const byUrn = Object.entries(named).map(([name, one]) => [`urn:pulumi:dev::shop::a:b:C::${name}`, one] as const);
    return exemptLine("shop-policy", new Map(byUrn));
};

table("exemptLine", lineOf, [
    ["one resource, without an end", { a: exempt(undefined) }, 'shop-policy exempts 1 resource: "a"'],
    [
        "several, and the nearest end of all",
        { a: exempt("2027-03-31"), "b::c": exempt(undefined, "2027-01-31") },
        'shop-policy exempts 2 resources: "a", "b::c"; an exemption ends on 2027-01-31',
    ],
    [
        "of many, the names of three",
        {
            a: exempt(undefined),
            b: exempt(undefined),
            c: exempt(undefined),
            d: exempt(undefined),
            e: exempt(undefined),
        },
        'shop-policy exempts 5 resources: "a", "b", "c" and 2 more',
    ],
]);

table("policyOfExemptLine", policyOfExemptLine, [
    ["a line of one policy", lineOf({ a: exempt(undefined) }), "shop-policy"],
    ["a line of several resources", lineOf({ a: exempt(undefined), b: exempt(undefined) }), "shop-policy"],
    ["any other line", "the shop exempts nothing", undefined],
]);

describe("the config keys of exemptions", () => {
    it("are keys of every policy, and are checked like the others", () => {
        const policy = resourcePolicy({
            ...{
                name: "shop-policy",
                displayName: "Shops",
                description: "Open.",
                remediationSteps: "Open.",
                types: [],
            },
            ...{ severity: "low", url: "https://docs.aws.amazon.com/shop", evaluate: () => undefined },
        });
        assert.deepEqual(readConfig(policy, {}), { exemptions: [], exemptionTag: false });
        assert.throws(() => readConfig(policy, { exemptions: [by("a", "never")] }), {
            message: 'shop-policy: exemptions.0.until: "never" is not a day such as "2027-03-31".',
        });
    });
});
