import assert from "node:assert/strict";
import { component, from, idOf, logGroup, methodSettings, restApi, stage, wire } from "../support/wire/declare";
import { type Pack, servePack } from "../support/wire/pack";

/** A stack whose APIs, log groups and stages are below a component, and depend on it. */
const below = (shop: ReturnType<typeof component>) => [
    shop,
    restApi("orders", {}, { parent: "shop" }),
    stage("prod", { restApi: from("shop", "id-orders"), stageName: "prod" }, { parent: "shop", dependsOn: ["shop"] }),
    methodSettings("all", {
        restApi: idOf("orders"),
        stageName: from("prod", "prod"),
        methodPath: "*/*",
        settings: { loggingLevel: "INFO" },
    }),
    logGroup("log", { name: "API-Gateway-Execution-Logs_id-orders/prod", retentionInDays: 90 }, { parent: "shop" }),
];

/** No program can make such a stack, but the analyzer protocol can have one. */
describe("parents in a circle", () => {
    let pack: Pack;
    before(async () => {
        pack = await servePack();
        await pack.configure({}, () => "advisory");
    });
    after(() => pack.stop());

    const rows = [
        ["a component that is its own parent", below(component("my:index:Shop", "shop", { parent: "shop" }))],
        ["a component below its own child", below(component("my:index:Shop", "shop", { parent: "orders" }))],
    ] as const;
    for (const [what, given] of rows) {
        it(`${what} changes no finding`, async () => {
            for (const moment of ["first preview", "deployed"] as const) {
                const [, ...circle] = wire(given, moment);
                const [root, ...tree] = wire(below(component("my:index:Shop", "shop")), moment);
                assert.ok(root);
                assert.deepEqual(await pack.analyzeStack([root, ...circle]), await pack.analyzeStack([root, ...tree]));
            }
        });
    }
});
