import assert from "node:assert/strict";
import { engineAddress, sayTo } from "../../pack/engine-log";

// With an engine: tests/wire, where every note goes to one.
describe("notes without an engine", () => {
    const print = console.error;
    const printed: unknown[] = [];
    beforeEach(() => {
        printed.length = 0;
        console.error = (line: unknown) => printed.push(line);
    });
    afterEach(() => {
        console.error = print;
    });

    it("has no address if the process was started without one", () => {
        assert.equal(engineAddress(), undefined);
    });

    const ADDRESSES = { "there is no engine": undefined, "the engine does not answer": "127.0.0.1:1" };
    for (const [when, address] of Object.entries(ADDRESSES)) {
        it(`go to stderr if ${when}`, async () => {
            const asked: string[] = [];
            const say = sayTo(() => {
                asked.push("the address");
                return address;
            });
            await say({ text: "one" });
            await say({ text: "two", urn: "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::b" });
            assert.deepEqual(printed, ["one", "two"]);
            assert.deepEqual(asked, ["the address"]);
        });
    }
});
