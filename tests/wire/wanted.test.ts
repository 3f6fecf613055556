import assert from "node:assert/strict";
import { from, idOf, methodSettings, restApi, stage, wire } from "../support/wire/declare";
import { type Pack, servePack } from "../support/wire/pack";

const STACK = [
    restApi("orders"),
    stage("dark", { restApi: idOf("orders"), stageName: "dark" }),
    stage("prod", { restApi: idOf("orders"), stageName: "prod" }),
    methodSettings("all", {
        restApi: idOf("orders"),
        stageName: from("prod", "prod"),
        methodPath: "*/*",
        settings: { loggingLevel: "INFO" },
    }),
];

/** A policy gets its own config only; the pack knows those of all policies. */
describe("the code that a pack suggests", () => {
    let pack: Pack;
    before(async () => {
        pack = await servePack();
    });
    after(() => pack.stop());

    const rows = [
        ["has the defaults without a config", {}, 'loggingLevel: "ERROR"', "retentionInDays: 90"],
        [
            "has the level and the days of the policies that evaluate what it declares",
            {
                "apigateway-method-settings-logging-level": { levels: ["INFO"] },
                "cloudwatch-log-group-retention": { minDays: 365 },
            },
            'loggingLevel: "INFO"',
            "retentionInDays: 365",
        ],
    ] as const;
    for (const [what, config, level, days] of rows) {
        it(what, async () => {
            await pack.configure(config, () => "advisory");
            const resources = wire(STACK, "first preview");
            for (const resource of resources) {
                await pack.analyze(resource);
            }
            const code = (await pack.analyzeStack(resources)).map(({ message }) => message.split("\n").at(-1) ?? "");
            assert.deepEqual(
                [/loggingLevel: "\w+"/, /retentionInDays: \d+/].map(
                    (pattern) => code.map((line) => pattern.exec(line)?.[0]).filter(Boolean) as string[],
                ),
                [[level], [days]],
            );
        });
    }
});
