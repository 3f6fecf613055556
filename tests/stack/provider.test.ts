import { region, sameAccountAndRegion } from "../../stack/provider";
import type { Resource } from "../../stack/resource";
import { UNKNOWN } from "../../stack/values";
import { table } from "../support/rows";
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

const a = (inputs?: Properties, props?: Properties) => resource("a", inputs, props);
const b = (inputs?: Properties, props?: Properties) => resource("b", inputs, props);

table(
    "sameAccountAndRegion",
    ([one, other]: readonly [Resource, Resource]) => [
        sameAccountAndRegion(one, other),
        sameAccountAndRegion(other, one),
    ],
    [
        ["the same provider is the same account and region", [a({ profile: "x" }), a({ profile: "x" })], [true, true]],
        [
            "the same provider is the same, even while its inputs are not known",
            [a({ profile: UNKNOWN_VALUE }), a({ profile: UNKNOWN_VALUE })],
            [true, true],
        ],
        [
            "two providers with equal inputs are the same",
            [a({ region: "r1", profile: "x" }), b({ region: "r1", profile: "x" })],
            [true, true],
        ],
        [
            "the order of inputs does not matter",
            [a({ profile: "x", token: "y" }), b({ token: "y", profile: "x" })],
            [true, true],
        ],
        [
            "two providers with equal lists are the same",
            [a({ assumeRoles: [{ roleArn: "x" }] }), b({ assumeRoles: [{ roleArn: "x" }] })],
            [true, true],
        ],
        [
            "a different version is not a different account",
            [a({ version: "7.1.0" }), b({ version: "7.2.0" })],
            [true, true],
        ],
        ["the engine's own inputs do not matter", [a({ __defaults: [] }), b({ __internal: {} })], [true, true]],
        ["two providers without inputs are the same", [a(), b()], [true, true]],

        ["a different profile may be a different account", [a({ profile: "x" }), b({ profile: "y" })], [false, false]],
        ["a profile may be a different account than no profile", [a({ profile: "x" }), b()], [false, false]],
        [
            "the same value of a different input is a difference",
            [a({ profile: "x" }), b({ token: "x" })],
            [false, false],
        ],
        ["only the input version itself is ignored", [a({ versions: "x" }), b()], [false, false]],
        ["only the input region itself is ignored", [a({ skipRegionValidation: true }), b()], [false, false]],
        [
            "a different role inside a list may be a different account",
            [a({ assumeRoles: [{ roleArn: "x" }] }), b({ assumeRoles: [{ roleArn: "y" }] })],
            [false, false],
        ],
        [
            "inputs that are not known yet may differ",
            [a({ profile: UNKNOWN_VALUE }), b({ profile: UNKNOWN_VALUE })],
            [false, false],
        ],
        [
            "inputs that are not known yet on one side may differ",
            [a({ profile: UNKNOWN_VALUE }), b({ profile: "x" })],
            [false, false],
        ],
        [
            "nested inputs that are not known yet may differ",
            [a({ ignoreTags: { keys: [UNKNOWN_VALUE] } }), b({ ignoreTags: { keys: [UNKNOWN_VALUE] } })],
            [false, false],
        ],
        [
            "one unknown input among known ones may differ",
            [a({ profile: "x", token: UNKNOWN_VALUE }), b({ profile: "x", token: UNKNOWN_VALUE })],
            [false, false],
        ],
        [
            "secrets that could not be decrypted may differ",
            [a({ secretKey: "[secret]" }), b({ secretKey: "[secret]" })],
            [false, false],
        ],

        ["two regions are different", [a({ region: "r1" }), b({ region: "r2" })], [false, false]],
        [
            "two regions with the same provider are different",
            [a({}, { region: "r1" }), a({}, { region: "r2" })],
            [false, false],
        ],
        [
            "a resource's own region takes precedence over the provider's",
            [a({ region: "r1" }, { region: "r2" }), b({ region: "r2" })],
            [true, true],
        ],
        [
            "a resource's own region may be equal to a provider's region",
            [a({}, { region: "r1" }), b({ region: "r1" })],
            [true, true],
        ],
        ["a region that is not set may be different", [a({}), b({ region: "r1" })], [false, false]],
        [
            "a region that is not known yet may be different",
            [a({ region: UNKNOWN_VALUE }), b({ region: "r1" })],
            [false, false],
        ],
        [
            "the unknown region of the same provider is the same region",
            [a({ region: UNKNOWN_VALUE }), a({ region: UNKNOWN_VALUE })],
            [true, true],
        ],

        ["two resources without providers are the same", [resource(undefined), resource(undefined)], [true, true]],
        [
            "a resource without a provider and one with a provider are different",
            [resource(undefined), b()],
            [false, false],
        ],
        [
            "two regions without providers are different",
            [resource(undefined, {}, { region: "r1" }), resource(undefined, {}, { region: "r2" })],
            [false, false],
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
