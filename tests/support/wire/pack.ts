/** The real pack, served by the policy SDK in its own process and called over gRPC, as the engine does. */

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
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

export interface Pack {
    readonly info: AnalyzerInfo.AsObject;
    /** Configures every policy as the engine does: its level, and the given config over the schema's defaults. */
    configure(config: Readonly<Record<string, Properties>>, levelOf: (policy: string) => Level): Promise<void>;
    analyze(resource: WireResource): Promise<Diagnostic[]>;
    analyzeStack(resources: readonly WireResource[]): Promise<Diagnostic[]>;
    /** The properties after remediation; undefined if no policy changed any. */
    remediate(resource: WireResource): Promise<Properties | undefined>;
    /** Stops the pack and returns what it wrote to stderr. It may be called again. */
    stop(): Promise<string[]>;
}

const ROOT = join(__dirname, "..", "..", "..");
const ENFORCEMENT_LEVELS: readonly Level[] = ["advisory", "mandatory", "disabled", "remediate"];

export async function servePack(): Promise<Pack> {
    const child = spawn(
        process.execPath,
        ["-r", "ts-node/register/transpile-only", "-r", join(__dirname, "exit-with-parent.ts"), "index.ts"],
        { cwd: ROOT, stdio: ["ignore", "pipe", "pipe", "ipc"] },
    ) as ChildProcessByStdio<null, Readable, Readable>;
    const errors: string[] = [];
    const stderr = createInterface({ input: child.stderr }).on("line", (line) => errors.push(line));
    const ended = Promise.all([once(child, "exit"), once(stderr, "close")]);
    const port = await Promise.race([
        once(child.stdout, "data").then(([line]) => String(line).trim()),
        ended.then(() => Promise.reject(new Error(`The pack did not start:\n${errors.join("\n")}`))),
    ]);
    child.stdout.resume();
    const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const info = await promisify<Empty, AnalyzerInfo>(client.getAnalyzerInfo.bind(client))(new Empty());
    const analyzeCall = promisify<AnalyzeRequest, AnalyzeResponse>(client.analyze.bind(client));
    const stackCall = promisify<AnalyzeStackRequest, AnalyzeResponse>(client.analyzeStack.bind(client));
    const remediateCall = promisify<AnalyzeRequest, RemediateResponse>(client.remediate.bind(client));
    const configureCall = promisify<ConfigureAnalyzerRequest, Empty>(client.configure.bind(client));

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
            await configureCall(request);
        },
        analyze: async (resource) => diagnostics(await analyzeCall(described(new AnalyzeRequest(), resource))),
        analyzeStack: async (resources) => {
            const request = new AnalyzeStackRequest();
            request.setResourcesList(resources.map(analyzerResource));
            return diagnostics(await stackCall(request));
        },
        remediate: async (resource) => {
            const response = await remediateCall(described(new AnalyzeRequest(), resource));
            return response.getRemediationsList().at(-1)?.getProperties()?.toJavaScript();
        },
        stop: async () => {
            client.close();
            if (child.connected) {
                child.disconnect();
            }
            await ended;
            return errors;
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

function analyzerResource(resource: WireResource): AnalyzerResource {
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
