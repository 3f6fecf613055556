import assert from "node:assert/strict";
import { AnalyzeStackRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { readResources } from "../../../pack/server/requests";
import { declare, from, wire } from "../../support/wire/declare";
import { analyzerResource, type WireResource } from "../../support/wire/pack";

const BUCKET = "aws:s3/bucket:Bucket";

const read = (resources: readonly WireResource[]) =>
    readResources(
        Buffer.from(new AnalyzeStackRequest().setResourcesList(resources.map(analyzerResource)).serializeBinary()),
    );

describe("readResources", () => {
    it("of a stack without resources are none", () => {
        assert.deepEqual(read([]), []);
    });

    it("are related to each other, and to nothing that was not sent", () => {
        const sent = wire(
            [
                declare(BUCKET, "a", { arn: "arn" }),
                declare(BUCKET, "b", { from: from("a", "arn") }, { parent: "a", provider: "none" }),
            ],
            "deployed",
        );
        const gone = "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::gone";
        const more = sent.map((one) => ({ ...one, dependencies: [...(one.dependencies ?? []), gone] }));
        const [root, a, b] = read(more);
        assert.deepEqual([a?.parent, b?.parent, root?.parent], [root, a, undefined]);
        assert.deepEqual([a?.dependencies, b?.dependencies], [[], [a]]);
        assert.deepEqual([a?.propertyDependencies, b?.propertyDependencies], [{}, { from: [a] }]);
        assert.deepEqual([a?.provider?.props, b?.provider], [{ region: "eu-west-1", version: "7.48.0" }, undefined]);
        assert.deepEqual(b?.props, { id: "id", from: "arn" });
    });
});
