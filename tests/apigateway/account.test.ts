import { sameAccountAndRegion } from "../../apigateway/account";
import type { Resource } from "../../apigateway/resource";
import { UNKNOWN_VALUE } from "../wire/declare";
import { table } from "./rows";

type Properties = Record<string, unknown>;

/** A resource with a provider of a name of its own, so that two never have the same provider by chance. */
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
        ["one provider is one account and region", [a({ profile: "x" }), a({ profile: "x" })], [true, true]],
        [
            "one provider is one, also while its inputs are not known",
            [a({ profile: UNKNOWN_VALUE }), a({ profile: UNKNOWN_VALUE })],
            [true, true],
        ],
        ["equal inputs are one", [a({ region: "r1", profile: "x" }), b({ region: "r1", profile: "x" })], [true, true]],
        [
            "the order of inputs does not matter",
            [a({ profile: "x", token: "y" }), b({ token: "y", profile: "x" })],
            [true, true],
        ],
        [
            "equal lists are one",
            [a({ assumeRoles: [{ roleArn: "x" }] }), b({ assumeRoles: [{ roleArn: "x" }] })],
            [true, true],
        ],
        ["another version is no other account", [a({ version: "7.1.0" }), b({ version: "7.2.0" })], [true, true]],
        ["the engine's own inputs do not count", [a({ __defaults: [] }), b({ __internal: {} })], [true, true]],
        ["no inputs at all are one", [a(), b()], [true, true]],

        ["another profile may be another account", [a({ profile: "x" }), b({ profile: "y" })], [false, false]],
        ["a profile may be another account than none", [a({ profile: "x" }), b()], [false, false]],
        ["a value under another name is another value", [a({ profile: "x" }), b({ token: "x" })], [false, false]],
        ["only the version itself is left out", [a({ versions: "x" }), b()], [false, false]],
        ["only the region itself is left out", [a({ skipRegionValidation: true }), b()], [false, false]],
        [
            "another role further in is another account",
            [a({ assumeRoles: [{ roleArn: "x" }] }), b({ assumeRoles: [{ roleArn: "y" }] })],
            [false, false],
        ],
        [
            "inputs not known yet may be any",
            [a({ profile: UNKNOWN_VALUE }), b({ profile: UNKNOWN_VALUE })],
            [false, false],
        ],
        [
            "inputs not known yet may be any, on one side, too",
            [a({ profile: UNKNOWN_VALUE }), b({ profile: "x" })],
            [false, false],
        ],
        [
            "inputs not known yet further in may be any",
            [a({ ignoreTags: { keys: [UNKNOWN_VALUE] } }), b({ ignoreTags: { keys: [UNKNOWN_VALUE] } })],
            [false, false],
        ],
        [
            "one unknown among others is enough",
            [a({ profile: "x", token: UNKNOWN_VALUE }), b({ profile: "x", token: UNKNOWN_VALUE })],
            [false, false],
        ],
        ["closed secrets may be any", [a({ secretKey: "[secret]" }), b({ secretKey: "[secret]" })], [false, false]],

        ["two regions are two", [a({ region: "r1" }), b({ region: "r2" })], [false, false]],
        ["two regions of one provider are two", [a({}, { region: "r1" }), a({}, { region: "r2" })], [false, false]],
        [
            "a region of its own beats the provider's",
            [a({ region: "r1" }, { region: "r2" }), b({ region: "r2" })],
            [true, true],
        ],
        [
            "a region of its own is one that the provider's may equal",
            [a({}, { region: "r1" }), b({ region: "r1" })],
            [true, true],
        ],
        ["a region that nobody says may be another", [a({}), b({ region: "r1" })], [false, false]],
        ["a region not known yet may be another", [a({ region: UNKNOWN_VALUE }), b({ region: "r1" })], [false, false]],
        [
            "one region of one provider, not known yet, is one",
            [a({ region: UNKNOWN_VALUE }), a({ region: UNKNOWN_VALUE })],
            [true, true],
        ],

        ["without providers all is one", [resource(undefined), resource(undefined)], [true, true]],
        ["without a provider is not with one", [resource(undefined), b()], [false, false]],
        [
            "without providers two regions are two",
            [resource(undefined, {}, { region: "r1" }), resource(undefined, {}, { region: "r2" })],
            [false, false],
        ],
    ],
);
