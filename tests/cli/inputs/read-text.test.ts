import assert from "node:assert/strict";
import { Transform } from "node:stream";
import { UNZSTD, type Unpack } from "../../../cli/inputs/bytes";
import { isPulumis } from "../../../cli/inputs/pulumi-mark";
import { textOf } from "../../../cli/inputs/read-text";
import { withFolder } from "../../support/folder";
import { brokenZstd, FRAME_HEADER, isBrokenZstd, zstd } from "../../support/zstd";

/** Stands in for the one of Node 22.15: takes the header of a frame away, and fails for what is broken. */
const unframe: Unpack = () => {
    const chunks: Buffer[] = [];
    return new Transform({
        transform(chunk, _encoding, done) {
            chunks.push(chunk);
            done();
        },
        flush(done) {
            const all = Buffer.concat(chunks);
            done(isBrokenZstd(all) ? new Error("unsupported") : null, all.subarray(FRAME_HEADER));
        },
    });
};

describe("the text of a file that is compressed with zstd", () => {
    const { write } = withFolder();
    const text = '{"urn": "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::caf\u00e9"}';

    it("is what Node unpacks, if it can", async () => {
        assert.equal(await textOf(write("state.json.zst", zstd(text)), unframe), text);
        if (UNZSTD !== false) {
            assert.equal(await textOf(write("state.json.zst", zstd(text))), text);
        }
    });

    it("cannot be read by a Node that cannot, which is said", async () => {
        await assert.rejects(textOf(write("state.json.zst", zstd(text)), false), {
            message: "is compressed with zstd, which Node 22.15 or later reads. Or use: pulumi stack export",
            hasAdvice: true,
        });
    });

    it("cannot be read if it is broken, which is said", async () => {
        const file = write("broken.json.zst", brokenZstd(text));
        for (const unzstd of [unframe, ...(UNZSTD === false ? [] : [UNZSTD])]) {
            await assert.rejects(textOf(file, unzstd), {
                message: "is a broken zstd file",
            });
        }
    });

    it("may be Pulumi's, unless Node can unpack it and it is not", async () => {
        const ours = write("ours.json.zst", zstd(text));
        const other = write("other.json.zst", zstd('{"name": "shop"}'));
        assert.deepEqual(
            [
                await isPulumis(ours, undefined, unframe),
                await isPulumis(other, undefined, unframe),
                await isPulumis(other, undefined, false),
            ],
            [true, false, true],
        );
    });
});
