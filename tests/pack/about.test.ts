import assert from "node:assert/strict";
import { aboutOf } from "../../pack/about";
import { infoOf } from "../../pack/server/answers";

describe("what the pack says of itself", () => {
    const repository = "https://git.example.com/acme/apigateway-guard";

    it("has the version and the repository of package.json", () => {
        const info = infoOf(aboutOf({ version: "1.2.0", repository }), []);
        assert.deepEqual([info.getVersion(), info.getRepository()], ["1.2.0", repository]);
    });

    it("has no repository if package.json has none", () => {
        assert.equal("repository" in aboutOf({ version: "1.2.0" }), false);
        assert.equal(infoOf(aboutOf({ version: "1.2.0" }), []).getRepository(), "");
    });
});
