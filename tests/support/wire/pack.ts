/**
 * The real pack, called over gRPC, as the engine does. Two servers answer: the policy SDK, which serves the folder, and
 * the pack's own server, which is the executable. Each gets every request, and their answers must be equal.
 */

import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { credentials, Server, ServerCredentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    AnalyzeRequest,
    type AnalyzeResponse,
    type AnalyzerInfo,
    AnalyzerPropertyDependencies,
    AnalyzerProviderResource,
    AnalyzerResource,
    AnalyzerResourceOptions,
    AnalyzeStackRequest,
    ConfigureAnalyzerRequest,
    type EnforcementLevel,
    PolicyConfig,
    type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

type Properties = Record<string, unknown>;
export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

/** A resource as it is sent over the wire, with its relations as URNs. */
export interface WireResource {
    readonly type: string;
    readonly name: string;
    readonly urn: string;
    readonly props: Properties;
    readonly provider?: {
        readonly name: string;
        readonly urn: string;
        readonly type: string;
        readonly props: Properties;
    };
    readonly parent?: string;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
    /** Whether the program only reads the resource; not sent, since the engine sends no inputs instead. */
    readonly isRead?: boolean;
    /** Whether the program imports the resource; not sent either. */
    readonly isImported?: boolean;
}

export interface Diagnostic {
    readonly policy: string;
    readonly urn: string;
    readonly message: string;
    readonly level: string;
}

/** A line in the engine's log. */
interface Logged {
    readonly text: string;
    readonly urn: string;
}

export interface Pack {
    readonly info: AnalyzerInfo.AsObject;
    /** Configures every policy as the engine does: its level, and the given config over the schema's defaults. */
    configure(config: Readonly<Record<string, Properties>>, levelOf: (policy: string) => Level): Promise<void>;
    analyze(resource: WireResource): Promise<Diagnostic[]>;
    analyzeStack(resources: readonly WireResource[]): Promise<Diagnostic[]>;
    /** The properties after remediation; undefined if no policy changed any. */
    remediate(resource: WireResource): Promise<Properties | undefined>;
    /** Stops the pack and returns what it wrote into the engine's log. It may be called again. */
    stop(): Promise<string[]>;
}

const ROOT = join(__dirname, "..", "..", "..");
const ENFORCEMENT_LEVELS: readonly Level[] = ["advisory", "mandatory", "disabled", "remediate"];

/** One server of the pack, whose answers are messages of the protocol. */
export interface WireServer {
    info(): Promise<AnalyzerInfo>;
    configure(request: ConfigureAnalyzerRequest): Promise<Empty>;
    analyze(request: AnalyzeRequest): Promise<AnalyzeResponse>;
    analyzeStack(request: AnalyzeStackRequest): Promise<AnalyzeResponse>;
    remediate(request: AnalyzeRequest): Promise<RemediateResponse>;
    /** What it wrote into the engine's log. */
    readonly logged: readonly Logged[];
    readonly client: AnalyzerClient;
}

/** Both servers: the policy SDK's, and the pack's own. */
export interface Servers {
    readonly both: readonly [sdk: WireServer, own: WireServer];
    /** Stops them and returns what they wrote to stderr. It may be called again. */
    stop(): Promise<readonly string[]>;
}

/** The environment in which Node measures the coverage of a program, if that of the tests is measured. */
function measured(): NodeJS.ProcessEnv {
    const { SERVER_COVERAGE, ...env } = process.env;
    return SERVER_COVERAGE === undefined ? env : { ...env, NODE_V8_COVERAGE: SERVER_COVERAGE };
}

/**
 * Starts both servers in one process, which takes as long as to start one.
 *
 * @param isMeasured whether its coverage counts; that of one program will do
 */
export async function startServers({ isMeasured = false } = {}): Promise<Servers> {
    const engines = [await startEngine(), await startEngine()] as const;
    const [sdkEngine, ownEngine] = engines;
    const child = spawn(
        process.execPath,
        [
            ...["-r", "ts-node/register/transpile-only", "-r", join(__dirname, "exit-with-parent.ts")],
            ...[join(__dirname, "serve-both.ts"), ownEngine.address, sdkEngine.address],
        ],
        { cwd: ROOT, stdio: ["ignore", "pipe", "pipe", "ipc"], env: isMeasured ? measured() : process.env },
    ) as ChildProcessByStdio<null, Readable, Readable>;
    const stderr: string[] = [];
    const lines = createInterface({ input: child.stderr }).on("line", (line) => stderr.push(line));
    const ended = Promise.all([once(child, "exit"), once(lines, "close")]);
    const ports = await Promise.race([
        once(child.stdout, "data").then(([line]) => String(line).trim().split(" ")),
        ended.then(() => Promise.reject(new Error(`The pack did not start:\n${stderr.join("\n")}`))),
    ]);
    child.stdout.resume();
    const [sdk, own] = ports;
    const both = [serverAt(sdk, sdkEngine.logged), serverAt(own, ownEngine.logged)] as const;
    return {
        both,
        stop: async () => {
            for (const { client } of both) {
                client.close();
            }
            if (child.connected) {
                child.disconnect();
            }
            await ended;
            for (const engine of engines) {
                engine.stop();
            }
            return stderr;
        },
    };
}

function serverAt(port: string | undefined, logged: readonly Logged[]): WireServer {
    const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const info = promisify<Empty, AnalyzerInfo>(client.getAnalyzerInfo.bind(client));
    return {
        info: () => info(new Empty()),
        configure: promisify<ConfigureAnalyzerRequest, Empty>(client.configure.bind(client)),
        analyze: promisify<AnalyzeRequest, AnalyzeResponse>(client.analyze.bind(client)),
        analyzeStack: promisify<AnalyzeStackRequest, AnalyzeResponse>(client.analyzeStack.bind(client)),
        remediate: promisify<AnalyzeRequest, RemediateResponse>(client.remediate.bind(client)),
        logged,
        client,
    };
}

/** As much of an engine as a pack calls. */
async function startEngine() {
    const logged: Logged[] = [];
    const server = new Server();
    server.addService(EngineService, {
        log: ({ request }: { request: LogRequest }, answer: (error: null, empty: Empty) => void) => {
            logged.push({ text: request.getMessage(), urn: request.getUrn() });
            answer(null, new Empty());
        },
    });
    const port = await promisify(server.bindAsync.bind(server))("127.0.0.1:0", ServerCredentials.createInsecure());
    return { logged, address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

/** The answers of all servers, which must be equal, be they messages or errors. */
export async function answerOf<Answer extends { toObject(): object }>(
    servers: readonly WireServer[],
    ask: (server: WireServer) => Promise<Answer>,
): Promise<Answer> {
    const [first, ...others] = await Promise.allSettled(servers.map(ask));
    const shown = (answer: PromiseSettledResult<Answer> | undefined) =>
        answer?.status === "fulfilled" ? answer.value.toObject() : failureOf(answer?.reason);
    for (const other of others) {
        assert.deepEqual(shown(other), shown(first), "the servers do not answer the same");
    }
    if (first?.status !== "fulfilled") {
        throw first?.reason;
    }
    return first.value;
}

function failureOf({ code, details }: Pick<ServiceError, "code" | "details">) {
    return { code, details };
}

export async function servePack(options?: Parameters<typeof startServers>[0]): Promise<Pack> {
    const { both: servers, stop } = await startServers(options);
    const info = await answerOf(servers, (server) => server.info());
    return {
        info: info.toObject(),
        configure: async (config, levelOf) => {
            const request = new ConfigureAnalyzerRequest();
            for (const policy of info.getPoliciesList()) {
                const entry = new PolicyConfig();
                entry.setEnforcementlevel(ENFORCEMENT_LEVELS.indexOf(levelOf(policy.getName())) as EnforcementLevel);
                const schema = policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
                entry.setProperties(struct({ ...defaultsOf(schema), ...config[policy.getName()] }));
                request.getPolicyconfigMap().set(policy.getName(), entry);
            }
            await answerOf(servers, (server) => server.configure(request));
        },
        analyze: async (resource) => {
            const request = analyzeRequest(resource);
            return diagnostics(await answerOf(servers, (server) => server.analyze(request)));
        },
        analyzeStack: async (resources) => {
            const request = new AnalyzeStackRequest().setResourcesList(resources.map(analyzerResource));
            return diagnostics(await answerOf(servers, (server) => server.analyzeStack(request)));
        },
        remediate: async (resource) => {
            const request = analyzeRequest(resource);
            const response = await answerOf(servers, (server) => server.remediate(request));
            return response.getRemediationsList().at(-1)?.getProperties()?.toJavaScript();
        },
        stop: async () => {
            assert.deepEqual(await stop(), []);
            const [sdk, own] = servers;
            assert.deepEqual(own.logged, sdk.logged, "the servers do not log the same");
            return own.logged.map(({ text }) => text);
        },
    };
}

function defaultsOf(schema: Record<string, JavaScriptValue>): Properties {
    return Object.fromEntries(
        Object.entries(schema).flatMap(([key, value]) => {
            const { default: byDefault } = value as { default?: unknown };
            return byDefault === undefined ? [] : [[key, byDefault]];
        }),
    );
}

function struct(properties: Properties): Struct {
    return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

function diagnostics(response: AnalyzeResponse): Diagnostic[] {
    return response.getDiagnosticsList().map((one) => ({
        policy: one.getPolicyname(),
        urn: one.getUrn(),
        message: one.getMessage(),
        level: ENFORCEMENT_LEVELS[one.getEnforcementlevel()] as Level,
    }));
}

function providerOf({ provider }: WireResource): AnalyzerProviderResource | undefined {
    if (provider === undefined) {
        return undefined;
    }
    const message = new AnalyzerProviderResource();
    message.setType(provider.type);
    message.setName(provider.name);
    message.setUrn(provider.urn);
    message.setProperties(struct(provider.props));
    return message;
}

/** Sets what a resource has in each of the messages about it. */
function described<T extends AnalyzeRequest | AnalyzerResource>(message: T, resource: WireResource): T {
    message.setType(resource.type);
    message.setName(resource.name);
    message.setUrn(resource.urn);
    message.setProperties(struct(resource.props));
    message.setProvider(providerOf(resource));
    message.setOptions(new AnalyzerResourceOptions());
    return message;
}

/** The request about one resource. */
export function analyzeRequest(resource: WireResource): AnalyzeRequest {
    return described(new AnalyzeRequest(), resource);
}

/** A resource of the request about a stack. */
export function analyzerResource(resource: WireResource): AnalyzerResource {
    const message = described(new AnalyzerResource(), resource);
    message.setParent(resource.parent ?? "");
    message.setDependenciesList([...(resource.dependencies ?? [])]);
    for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
        const dependencies = new AnalyzerPropertyDependencies();
        dependencies.setUrnsList([...urns]);
        message.getPropertydependenciesMap().set(property, dependencies);
    }
    return message;
}
