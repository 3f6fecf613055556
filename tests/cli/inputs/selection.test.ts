import assert from "node:assert/strict";
import { validPolicyConfig } from "../../../cli/inputs/policy-config";
import { assertControls, EVERYTHING, narrowed, type Selection } from "../../../cli/inputs/selection";
import { readConfig } from "../../../pack/config";
import { type Policy, resourcePolicy, stackPolicy } from "../../../pack/policy";

const METADATA = { displayName: "X", description: "X.", remediationSteps: "X.", types: ["a:b:C"] };
const STANDING = { severity: "low", url: "https://example.com" } as const;

/** A pack with a policy of each kind of relation to controls. */
const PACK: readonly Policy[] = [
    resourcePolicy({ ...METADATA, name: "mirrors-one", mirrors: ["APIGateway.3"], evaluate: () => undefined }),
    resourcePolicy({
        ...{ ...METADATA, name: "mirrors-several", mirrors: ["RDS.9", "RDS.36", "RDS.37"], isOptional: true },
        supports: ["CloudWatch.16"],
        config: {
            controls: {
                type: "array",
                items: { type: "string", enum: ["RDS.9", "RDS.36", "RDS.37"] },
                default: ["RDS.9", "RDS.36", "RDS.37"],
                description: "The controls to check.",
            },
        },
        evaluate: () => undefined,
    }),
    stackPolicy({ ...METADATA, ...STANDING, name: "supports-one", supports: ["APIGateway.3"], evaluate: () => [] }),
    stackPolicy({ ...METADATA, ...STANDING, name: "without-control", isOptional: true, evaluate: () => [] }),
];

/** The policies that are evaluated, each with its level and the controls that its config picks. */
async function evaluated(selection: Partial<Selection>, config: object = {}): Promise<unknown[]> {
    const whole = { ...EVERYTHING, ...selection };
    const enabled = (await validPolicyConfig(JSON.stringify(config), whole, PACK)).enabled;
    return enabled
        .map((one) => ({ ...one, config: readConfig(one.policy, one.config) }))
        .flatMap((one) => narrowed(one, whole) ?? [])
        .map(({ policy, level, config }) => [
            policy.name,
            level,
            ...((config as { controls?: readonly string[] }).controls ?? []),
        ]);
}

describe("what check evaluates", () => {
    const ALL = ["RDS.9", "RDS.36", "RDS.37"];
    const ONE = ["mirrors-one", "advisory"];
    const SUPPORTS = ["supports-one", "advisory"];
    const several = (...controls: string[]) => ["mirrors-several", "advisory", ...controls];

    const ROWS: readonly (readonly [when: string, asked: Partial<Selection>, expected: unknown[], config?: object])[] =
        [
            ["is all that is not disabled by default, if nothing is asked for", {}, [ONE, SUPPORTS]],
            [
                "is all, if the config enables all",
                {},
                [ONE, several(...ALL), SUPPORTS, ["without-control", "advisory"]],
                { all: "advisory" },
            ],
            ["is a policy by its name", { policies: ["mirrors-one"] }, [ONE]],
            ["is a policy that is disabled by default", { policies: ["mirrors-several"] }, [several(...ALL)]],
            [
                "is a policy that is disabled by default and has no control",
                { policies: ["without-control"] },
                [["without-control", "advisory"]],
            ],
            ["is what mirrors and what supports a control", { controls: ["APIGateway.3"] }, [ONE, SUPPORTS]],
            ["is one of several controls that a policy mirrors", { controls: ["RDS.36"] }, [several("RDS.36")]],
            ["is two of them", { controls: ["RDS.37", "RDS.9"] }, [several("RDS.9", "RDS.37")]],
            [
                "is what is named, and what has a control",
                { policies: ["mirrors-one"], controls: ["RDS.9"] },
                [ONE, several("RDS.9")],
            ],
            [
                "is the whole of a policy that is named, whatever control is asked for",
                { policies: ["mirrors-several"], controls: ["RDS.9"] },
                [several(...ALL)],
            ],
            ["is the whole of a policy that supports the control", { controls: ["CloudWatch.16"] }, [several(...ALL)]],
            [
                "is the whole of a policy that supports one control and mirrors another",
                { controls: ["CloudWatch.16", "RDS.9"] },
                [several(...ALL)],
            ],
            [
                "is at the level of the config",
                { controls: ["APIGateway.3"] },
                [["mirrors-one", "mandatory"], SUPPORTS],
                { "mirrors-one": "mandatory" },
            ],
            [
                "is at the config's level for all",
                { controls: ["RDS.36"] },
                [["mirrors-several", "mandatory", "RDS.36"]],
                { all: "mandatory" },
            ],
            [
                "is not what the config disables",
                { controls: ["APIGateway.3"] },
                [SUPPORTS],
                { "mirrors-one": "disabled" },
            ],
            ["is nothing, if the config disables all", { policies: ["mirrors-one"] }, [], { all: "disabled" }],
            [
                "is what the config enables of what it disables",
                { controls: ["APIGateway.3"] },
                [ONE],
                { all: "disabled", "mirrors-one": "advisory" },
            ],
            [
                "is what both the config and the command pick",
                { controls: ["RDS.9", "RDS.36"] },
                [several("RDS.36")],
                { "mirrors-several": { controls: ["RDS.36", "RDS.37"] } },
            ],
            [
                "is nothing, if the config picks other controls",
                { controls: ["RDS.9"] },
                [],
                { "mirrors-several": { controls: ["RDS.36", "RDS.37"] } },
            ],
        ];
    for (const [when, asked, expected, config] of ROWS) {
        it(when, async () => assert.deepEqual(await evaluated(asked, config), expected));
    }
});

describe("an unknown control", () => {
    const KNOWN = "The controls are APIGateway.3, CloudWatch.16, RDS.9, RDS.36, RDS.37.";
    const ROWS: readonly (readonly [what: string, control: string, advice: string])[] = [
        ["with a letter too many", "APIGateway.33", `Did you mean "APIGateway.3"? ${KNOWN}`],
        ["in small letters", "rds.36", `Did you mean "RDS.36"? ${KNOWN}`],
        ["that is nearer to another than to the first", "RDS.366", `Did you mean "RDS.36"? ${KNOWN}`],
        ["that no policy of the pack has", "APIGateway.10", `Did you mean "APIGateway.3"? ${KNOWN}`],
        ["that is like none", "EC2.18", KNOWN],
        ["that is a property of every object", "constructor", KNOWN],
        ["that is empty", "", KNOWN],
    ];
    for (const [what, control, advice] of ROWS) {
        it(`${what} is an error that lists the known ones`, () =>
            assert.throws(() => assertControls(["RDS.9", control], PACK), {
                message: `--control names ${JSON.stringify(control)}, but no policy mirrors or supports it. ${advice}`,
            }));
    }

    it("is none of those that a policy mirrors or supports", () =>
        assert.doesNotThrow(() => assertControls(["RDS.9", "APIGateway.3", "CloudWatch.16"], PACK)));
});
