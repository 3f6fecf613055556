import assert from "node:assert/strict";
import { accountAndRegion, apartness, areApart, region } from "../../stack/provider";
import type { Resource } from "../../stack/resource";
import { UNKNOWN } from "../../stack/values";
import { type Row, table } from "../support/rows";
import { UNKNOWN_VALUE } from "../support/wire/declare";

type Properties = Record<string, unknown>;

/** A resource with a provider of the given name, so that two resources share a provider only on purpose. */
function resource(provider: string | undefined, inputs: Properties = {}, props: Properties = {}): Resource {
    return {
        type: "aws:apigateway/account:Account",
        name: "account",
        urn: "urn:pulumi:dev::shop::aws:apigateway/account:Account::account",
        props,
        dependencies: [],
        propertyDependencies: {},
        ...(provider === undefined
            ? {}
            : { provider: { urn: `urn:pulumi:dev::shop::pulumi:providers:aws::${provider}`, props: inputs } }),
    };
}

/** A resource with an own region that comes from another resource. */
function fromElsewhere(one: Resource, name: string): Resource {
    return { ...one, urn: `${one.urn}-${name}`, propertyDependencies: { region: [] } };
}

const a = (inputs?: Properties, props?: Properties) => resource("a", inputs, props);
const b = (inputs?: Properties, props?: Properties) => resource("b", inputs, props);

table(
    "accountAndRegion of two resources is the same",
    ([one, other]: readonly [Resource, Resource]) => accountAndRegion(one) === accountAndRegion(other),
    [
        ["the same provider is the same account and region", [a({ profile: "x" }), a({ profile: "x" })], true],
        [
            "the same provider is the same, even while its inputs are not known",
            [a({ profile: UNKNOWN_VALUE }), a({ profile: UNKNOWN_VALUE })],
            true,
        ],
        [
            "two providers with equal inputs are the same",
            [a({ region: "r1", profile: "x" }), b({ region: "r1", profile: "x" })],
            true,
        ],
        [
            "the order of inputs does not matter",
            [a({ profile: "x", token: "y" }), b({ token: "y", profile: "x" })],
            true,
        ],
        [
            "two providers with equal lists are the same",
            [a({ assumeRoles: [{ roleArn: "x" }] }), b({ assumeRoles: [{ roleArn: "x" }] })],
            true,
        ],
        ["a different version is not a different account", [a({ version: "7.1.0" }), b({ version: "7.2.0" })], true],
        ["the engine's own inputs do not matter", [a({ __defaults: [] }), b({ __internal: {} })], true],
        ["two providers without inputs are the same", [a(), b()], true],

        ["a different profile may be a different account", [a({ profile: "x" }), b({ profile: "y" })], false],
        ["a profile may be a different account than no profile", [a({ profile: "x" }), b()], false],
        ["the same value of a different input is a difference", [a({ profile: "x" }), b({ token: "x" })], false],
        [
            "inputs that choose no credentials do not matter",
            [
                a({ skipRegionValidation: true, defaultTags: { tags: { team: "a" } }, maxRetries: 3 }),
                b({ ignoreTags: { keys: [UNKNOWN_VALUE] } }),
            ],
            true,
        ],
        [
            "a different role inside a list may be a different account",
            [a({ assumeRoles: [{ roleArn: "x" }] }), b({ assumeRoles: [{ roleArn: "y" }] })],
            false,
        ],
        [
            "inputs that are not known yet may differ",
            [a({ profile: UNKNOWN_VALUE }), b({ profile: UNKNOWN_VALUE })],
            false,
        ],
        [
            "inputs that are not known yet on one side may differ",
            [a({ profile: UNKNOWN_VALUE }), b({ profile: "x" })],
            false,
        ],
        [
            "nested inputs that are not known yet may differ",
            [a({ assumeRole: { roleArn: UNKNOWN_VALUE } }), b({ assumeRole: { roleArn: UNKNOWN_VALUE } })],
            false,
        ],
        [
            "one unknown input among known ones may differ",
            [a({ profile: "x", token: UNKNOWN_VALUE }), b({ profile: "x", token: UNKNOWN_VALUE })],
            false,
        ],
        [
            "secrets that could not be decrypted may differ",
            [a({ secretKey: "[secret]" }), b({ secretKey: "[secret]" })],
            false,
        ],

        ["two regions are different", [a({ region: "r1" }), b({ region: "r2" })], false],
        ["two regions with the same provider are different", [a({}, { region: "r1" }), a({}, { region: "r2" })], false],
        [
            "a resource's own region takes precedence over the provider's",
            [a({ region: "r1" }, { region: "r2" }), b({ region: "r2" })],
            true,
        ],
        [
            "a resource's own region may be equal to a provider's region",
            [a({}, { region: "r1" }), b({ region: "r1" })],
            true,
        ],
        ["a region that is not set may be different", [a({}), b({ region: "r1" })], false],
        ["a region that is not known yet may be different", [a({ region: UNKNOWN_VALUE }), b({ region: "r1" })], false],
        [
            "the unknown region of the same provider is the same region",
            [a({ region: UNKNOWN_VALUE }), a({ region: UNKNOWN_VALUE })],
            true,
        ],

        [
            "unknown regions of their own may differ, even with the same provider",
            [
                fromElsewhere(a({}, { region: UNKNOWN_VALUE }), "one"),
                fromElsewhere(a({}, { region: UNKNOWN_VALUE }), "two"),
            ],
            false,
        ],
        [
            "an unknown region of its own may differ from the unknown one of its provider",
            [
                fromElsewhere(a({ region: UNKNOWN_VALUE }, { region: UNKNOWN_VALUE }), "one"),
                a({ region: UNKNOWN_VALUE }),
            ],
            false,
        ],
        [
            "a region of its own that providers before v7 leave out in previews may differ",
            [fromElsewhere(a({ region: "r1" }), "one"), a({ region: "r1" })],
            false,
        ],
        [
            "the unknown regions of two providers may differ",
            [a({ region: UNKNOWN_VALUE }), b({ region: UNKNOWN_VALUE })],
            false,
        ],
        ["an unknown region may differ from one that is not set", [a({ region: UNKNOWN_VALUE }), b({})], false],

        ["two resources without providers are the same", [resource(undefined), resource(undefined)], true],
        ["a resource without a provider and one with a provider are different", [resource(undefined), b()], false],
        [
            "two regions without providers are different",
            [resource(undefined, {}, { region: "r1" }), resource(undefined, {}, { region: "r2" })],
            false,
        ],
    ],
);

const role = (account: string, name = "deploy") => `arn:aws:iam::${account}:role/${name}`;
const [FIRST, SECOND] = ["111111111111", "222222222222"];

table(
    "areApart",
    ([one, other]: readonly [Resource, Resource]) => {
        const answer = areApart(one, other);
        assert.equal(areApart(other, one), answer);
        return answer;
    },
    [
        ["two resources of which nothing is known are not known to be apart", [a(), b()], false],
        ["two regions are apart", [a({ region: "r1" }), b({ region: "r2" })], true],
        ["a region that is not set may be any", [a({ region: "r1" }), b()], false],
        [
            "roles of two accounts are apart",
            [a({ assumeRole: { roleArn: role(FIRST) } }), b({ assumeRole: { roleArn: role(SECOND) } })],
            true,
        ],
        ...["assumeRoleWithWebIdentity", "roleArn"].map(
            (name): Row<readonly [Resource, Resource], boolean> => [
                `roles of two accounts in ${name} are apart`,
                [a({ [name]: { roleArn: role(FIRST) } }), b({ [name]: { roleArn: role(SECOND) } })],
                true,
            ],
        ),
        [
            "a role comes before the accounts that are allowed",
            [
                a({ assumeRole: { roleArn: role(FIRST) }, allowedAccountIds: [SECOND] }),
                b({ allowedAccountIds: [SECOND] }),
            ],
            true,
        ],
        [
            "two roles of one account are not",
            [a({ assumeRole: { roleArn: role(FIRST) } }), b({ assumeRole: { roleArn: role(FIRST, "read") } })],
            false,
        ],
        [
            "a role and a profile may be of one account",
            [a({ assumeRole: { roleArn: role(FIRST) } }), b({ profile: "x" })],
            false,
        ],
        [
            "a role without an account may be of any",
            [a({ assumeRole: { roleArn: "deploy" } }), b({ assumeRole: { roleArn: role(SECOND) } })],
            false,
        ],
        [
            "a list of roles in JSON, as providers have it in states, acts with its last role",
            [
                a({ assumeRoles: JSON.stringify([{ roleArn: role(SECOND) }, { roleArn: role(FIRST) }]) }),
                b({ assumeRoles: [{ roleArn: role(FIRST) }, { roleArn: role(SECOND) }] }),
            ],
            true,
        ],
        [
            "a role that is not known yet may be of any account",
            [a({ assumeRoles: [{ roleArn: UNKNOWN_VALUE }] }), b({ assumeRole: { roleArn: role(FIRST) } })],
            false,
        ],
        [
            "one allowed account each is the account",
            [a({ allowedAccountIds: [FIRST] }), b({ allowedAccountIds: JSON.stringify([SECOND]) })],
            true,
        ],
        [
            "several allowed accounts may be any of them",
            [a({ allowedAccountIds: [FIRST, SECOND] }), b({ allowedAccountIds: [SECOND] })],
            false,
        ],
        [
            "allowed accounts that are not known yet may be any",
            [a({ allowedAccountIds: [UNKNOWN_VALUE] }), b({ allowedAccountIds: [SECOND] })],
            false,
        ],
        [
            "a resource without a provider may be in any account",
            [resource(undefined), b({ allowedAccountIds: [SECOND] })],
            false,
        ],
    ],
);

table(
    "apartness",
    (pairs: readonly (readonly [Resource, Resource])[]) => {
        const areKnownApart = apartness();
        return pairs.map(([one, other]) => areKnownApart(one, other));
    },
    [
        [
            "is that of each two, whatever was compared before",
            [
                [a({ region: "r1" }), b({ region: "r2" })],
                [a({ region: "r1" }), b({ region: "r1" })],
                [a({ region: "r2" }), b({ region: "r1" })],
                [a({ region: "r2" }), b({ region: "r2" })],
            ],
            [true, false, true, false],
        ],
    ],
);

table("region", region, [
    [
        "the resource's own region comes first",
        { props: { region: "us-east-1" }, provider: provider({ region: "eu-west-1" }) },
        "us-east-1",
    ],
    ["the provider's region comes second", { props: {}, provider: provider({ region: "eu-west-1" }) }, "eu-west-1"],
    [
        "an empty region is not a region",
        { props: { region: "" }, provider: provider({ region: "eu-west-1" }) },
        "eu-west-1",
    ],
    ["a region that is not set anywhere is absent", { props: {}, provider: provider({}) }, undefined],
    ["a region that is not set is absent without a provider, too", { props: {} }, undefined],
    ["the resource's own region is enough without a provider", { props: { region: "us-east-1" } }, "us-east-1"],
    [
        "an own region that is not known yet is unknown, whatever the provider's is",
        { props: { region: UNKNOWN_VALUE }, provider: provider({ region: "eu-west-1" }) },
        UNKNOWN,
    ],
    [
        "a provider's region that is not known yet is unknown",
        { props: {}, provider: provider({ region: UNKNOWN_VALUE }) },
        UNKNOWN,
    ],
]);

function provider(props: Record<string, unknown>) {
    return { urn: "urn:pulumi:dev::shop::pulumi:providers:aws::aws", props };
}
