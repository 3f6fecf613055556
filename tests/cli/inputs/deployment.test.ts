import assert from "node:assert/strict";
import { readDeployment } from "../../../cli/inputs/deployment";
import type { RecordedStack } from "../../../cli/inputs/recorded";
import { table } from "../../support/rows";

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const PROVIDER = urn("pulumi:providers:aws", "west");
const provider = (region: string, more: object = {}) => ({
    ...{ urn: PROVIDER, type: "pulumi:providers:aws", id: region, inputs: { region } },
    ...more,
});

function read(...resources: readonly unknown[]): RecordedStack {
    return readDeployment({ version: 3, deployment: { resources } }) as RecordedStack;
}

table(
    "the providers of a deployment",
    (resources: readonly unknown[]) => Object.fromEntries(read(...resources).providers),
    [
        ["have their inputs by URN", [provider("eu-west-1")], { [PROVIDER]: { region: "eu-west-1" } }],
        [
            "are those that stay, if one of the same URN waits for its deletion",
            [provider("eu-west-1"), provider("us-east-1", { delete: true })],
            { [PROVIDER]: { region: "eu-west-1" } },
        ],
        [
            "are those that stay, if the one that waits for its deletion comes first",
            [provider("us-east-1", { delete: true }), provider("eu-west-1")],
            { [PROVIDER]: { region: "eu-west-1" } },
        ],
        ["are none, if the only one waits for its deletion", [provider("us-east-1", { delete: true })], {}],
    ],
);

describe("the resources of a deployment", () => {
    const chain = (count: number) =>
        Array.from({ length: count }, (_, index) => ({
            ...{ urn: urn("my:index:Box", `${index}`), type: "my:index:Box" },
            ...(index === 0 ? {} : { parent: urn("my:index:Box", `${index - 1}`) }),
        }));

    it("may have their parents after them, in whatever depth", () => {
        const resources = chain(100_000).reverse();
        assert.equal(read(...resources).resources.length, 100_000);
    });

    it("may not be in a circle, wherever it is entered", () => {
        const [first, second, third, ...rest] = chain(5) as [object, object, { urn: string }, ...object[]];
        const circle = [...rest.reverse(), { ...first, parent: third.urn }, second, third];
        assert.throws(() => read(...circle), {
            message: `is a deployment in which "${third.urn}" is its own ancestor`,
        });
    });
});
