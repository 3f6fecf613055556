import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { type Cloud, startCloud } from "./cloud";

const SCHEMA = { type: "object", properties: { days: { type: "integer" }, enforcementLevel: { type: "string" } } };
const POLICY = {
    name: "p",
    displayName: "P",
    description: "It holds.",
    enforcementLevel: "advisory",
    configSchema: SCHEMA,
};
const PACK = { name: "pack", displayName: "Pack", versionTag: "1.0.0", policies: [POLICY] };
const PACKS = "/api/orgs/acme/policypacks";
const GROUP = "/api/orgs/acme/policygroups/default-policy-group";
const EXCEPTIONS = "/api/orgs/acme/policy/exceptions";
const URN = "urn:pulumi:dev::orders::aws:apigateway/stage:Stage::prod";
const EXCEPTION = { policyPack: "pack", reason: "moves", match: [{ policies: ["p"], targets: [URN] }] };

/** A file of a tar archive that holds nothing. */
function tarOf(...names: string[]): Buffer {
    const blocks = names.map((name) => {
        const block = Buffer.alloc(512);
        block.write(name, 0);
        block.write("00000000000", 124);
        block.write("0", 156);
        return block;
    });
    return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const enable = (config: object, name = "pack", versionTag = "1.0.0") => ({
    addPolicyPack: { name, versionTag, config },
});

const NOTHING = Buffer.alloc(0);

interface Row {
    readonly when: string;
    readonly request: readonly [method: string, path: string, body?: object | Buffer, headers?: Record<string, string>];
    readonly says: string;
}

const REFUSED: readonly Row[] = [
    { when: "a path that it does not know", request: ["GET", "/api/stacks"], says: "404 not found" },
    {
        when: "a request without the token",
        request: ["GET", "/api/user", NOTHING, { authorization: "token other" }],
        says: "401 /api/user is not given its token",
    },
    {
        when: "a pack without a name",
        request: ["POST", PACKS, { ...PACK, name: "" }],
        says: "400  is not a name or a version",
    },
    {
        when: "a pack without a version",
        request: ["POST", PACKS, { ...PACK, versionTag: undefined }],
        says: "400 undefined is not a name or a version",
    },
    {
        when: "a pack without a displayName",
        request: ["POST", PACKS, { ...PACK, versionTag: "1.1.0", displayName: "" }],
        says: "400 the pack has no displayName",
    },
    {
        when: "a pack without policies",
        request: ["POST", PACKS, { ...PACK, versionTag: "1.1.0", policies: [] }],
        says: "400 the pack has no policies",
    },
    {
        when: "two policies of one name",
        request: ["POST", PACKS, { ...PACK, versionTag: "1.1.0", policies: [POLICY, POLICY] }],
        says: "400 two policies have one name",
    },
    {
        when: "a policy without a name",
        request: ["POST", PACKS, { ...PACK, versionTag: "1.1.0", policies: [{ ...POLICY, name: "" }] }],
        says: "400 a policy has no name of its own",
    },
    {
        when: "a policy without a description",
        request: ["POST", PACKS, { ...PACK, versionTag: "1.1.0", policies: [{ ...POLICY, description: "" }] }],
        says: "400 p is not described",
    },
    {
        when: "a policy at a level that does not exist",
        request: [
            "POST",
            PACKS,
            { ...PACK, versionTag: "1.1.0", policies: [{ ...POLICY, enforcementLevel: "error" }] },
        ],
        says: "400 p has no level",
    },
    {
        when: "a schema that is none",
        request: [
            ...(["POST", PACKS] as const),
            {
                ...PACK,
                versionTag: "1.1.0",
                policies: [{ ...POLICY, configSchema: { type: "object", properties: { days: { type: "days" } } } }],
            },
        ],
        says: "400 schema is invalid: data/properties/days/type must be equal to one of the allowed values",
    },
    {
        when: "a version that is published",
        request: ["POST", PACKS, PACK],
        says: "409 pack 1.0.0 is already published",
    },
    {
        when: "an upload that is not announced",
        request: [
            "PUT",
            "/packs/pack/3.0.0",
            tarOf("package/PulumiPolicy.yaml"),
            { "x-upload": "pack", authorization: "" },
        ],
        says: "404 pack 3.0.0 is not being published",
    },
    {
        when: "an upload without the header that it asks for",
        request: ["PUT", "/packs/pack/2.0.0", tarOf("package/PulumiPolicy.yaml"), { authorization: "" }],
        says: "400 the required header is missing",
    },
    {
        when: "an upload with the token, which is not for storage",
        request: ["PUT", "/packs/pack/2.0.0", tarOf("package/PulumiPolicy.yaml"), { "x-upload": "pack" }],
        says: "400 storage is given a token",
    },
    {
        when: "an upload that is not gzipped",
        request: ["PUT", "/packs/pack/2.0.0", Buffer.from("PK"), { "x-upload": "pack", authorization: "" }],
        says: "400 the upload is not a gzipped tar file",
    },
    {
        when: "an upload that is cut off",
        request: [
            "PUT",
            "/packs/pack/2.0.0",
            gzipSync(Buffer.from("package")),
            { "x-upload": "pack", authorization: "" },
        ],
        says: "400 the upload is not a gzipped tar file",
    },
    {
        when: "an upload without PulumiPolicy.yaml",
        request: ["PUT", "/packs/pack/2.0.0", tarOf("package/index.js"), { "x-upload": "pack", authorization: "" }],
        says: "400 there is no PulumiPolicy.yaml",
    },
    {
        when: "an upload with files beside the package",
        request: ["PUT", "/packs/pack/2.0.0", tarOf("PulumiPolicy.yaml"), { "x-upload": "pack", authorization: "" }],
        says: "400 not all is in package/",
    },
    {
        when: "the end of a publication without an upload",
        request: ["POST", `${PACKS}/pack/versions/2.0.0/complete`],
        says: "400 pack 2.0.0 has not been uploaded",
    },
    {
        when: "a pack that is not published",
        request: ["PATCH", GROUP, enable({}, "other")],
        says: "404 there is no policy pack other 1.0.0",
    },
    {
        when: "a version that is not published yet",
        request: ["PATCH", GROUP, enable({}, "pack", "2.0.0")],
        says: "404 there is no policy pack pack 2.0.0",
    },
    {
        when: "a group that does not exist",
        request: ["PATCH", `${GROUP}s`, enable({})],
        says: "404 there is no policy group default-policy-groups",
    },
    {
        when: "a config of a policy that the pack does not have",
        request: ["PATCH", GROUP, enable({ q: {} })],
        says: "400 the config is of a policy q that the pack does not have",
    },
    {
        when: "a config that does not fit its schema",
        request: ["PATCH", GROUP, enable({ p: { days: "90" } })],
        says: "400 config of p: data/days must be integer",
    },
    {
        when: "disabling what is not enabled",
        request: ["PATCH", GROUP, { removePolicyPack: { name: "pack", versionTag: "" } }],
        says: "404 pack  is not enabled in default-policy-group",
    },
    {
        when: "a change of a group that it does not know",
        request: ["PATCH", GROUP, { rename: "x" }],
        says: "400 unknown changes rename",
    },
    {
        when: "a stack that does not exist in a group",
        request: ["PATCH", GROUP, { addStack: { name: "dev", routingProject: "orders" } }],
        says: "404 there is no stack orders/dev",
    },
    {
        when: "a preview of a stack that does not exist",
        request: ["POST", "/api/stacks/acme/orders/dev/preview", {}],
        says: "404 there is no stack orders/dev",
    },
    {
        when: "events with the token of the user",
        request: ["POST", "/api/stacks/acme/orders/dev/update/1/events/batch", { events: [] }],
        says: "401 /api/stacks/acme/orders/dev/update/1/events/batch is not given its token",
    },
    {
        when: "an exception without a reason",
        request: ["POST", EXCEPTIONS, { ...EXCEPTION, reason: " " }],
        says: "400 the exception has no reason",
    },
    {
        when: "an exception of nothing",
        request: ["POST", EXCEPTIONS, { ...EXCEPTION, match: [] }],
        says: "400 the exception matches nothing",
    },
    {
        when: "an exception of a policy that the pack does not have",
        request: ["POST", EXCEPTIONS, { ...EXCEPTION, match: [{ policies: ["all"], targets: [URN] }] }],
        says: "400 the exception is of policies all",
    },
    {
        when: "an exception of something that has no URN",
        request: ["POST", EXCEPTIONS, { ...EXCEPTION, match: [{ policies: ["p"], targets: ["prod"] }] }],
        says: "400 the exception is of prod",
    },
    {
        when: "an exception that ends within the hour",
        request: ["POST", EXCEPTIONS, { ...EXCEPTION, expiresInSeconds: 60 }],
        says: "400 it ends after 60 s",
    },
];

describe("the stand-in for Pulumi Cloud", () => {
    let cloud: Cloud;
    async function send([method, path, body, headers = {}]: Row["request"]) {
        const content =
            body === undefined || body === NOTHING
                ? null
                : Buffer.isBuffer(body)
                  ? new Uint8Array(body)
                  : JSON.stringify(body);
        const authorization = `token ${cloud.env.PULUMI_ACCESS_TOKEN}`;
        const given = Object.entries({ authorization, ...headers }).filter(([, value]) => value !== "");
        const response = await fetch(cloud.url + path, { method, body: content, headers: given as [string, string][] });
        return { status: response.status, answer: JSON.parse(await response.text()) };
    }
    before(async () => {
        cloud = await startCloud();
        const upload = { "x-upload": "pack", authorization: "" };
        for (const request of [
            ["POST", PACKS, PACK],
            ["PUT", "/packs/pack/1.0.0", tarOf("package/PulumiPolicy.yaml"), upload],
            ["POST", `${PACKS}/pack/versions/1.0.0/complete`],
            ["POST", PACKS, { ...PACK, versionTag: "2.0.0" }],
        ] as const) {
            assert.equal((await send(request)).status, 200);
        }
    });
    after(() => cloud?.close());

    for (const { when, request, says } of REFUSED) {
        it(`refuses ${when}`, async () => {
            const { status, answer } = await send(request);
            const message = answer.message.split(",", 1)[0];
            assert.equal(`${status} ${message}`, says);
            assert.equal(cloud.refused.at(-1), `${status} ${request[0]} ${request[1]}: ${answer.message}`);
        });
    }

    it("accepts what is right", async () => {
        assert.equal((await send(["PATCH", GROUP, enable({ p: { days: 90 } })])).status, 200);
        assert.equal((await send(["POST", EXCEPTIONS, { ...EXCEPTION, expiresInSeconds: 3600 }])).status, 201);
        assert.equal((await send(["POST", "/api/stacks/acme/orders", { stackName: "dev" }])).status, 200);
        const { answer } = await send(["POST", "/api/stacks/acme/orders/dev/preview", {}]);
        const { reason, match } = EXCEPTION;
        assert.deepEqual(answer.requiredPolicies, [
            {
                name: "pack",
                version: 1,
                versionTag: "1.0.0",
                displayName: "Pack",
                packLocation: `${cloud.url}/packs/pack/1.0.0`,
                config: { p: { days: 90 } },
                exceptions: { "EXC-1": { reason, match } },
            },
        ]);
    });
});
