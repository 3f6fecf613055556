import assert from "node:assert/strict";
import { promisify } from "node:util";
import type { requestCallback, ServiceError } from "@grpc/grpc-js";
import {
    AnalyzerHandshakeRequest,
    type AnalyzerHandshakeResponse,
    AnalyzerStackConfigureRequest,
    type AnalyzerStackConfigureResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as fc from "fast-check";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Value } from "google-protobuf/google/protobuf/struct_pb";
import { PACK } from "../../pack/about";
import { policies } from "../../policies";
import { logGroup, secret, UNKNOWN_VALUE, wire } from "../support/wire/declare";
import {
    analyzeRequest,
    type Pack,
    type Servers,
    servePack,
    startServers,
    type WireResource,
} from "../support/wire/pack";
import { archive, asset, deployments } from "../support/wire/requests";

/** Deployments of some 60 requests each; more by hand: `RUNS=200 npx mocha tests/wire/servers.test.ts`. */
const RUNS = Number(process.env.RUNS ?? 20);

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const RETENTION = "cloudwatch-log-group-retention";

/** A log group without a retention, and with other inputs, as a remediation sees it. */
function group(props: Record<string, unknown>): WireResource {
    return wire([logGroup("audit", props)], "first preview", "inputs")[1] as WireResource;
}

describe("the policy SDK and the pack's own server answer the same", function () {
    this.timeout(60_000 + RUNS * 2_000);
    let pack: Pack;
    before(async () => {
        pack = await servePack({ isMeasured: true });
    });
    after(() => pack.stop());

    it("of what the pack is", () => {
        assert.deepEqual(
            pack.info.policiesList.map(({ name }) => name),
            policies.map(({ name }) => name),
        );
    });

    let deep: unknown = "x";
    for (let depth = 0; depth < 60; depth++) {
        deep = depth % 2 === 0 ? [deep] : { nested: deep };
    }
    const KEPT: Readonly<Record<string, Record<string, unknown>>> = {
        "secrets, and secrets inside them": {
            kmsKeyId: secret("key"),
            tags: secret({ a: secret("b"), c: [secret(1), null] }),
        },
        "assets and archives": {
            text: asset({ text: "x" }),
            file: asset({ path: "a.txt" }),
            remote: asset({ uri: "https://example.com" }),
            folder: archive({ path: "a" }),
            zip: archive({ uri: "https://example.com" }),
        },
        "unknown values": { kmsKeyId: UNKNOWN_VALUE, tags: { a: UNKNOWN_VALUE, b: [UNKNOWN_VALUE] } },
        "names with dots, and names that are special to JavaScript": {
            tags: { "a.b": 1, "a[0]": 2, constructor: "x", toString: null, "": {}, "10": 1, "9": 2 },
        },
        "deep values": { deep },
        "empty values": { a: null, b: "", c: [], d: {}, e: [[]], f: [{}], g: 0, h: false },
    };
    for (const [what, props] of Object.entries(KEPT)) {
        it(`of a remediation that keeps ${what}`, async () => {
            await pack.configure({}, (name) => (name === RETENTION ? "remediate" : "disabled"));
            const given = group({ ...props, retentionInDays: 0, __defaults: ["retentionInDays", "name"] });
            assert.deepEqual(await pack.remediate(given), { ...props, retentionInDays: 90, __defaults: ["name"] });
        });
    }

    it("of a remediation that sets a secret", async () => {
        await pack.configure({}, (name) => (name === RETENTION ? "remediate" : "disabled"));
        assert.deepEqual(await pack.remediate(group({ retentionInDays: secret(0) })), { retentionInDays: secret(90) });
    });

    it("of random deployments", async () => {
        const property = fc.asyncProperty(deployments, async ({ levels, config, resources }) => {
            const configs = Object.fromEntries(policies.map(({ name }) => [name, { ...config }]));
            await pack.configure(
                configs,
                (policy) => levels[policies.findIndex(({ name }) => name === policy)] ?? "advisory",
            );
            // What one of them rejects, both do; `servePack` compares the errors.
            const sent = await Promise.allSettled([
                ...resources.map((resource) => pack.remediate(resource)),
                ...resources.map((resource) => pack.analyze(resource)),
                pack.analyzeStack(resources),
            ]);
            for (const answer of sent) {
                if (answer.status === "rejected" && answer.reason instanceof assert.AssertionError) {
                    throw answer.reason;
                }
            }
        });
        await fc.assert(property, { numRuns: RUNS, endOnFailure: true });
    });
});

describe("the pack's own server", function () {
    this.timeout(60_000);
    let servers: Servers;
    before(async () => {
        servers = await startServers({ isMeasured: true });
    });
    after(() => servers.stop());

    const VALUES: Readonly<Record<string, unknown>> = {
        "a secret without a value": { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270" },
        "an asset without anything": asset({}),
        "an archive without anything": archive({}),
        "a reference to a resource": { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn", id: "id" },
        "an output that is not only a value": { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: "x" },
    };
    const malformed = (type: string, value: unknown) => {
        const request = analyzeRequest({ ...group({ name: "a" }), type });
        const fields = request.getProperties()?.getFieldsMap();
        fields?.set("tags", value === undefined ? new Value() : Value.fromJavaScript(value as JavaScriptValue));
        return request;
    };
    /** The error of an answer, without the stack, which tells one server from the other. */
    const errorOf = async (answer: Promise<unknown>) => {
        const [result] = await Promise.allSettled([answer]);
        const { code, details } = (result.status === "rejected" ? result.reason : {}) as Partial<ServiceError>;
        return { code, details: details?.split("\n").slice(0, 2) };
    };
    for (const [what, value] of Object.entries({ ...VALUES, "a value without a kind": undefined })) {
        it(`rejects ${what} as the policy SDK does, where a policy reads the resource`, async () => {
            const [sdk, own] = servers.both;
            const request = malformed("aws:cloudwatch/logGroup:LogGroup", value);
            const error = await errorOf(own.analyze(request));
            assert.equal(error.code, 2);
            // The first policy that is enabled reads every resource for the SDK, and only its own here.
            assert.equal(error.details?.[1], (await errorOf(sdk.analyze(request))).details?.[1]);
        });

        it(`does not look at ${what} where no policy reads the resource`, async () => {
            const [, own] = servers.both;
            const answer = await own.analyze(malformed("aws:s3/bucket:Bucket", value));
            assert.deepEqual(answer.getDiagnosticsList(), []);
        });
    }

    it("answers UNIMPLEMENTED to a call that it does not know", async () => {
        const [, { client }] = servers.both;
        const asItIs = (bytes: Buffer) => bytes;
        const call = promisify((done: requestCallback<Buffer>) =>
            client.makeUnaryRequest("/pulumirpc.Analyzer/Unheard", asItIs, asItIs, Buffer.alloc(0), done),
        );
        await assert.rejects(call(), { code: 12 });
    });

    it("takes part in the handshake, and can be canceled", async () => {
        const [, { client }] = servers.both;
        const handshake = promisify<AnalyzerHandshakeRequest, AnalyzerHandshakeResponse>(client.handshake.bind(client));
        await handshake(new AnalyzerHandshakeRequest().setEngineAddress("127.0.0.1:1"));
        await promisify<Empty, Empty>(client.cancel.bind(client))(new Empty());
    });

    it("has a version, and takes the name of the stack", async () => {
        const [, { client }] = servers.both;
        const info = await promisify<Empty, PluginInfo>(client.getPluginInfo.bind(client))(new Empty());
        assert.equal(info.getVersion(), PACK.version);
        const configure = promisify<AnalyzerStackConfigureRequest, AnalyzerStackConfigureResponse>(
            client.configureStack.bind(client),
        );
        await configure(new AnalyzerStackConfigureRequest().setStack("dev"));
    });
});
