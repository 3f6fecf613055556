/**
 * Stands in for Pulumi Cloud, on loopback, for what an organisation does with a policy pack. It is strict: what it does not
 * know, or would be wrong to accept, it refuses, and says so in `refused`. What the CLI sends and reads is in its source
 * (paths in github.com/pulumi/pulumi, v3.274.1): pkg/backend/httpstate/client/client.go has the requests,
 * sdk/go/common/apitype their types. What follows has more exact places.
 */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import Ajv from "ajv";
import { filesOf } from "./tarball";

export const ORGANISATION = "acme";
const USER = { githubLogin: "dev", name: "Dev", email: "dev@example.com", avatarUrl: "" };
const TOKEN = "pul-0000";
const LEASE = "lease-0000";
/** What each upload must say, as the service may ask of the CLI (`CreatePolicyPackResponse.requiredHeaders`). */
const UPLOAD_HEADERS = { "x-upload": "pack" };
/** apitype.DefaultPolicyGroup: every stack is in it. */
const DEFAULT_GROUP = "default-policy-group";
const LEVELS = ["advisory", "mandatory", "remediate", "disabled"];
/** cmd/pulumi/policy/policy_exception_new.go asks for the events of violations by this code. */
const VIOLATIONS = "9";

type Json = Readonly<Record<string, unknown>>;

/** apitype.CreatePolicyPackRequest */
export interface Publication {
    readonly name: string;
    readonly displayName: string;
    readonly versionTag: string;
    readonly policies: readonly PublishedPolicy[];
    readonly [more: string]: unknown;
}

/** apitype.Policy, the AppPolicy of github.com/pulumi/pulumi-cloud-sdk */
interface PublishedPolicy {
    readonly name: string;
    readonly displayName: string;
    readonly description: string;
    readonly enforcementLevel: string;
    readonly configSchema?: { readonly type: string; readonly properties: Json };
}

interface Version {
    readonly request: Publication;
    tarball?: Buffer;
    isComplete?: boolean;
}

interface Enabled {
    readonly version: Version;
    readonly config: Json;
}

interface Group {
    readonly name: string;
    readonly mode: string;
    readonly stacks: Set<string>;
    readonly packs: Map<string, Enabled>;
}

interface PolicyException {
    readonly id: string;
    readonly policyPack: string;
    readonly reason: string;
    readonly match: readonly { readonly policies: readonly string[]; readonly targets: readonly string[] }[];
    readonly expiresAt?: string;
}

/** One preview or update of a stack. */
export interface StackRun {
    readonly id: string;
    readonly kind: string;
    readonly stack: string;
    /** As the CLI reports them, which is what the service would show. */
    readonly events: object[];
    status?: string;
}

export interface Cloud {
    readonly url: string;
    /** What the CLI needs to be logged in. */
    readonly env: { readonly PULUMI_ACCESS_TOKEN: string; readonly PULUMI_BACKEND_URL: string };
    readonly versions: readonly Version[];
    readonly runs: readonly StackRun[];
    /** The requests that were refused: `status method path: why`. */
    readonly refused: string[];
    close(): void;
}

class Refusal extends Error {
    constructor(
        readonly status: number,
        message: string,
    ) {
        super(message);
    }
}

function refuseUnless(isRight: unknown, status: number, message: string): asserts isRight {
    if (!isRight) {
        throw new Refusal(status, message);
    }
}

/** apitype.UpdatePolicyGroupRequest */
interface Changes {
    readonly addStack?: { readonly name: string; readonly routingProject: string };
    readonly addPolicyPack?: {
        readonly name: string;
        readonly versionTag: string;
        readonly config?: Json;
        readonly environments?: readonly string[];
    };
    readonly removePolicyPack?: { readonly name: string; readonly versionTag: string };
}

interface Request {
    /** The parts of the path that its route leaves open. */
    readonly at: readonly [string, string, string];
    readonly query: URLSearchParams;
    readonly headers: IncomingMessage["headers"];
    readonly body: Buffer;
    // biome-ignore lint/suspicious/noExplicitAny: the routes check what they read
    readonly json: any;
}

type Answer = (request: Request) => object | Buffer;

export async function startCloud(): Promise<Cloud> {
    const versions: Version[] = [];
    const groups = new Map<string, Group>();
    const stacks = new Map<string, { deployment?: unknown }>();
    const exceptions = new Map<string, PolicyException>();
    const runs: StackRun[] = [];
    const refused: string[] = [];
    const newGroup = (name: string, mode: string): Group => ({ name, mode, stacks: new Set(), packs: new Map() });
    groups.set(DEFAULT_GROUP, newGroup(DEFAULT_GROUP, "preventative"));

    const published = (name: string, tag: string) => {
        const all = versions.filter(({ request, isComplete }) => isComplete && request.name === name);
        const version = tag === "" ? all.at(-1) : all.find(({ request }) => request.versionTag === tag);
        refuseUnless(version, 404, `there is no policy pack ${name} ${tag}`);
        return version;
    };
    const uploading = (name: string, tag: string) => {
        const version = versions.find(({ request }) => request.name === name && request.versionTag === tag);
        refuseUnless(version && !version.isComplete, 404, `${name} ${tag} is not being published`);
        return version;
    };
    const group = (name: string) => {
        const found = groups.get(decodeURIComponent(name));
        refuseUnless(found, 404, `there is no policy group ${name}`);
        return found;
    };
    const stack = (path: string) => {
        const found = stacks.get(path);
        refuseUnless(found, 404, `there is no stack ${path}`);
        return found;
    };
    const run = ([path, id]: Request["at"]) => {
        const found = runs.find((one) => one.stack === path && one.id === id);
        refuseUnless(found, 404, `${path} has no run ${id}`);
        return found;
    };
    /** backend/httpstate/backend.go, createAndStartUpdate, takes the packs from here. An audit group's are not among them. */
    const requiredPolicies = (path: string) =>
        [...groups.values()]
            .filter(
                ({ name, mode, stacks: own }) => mode === "preventative" && (name === DEFAULT_GROUP || own.has(path)),
            )
            .flatMap(({ packs }) => [...packs.values()])
            .map(({ version: { request }, config }) => ({
                name: request.name,
                version: 1,
                versionTag: request.versionTag,
                displayName: request.displayName,
                packLocation: `${url}/packs/${request.name}/${request.versionTag}`,
                config,
                exceptions: Object.fromEntries(
                    [...exceptions.values()]
                        .filter(({ policyPack }) => policyPack === request.name)
                        .map(({ id, reason, match }) => [id, { reason, match }]),
                ),
            }));
    const change = (to: Group, { addStack, addPolicyPack, removePolicyPack, ...more }: Changes) => {
        refuseUnless(Object.keys(more).length === 0, 400, `unknown changes ${Object.keys(more)}`);
        if (addStack !== undefined) {
            const path = `${addStack.routingProject}/${addStack.name}`;
            stack(path);
            to.stacks.add(path);
        }
        if (addPolicyPack !== undefined) {
            const { name, versionTag, config = {}, environments } = addPolicyPack;
            refuseUnless(environments === undefined, 400, "there are no ESC environments here");
            const version = published(name, versionTag);
            checkConfig(version.request, config);
            to.packs.set(name, { version, config });
        }
        if (removePolicyPack !== undefined) {
            const { name, versionTag } = removePolicyPack;
            const enabled = to.packs.get(name)?.version.request;
            const isIt = enabled !== undefined && (versionTag === "" || versionTag === enabled.versionTag);
            refuseUnless(isIt, 404, `${name} ${versionTag} is not enabled in ${to.name}`);
            to.packs.delete(enabled.name);
        }
        return {};
    };

    const start = (kind: string, path: string) => {
        stack(path);
        const id = String(runs.length + 1);
        runs.push({ id, kind, stack: path, events: [] });
        return { updateID: id, requiredPolicies: requiredPolicies(path) };
    };

    const routes: Readonly<Record<string, Answer>> = {
        "GET /api/user": () => ({ ...USER, organizations: [{ githubLogin: ORGANISATION, name: "Acme" }] }),
        "GET /api/user/organizations/default": () => ({ GitHubLogin: ORGANISATION }),
        "GET /api/capabilities": () => ({ capabilities: [] }),

        // client.go, PublishPolicyPack: describe, upload, complete; cmd/pulumi/policy/policy_publish.go then reads it back.
        "POST /api/orgs/acme/policypacks": ({ json }) => {
            checkPublication(json);
            const isNew = !versions.some(
                ({ request }) => request.name === json.name && request.versionTag === json.versionTag,
            );
            refuseUnless(isNew, 409, `${json.name} ${json.versionTag} is already published`);
            versions.push({ request: json });
            const uploadURI = `${url}/packs/${json.name}/${json.versionTag}`;
            return { version: versions.length, uploadURI, requiredHeaders: UPLOAD_HEADERS };
        },
        "PUT /packs/*/*": ({ at: [name, tag], headers, body }) => {
            const version = uploading(name, tag);
            refuseUnless(headers["x-upload"] === UPLOAD_HEADERS["x-upload"], 400, "the required header is missing");
            checkTarball(body);
            version.tarball = body;
            return {};
        },
        "POST /api/orgs/acme/policypacks/*/versions/*/complete": ({ at: [name, tag] }) => {
            const version = uploading(name, tag);
            // The CLI does not look at the answer to an upload.
            refuseUnless(version.tarball, 400, `${name} ${tag} has not been uploaded`);
            version.isComplete = true;
            return {};
        },
        "GET /packs/*/*": ({ at: [name, tag] }) => published(name, tag).tarball as Buffer,
        "GET /api/orgs/acme/policypacks/*/versions/*": ({ at: [name, tag] }) => published(name, tag).request,
        "GET /api/orgs/acme/policypacks/*/versions/*/schema": ({ at: [name, tag] }) => {
            const { policies } = published(name, tag).request;
            const schemas = policies.flatMap((one) => (one.configSchema ? [[one.name, one.configSchema]] : []));
            return { configSchema: Object.fromEntries(schemas) };
        },

        // client.go, CreatePolicyGroup, ApplyPolicyPack, DisablePolicyPack, BatchUpdatePolicyGroup, GetPolicyGroup.
        "POST /api/orgs/acme/policygroups": ({ json: { name, mode } }) => {
            refuseUnless(!groups.has(name), 409, `there is a policy group ${name} already`);
            refuseUnless(["audit", "preventative"].includes(mode), 400, `unknown mode ${mode}`);
            groups.set(name, newGroup(name, mode));
            return {};
        },
        "PATCH /api/orgs/acme/policygroups/*": ({ at: [name], json }) => change(group(name), json),
        "PATCH /api/orgs/acme/policygroups/*/batch": ({ at: [name], json }) =>
            json.map((one: Changes) => change(group(name), one)),
        "GET /api/orgs/acme/policygroups/*": ({ at: [asked] }) => {
            const { name, mode, stacks: own, packs } = group(asked);
            return {
                ...{ name, mode, isOrgDefault: name === DEFAULT_GROUP, entityType: "stacks", accounts: [] },
                stacks: [...own]
                    .map((path) => path.split("/"))
                    .map(([routingProject, of]) => ({ name: of, routingProject })),
                appliedPolicyPacks: [...packs.values()].map(({ version: { request }, config }) => ({
                    ...{ name: request.name, displayName: request.displayName, version: 1 },
                    ...{ versionTag: request.versionTag, config },
                })),
            };
        },

        // client.go, ListPolicyExceptions, CreatePolicyException, RemovePolicyException
        "GET /api/orgs/acme/policy/exceptions": () => ({ exceptions: [...exceptions.values()] }),
        "POST /api/orgs/acme/policy/exceptions": ({ json }) => {
            checkException(json, published(json.policyPack, "").request);
            const { expiresInSeconds, ...asked } = json;
            const id = `EXC-${exceptions.size + 1}`;
            const after = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
            const expiry = expiresInSeconds === undefined ? {} : { expiresAt: after(expiresInSeconds) };
            exceptions.set(id, { id, ...asked, status: "active", createdAt: after(0), ...expiry });
            return exceptions.get(id) as PolicyException;
        },
        "DELETE /api/orgs/acme/policy/exceptions/*": ({ at: [id] }) => {
            refuseUnless(exceptions.delete(id), 404, `there is no exception ${id}`);
            return {};
        },

        // backend/httpstate/backend.go, CreateStack and GetStack
        "POST /api/stacks/acme/*": ({ at: [project], json: { stackName } }) => {
            refuseUnless(!stacks.has(`${project}/${stackName}`), 409, `there is a stack ${stackName} already`);
            stacks.set(`${project}/${stackName}`, {});
            return {};
        },
        "GET /api/stacks/acme/**": ({ at: [path] }) => {
            stack(path);
            const [projectName, stackName] = path.split("/");
            const id = `${projectName}-${stackName}`;
            return { id, orgName: ORGANISATION, projectName, stackName, activeUpdate: "", tags: {}, version: 0 };
        },
        "GET /api/stacks/acme/**/export": ({ at: [path] }) => {
            const empty = { manifest: { time: "0001-01-01T00:00:00Z", magic: "", version: "" } };
            return { version: 3, deployment: stack(path).deployment ?? empty };
        },
        // pkg/secrets/service/manager.go. What is a secret stays as it is: nothing here keeps it.
        "POST /api/stacks/acme/**/encrypt": ({ at: [path], json: { plaintext } }) => {
            stack(path);
            return { ciphertext: plaintext };
        },
        "POST /api/stacks/acme/**/batch-decrypt": ({ at: [path], json: { ciphertexts } }) => {
            stack(path);
            return { plaintexts: Object.fromEntries(ciphertexts.map((one: string) => [one, one])) };
        },
        // client.go, GetLatestStackPreviews and GetUpdateEngineEvents
        "GET /api/stacks/acme/**/updates/latest/previews": ({ at: [path] }) => {
            stack(path);
            const previews = runs.filter((one) => one.stack === path && one.kind === "preview");
            return { updates: previews.reverse().map(({ id }) => ({ updateID: id })) };
        },
        "GET /api/stacks/acme/**/update/*/events": ({ at, query }) => {
            refuseUnless(query.get("type") === VIOLATIONS, 400, `unknown type of events ${query.get("type")}`);
            return { events: run(at).events.filter((event) => "policyEvent" in event), continuationToken: null };
        },

        // client.go, CreateUpdate, StartUpdate and what follows with the lease of an update
        "POST /api/stacks/acme/**/preview": ({ at: [path] }) => start("preview", path),
        "POST /api/stacks/acme/**/update": ({ at: [path] }) => start("update", path),
        "POST /api/stacks/acme/**/update/*": ({ at }) => ({
            version: Number(run(at).id),
            token: LEASE,
            journalVersion: 0,
        }),
        "POST /api/stacks/acme/**/update/*/renew_lease": ({ at }) => ({ token: LEASE, id: run(at).id }),
        "POST /api/stacks/acme/**/update/*/events/batch": ({ at, json }) => {
            run(at).events.push(...json.events);
            return {};
        },
        "PATCH /api/stacks/acme/**/update/*/checkpoint": ({ at, json }) => {
            stack(run(at).stack).deployment = json.deployment;
            return {};
        },
        "POST /api/stacks/acme/**/update/*/complete": ({ at, json }) => {
            run(at).status = json.status;
            return {};
        },
    };

    const answer = async (request: IncomingMessage): Promise<object | Buffer> => {
        const { pathname, searchParams } = new URL(request.url ?? "", url);
        const raw = await buffer(request);
        const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw;
        for (const [route, reply] of Object.entries(routes)) {
            const match = patternOf(route).exec(`${request.method} ${pathname}`);
            if (match !== null) {
                checkCredentials(pathname, request.headers.authorization);
                const isJson = pathname.startsWith("/api/") && body.length > 0;
                const json = isJson ? JSON.parse(body.toString()) : undefined;
                const at = match.slice(1) as unknown as Request["at"];
                return reply({ at, query: searchParams, headers: request.headers, body, json });
            }
        }
        throw new Refusal(404, "not found");
    };
    const server = createServer((request, response) => {
        answer(request)
            .then((content) => send(response, request.url?.endsWith("/policy/exceptions") ? 201 : 200, content))
            .catch((error: Error) => {
                const status = error instanceof Refusal ? error.status : 400;
                refused.push(`${status} ${request.method} ${request.url}: ${error.message}`);
                // apitype.ErrorResponse
                send(response, status, { code: status, message: error.message });
            });
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
        url,
        env: { PULUMI_ACCESS_TOKEN: TOKEN, PULUMI_BACKEND_URL: url },
        versions,
        runs,
        refused,
        close: () => {
            server.closeAllConnections();
            server.close();
        },
    };
}

/** In a route, `*` is one part of a path and `**` are two, a project and a stack. */
function patternOf(route: string): RegExp {
    const open = (stars: string) => `(${Array(stars.length).fill("[^/]+").join("/")})`;
    return new RegExp(`^${route.replace(/\*+/g, open)}$`);
}

function send(response: ServerResponse, status: number, content: object | Buffer): void {
    const body = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
    response.writeHead(status, { "content-length": body.length }).end(body);
}

/** client/api.go: a token for most requests, the lease for those of a started update; none for storage. */
function checkCredentials(path: string, authorization: string | undefined): void {
    if (path.startsWith("/packs/")) {
        refuseUnless(authorization === undefined, 400, "storage is given a token");
        return;
    }
    const isOfLease = /\/update\/[^/]+\/(renew_lease|checkpoint|complete|events\/batch)$/.test(path);
    const expected = isOfLease ? `update-token ${LEASE}` : `token ${TOKEN}`;
    refuseUnless(authorization === expected, 401, `${path} is not given its token`);
}

function checkPublication({ name, displayName, versionTag, policies }: Publication): void {
    for (const one of [name, versionTag]) {
        // validatePolicyPackVersion in client.go, and the same of names in @pulumi/policy's server.ts
        refuseUnless(/^[\w.-]{1,100}$/.test(one ?? ""), 400, `${one} is not a name or a version`);
    }
    refuseUnless(displayName, 400, "the pack has no displayName");
    refuseUnless(Array.isArray(policies) && policies.length > 0, 400, "the pack has no policies");
    refuseUnless(new Set(policies.map((one) => one.name)).size === policies.length, 400, "two policies have one name");
    for (const policy of policies) {
        refuseUnless(policy.name && policy.name !== "all", 400, "a policy has no name of its own");
        refuseUnless(policy.displayName && policy.description, 400, `${policy.name} is not described`);
        refuseUnless(LEVELS.includes(policy.enforcementLevel), 400, `${policy.name} has no level`);
        refuseUnless(policy.configSchema?.type === "object", 400, `${policy.name} has no schema of its config`);
        new Ajv().compile(policy.configSchema);
    }
}

function checkTarball(body: Buffer): void {
    let files: readonly string[];
    try {
        files = [...filesOf(body).keys()];
    } catch {
        throw new Refusal(400, "the upload is not a gzipped tar file");
    }
    // installRequiredPolicy in backend/httpstate/policypack.go takes what is in this folder, and reads that file.
    refuseUnless(
        files.every((file) => file.startsWith("package/")),
        400,
        "not all is in package/",
    );
    refuseUnless(files.includes("package/PulumiPolicy.yaml"), 400, "there is no PulumiPolicy.yaml");
}

function checkConfig({ policies }: Publication, config: Json): void {
    for (const [name, value] of Object.entries(config)) {
        const policy = policies.find((one) => one.name === name);
        refuseUnless(policy, 400, `the config is of a policy ${name} that the pack does not have`);
        const ajv = new Ajv();
        refuseUnless(ajv.validate(policy.configSchema as object, value), 400, `config of ${name}: ${ajv.errorsText()}`);
    }
}

/** CreatePolicyExceptionRequest of github.com/pulumi/pulumi-cloud-sdk */
function checkException(
    { reason, match, expiresInSeconds: seconds }: PolicyException & { readonly expiresInSeconds?: number },
    { policies }: Publication,
): void {
    refuseUnless(reason?.trim(), 400, "the exception has no reason");
    refuseUnless(match.length > 0, 400, "the exception matches nothing");
    for (const { policies: names, targets } of match) {
        const areKnown = names.length > 0 && names.every((name) => policies.some((one) => one.name === name));
        refuseUnless(areKnown, 400, `the exception is of policies ${names}`);
        const areUrns = targets.length > 0 && targets.every((target) => target.startsWith("urn:pulumi:"));
        refuseUnless(areUrns, 400, `the exception is of ${targets}`);
    }
    refuseUnless(seconds === undefined || (seconds > 0 && seconds % 3600 === 0), 400, `it ends after ${seconds} s`);
}
