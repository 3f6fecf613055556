import assert from "node:assert/strict";
import { join } from "node:path";
import { check } from "../../cli/commands/check";
import type { LiveDocument, LiveRegion } from "../../cli/inputs/live/document";
import { describeLocation, type Owner, ownership, type ReportFinding } from "../../cli/report/model";
import { FIXTURES, fixture } from "../support/engine/fixture";
import { withFolder } from "../support/folder";
import { document, group, region, restStage } from "./live/document";

/** A program with the API and the stages "prod", "test" and "dev", as it was deployed. */
const EXAMPLE = "rest-api-mistakes";
const FILE = join(FIXTURES, `${EXAMPLE}.json`);
const STATE = fixture(EXAMPLE);
const STACK = `${EXAMPLE}/dev`;
const API = STATE.deployment.resources.find(({ type }) => type === "aws:apigateway/restApi:RestApi")?.id ?? "";
const GROUP = `API-Gateway-Execution-Logs_${API}/prod`;
const urn = (type: string, name: string) => `urn:pulumi:dev::${EXAMPLE}::${type}::${name}`;

/** The account of that program, where somebody switched logging off for one method, by hand. */
const LIVE: LiveRegion = region({
    region: "us-east-1",
    account: {},
    restApis: [
        {
            ...{ id: API, name: "orders" },
            stages: [
                restStage({ "*/*": { loggingLevel: "OFF" }, "~1pets/GET": { loggingLevel: "OFF" } }),
                { stageName: "by-hand" },
            ],
        },
        { id: "other", name: "other", stages: [{ stageName: "prod" }] },
    ],
    logGroups: [
        GROUP,
        `API-Gateway-Execution-Logs_${API}/test`,
        "API-Gateway-Execution-Logs_gone/prod",
        "/welcome",
    ].map((name) => group(name, 0)),
});

describe("the owners of what a live account has", () => {
    const { write, path } = withFolder();

    async function ownersOf(live: LiveDocument, ...states: readonly string[]) {
        const { findings, problems } = await check([write("live.json", live)], { states, sourceDir: "infra" });
        assert.deepEqual(problems, []);
        return findings;
    }

    const account = (id: string, ...regions: readonly LiveRegion[]) => ({ ...document(...regions), account: id });
    const THIS = "123456789012";
    const shown = (findings: readonly ReportFinding[]) =>
        findings.map(({ urn: live, owners = [], location }): [string, ...unknown[]] => [
            live.split("::").slice(3).join("::"),
            ...owners.map(({ makes, stack, urn: own }) => `${makes} ${stack} ${own.split("::").slice(3).join("::")}`),
            location && describeLocation(location),
        ]);

    it("are resources of the stack that makes it, or makes the stage or the API that it belongs to", async () => {
        assert.deepEqual(shown(await ownersOf(account(THIS, LIVE), FILE)), [
            [THIS, `resource ${STACK} account`, "infra/index.ts:7:5"],
            [`${API}/prod/*/*`, `resource ${STACK} prod`, "infra/index.ts:56:17"],
            [`${API}/prod/~1pets/GET`, `stage ${STACK} prod`, "infra/index.ts:50:18"],
            [`${API}/by-hand`, `API ${STACK} orders`, "infra/index.ts:9:17"],
            ["other/prod", undefined],
            [GROUP, `resource ${STACK} orders-prod`, "infra/index.ts:47:17"],
            [`API-Gateway-Execution-Logs_${API}/test`, `stage ${STACK} test`, "infra/index.ts:38:18"],
            ["API-Gateway-Execution-Logs_gone/prod", undefined],
            ["/welcome", undefined],
        ]);
    });

    it("have all that there is to know of them", async () => {
        const [, , byHand] = await ownersOf(account(THIS, LIVE), FILE);
        assert.deepEqual(byHand?.owners, [
            {
                makes: "stage",
                stack: STACK,
                urn: urn("aws:apigateway/stage:Stage", "prod"),
                type: "aws:apigateway/stage:Stage",
                name: "prod",
                file: FILE,
                location: { path: "infra/index.ts", line: 50, column: 18 },
            },
        ] satisfies Owner[]);
    });

    it("are not in a stack of another account, or of another region", async () => {
        for (const live of [account("111122223333", LIVE), account(THIS, { ...LIVE, region: "eu-west-1" })]) {
            const found = await ownersOf(live, FILE);
            // An API has no account in its ARN, and its stages have none either: the log group of the stack does.
            assert.deepEqual(
                found.flatMap(({ owners }) => owners),
                [],
            );
        }
    });

    it("are found beside what another account shares", async () => {
        const [of] = STATE.deployment.resources.filter(({ type }) => type === "aws:apigateway/stage:Stage");
        const type = "aws:ec2/vpc:Vpc";
        const arn = "arn:aws:ec2:us-east-1:444455556666:vpc/vpc-1";
        const vpc = (name: string) => ({
            ...of,
            type,
            urn: urn(type, name),
            external: true,
            inputs: {},
            outputs: { arn },
        });
        const [root, ...others] = STATE.deployment.resources;
        const resources = [root, vpc("first"), ...others, vpc("last")];
        const state = write("shared.json", { version: 3, deployment: { ...STATE.deployment, resources } });
        assert.deepEqual(
            shown(await ownersOf(account(THIS, LIVE), state)),
            shown(await ownersOf(account(THIS, LIVE), FILE)),
        );
    });

    it("are never of a live account, such as one in the folder of the states", async () => {
        write("beside/live.json", account(THIS, LIVE));
        write("beside/state.json", STATE);
        assert.deepEqual(
            shown(await ownersOf(account(THIS, LIVE), path("beside"))),
            shown(await ownersOf(account(THIS, LIVE), FILE)),
        );
    });

    it("cannot be in a live account that is named", async () => {
        const live = write("live.json", account(THIS, LIVE));
        const { findings, problems } = await check([live], { states: [live] });
        assert.deepEqual(new Set(findings.flatMap(({ owners }) => owners)), new Set());
        assert.deepEqual(problems, [
            {
                file: live,
                message:
                    "is a live account, which owns nothing. Give the states of stacks, as pulumi stack export prints them",
            },
        ]);
    });

    it("may be several, if several stacks are given that make it", async () => {
        const other = JSON.parse(JSON.stringify(STATE).replaceAll("pulumi:dev::", "pulumi:prod::"));
        const states = [write("states/a.json", STATE), write("states/b.json", other)];
        const [first] = await ownersOf(account(THIS, LIVE), path("states"));
        assert.deepEqual(
            first?.owners?.map(({ stack, file }) => [stack, file]),
            [
                [STACK, states[0]],
                [`${EXAMPLE}/prod`, states[1]],
            ],
        );
        assert.equal(
            ownership(first ?? {}),
            `Made by ${STACK}: ${urn("aws:apigateway/account:Account", "account")}; ${EXAMPLE}/prod: ${urn("aws:apigateway/account:Account", "account").replace(":dev:", ":prod:")}.`,
        );
    });

    it("are not resources that a program only reads", async () => {
        const resources = STATE.deployment.resources.map((one) => ({ ...one, external: true, inputs: {} }));
        const found = await ownersOf(
            account(THIS, LIVE),
            write("read.json", { version: 3, deployment: { ...STATE.deployment, resources } }),
        );
        assert.deepEqual(
            found.flatMap(({ owners }) => owners),
            [],
        );
    });

    it("are found without ARNs and regions, by ids and names", async () => {
        const resources = STATE.deployment.resources.map(({ outputs, inputs, ...one }) => {
            const { arn: _, region: __, ...rest } = outputs ?? {};
            return { ...one, inputs: one.type.startsWith("pulumi:providers:") ? {} : inputs, outputs: rest };
        });
        const found = await ownersOf(
            account(THIS, LIVE),
            write("bare.json", { version: 3, deployment: { ...STATE.deployment, resources } }),
        );
        assert.equal(found.filter(({ owners = [] }) => owners.length > 0).length, 6);
    });

    it("are a problem of a state that cannot be read", async () => {
        const { problems } = await check([write("live.json", document(LIVE))], { states: [path("nowhere")] });
        assert.deepEqual(
            problems.map(({ file }) => file),
            [path("nowhere")],
        );
    });

    it("are asked for in vain without a live account", () =>
        assert.rejects(check([FILE], { states: [FILE] }), {
            message: "--state is for the owners of what a live account has, but no path is of one",
        }));

    it("are left alone where a path cannot be read", async () => {
        const { problems } = await check([path("nowhere")], { states: [FILE] });
        assert.equal(problems.length, 1);
    });
});

describe("a live account that could not be read completely", () => {
    const { write } = withFolder();

    it("is a problem of its document, whose findings are there all the same", async () => {
        const unread = [
            {
                service: "apigateway" as const,
                operation: "GetStages",
                region: "us-east-1",
                resource: API,
                reason: "no",
            },
        ];
        const file = write("live.json", document({ ...LIVE, unread }, region()));
        const { findings, problems, stacks } = await check([file]);
        assert.deepEqual(problems, [
            { file, message: "could not be read completely in us-east-1: apigateway GetStages: no" },
        ]);
        assert.ok(findings.length > 0);
        assert.deepEqual(
            stacks.map(({ stack }) => stack),
            ["111122223333/us-east-1", "111122223333/eu-west-1"],
        );
    });
});

describe("ownership", () => {
    const owner: Owner = {
        makes: "resource",
        stack: "shop/dev",
        urn: "urn:x",
        type: "t",
        name: "n",
        file: "f",
        location: undefined,
    };
    for (const [when, owners, says] of [
        ["is nothing if it was not asked", undefined, undefined],
        ["is none if no stack makes the resource", [], "In no stack given."],
        ["is the stack that makes the resource", [owner], "Made by shop/dev: urn:x."],
        [
            "is the stack that makes the stage that it belongs to",
            [{ ...owner, makes: "stage" as const }],
            "In no stack given. Its stage is made by shop/dev: urn:x.",
        ],
    ] as const) {
        it(when, () => assert.equal(ownership(owners === undefined ? {} : { owners }), says));
    }
});
