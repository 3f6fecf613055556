/** The engine's analyzer protocol, served without the policy SDK: a fifth of its start-up, and half of its memory. */

import { promisify } from "node:util";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerHandshakeResponse, AnalyzerStackConfigureResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Say } from "./notes";
import type { Policy } from "./policy";
import { analyzerOf } from "./server/analyzer";
import { type About, bytesOf } from "./server/answers";

/** As much as the engine sends, in bytes. */
const LARGEST_REQUEST = 400 * 1024 * 1024;

type Handle = (request: Buffer) => Buffer | Promise<Buffer>;

/**
 * Serves policies to the engine, on a free port of this machine.
 *
 * @returns the port, once the engine may call
 */
export function serve(policies: readonly Policy[], about: About, say: Say): Promise<number> {
    const analyzer = analyzerOf(policies, { about, say });
    const empty = bytesOf(new Empty());
    const calls: Readonly<Record<string, Handle>> = {
        handshake: () => bytesOf(new AnalyzerHandshakeResponse()),
        getPluginInfo: () => bytesOf(new PluginInfo().setVersion(about.version)),
        getAnalyzerInfo: () => analyzer.info(),
        configureStack: () => bytesOf(new AnalyzerStackConfigureResponse()),
        configure: (request) => {
            analyzer.configure(request);
            return empty;
        },
        analyze: analyzer.analyze,
        remediate: analyzer.remediate,
        analyzeStack: analyzer.analyzeStack,
        cancel: () => empty,
    };
    const server = new Server({ "grpc.max_receive_message_length": LARGEST_REQUEST });
    for (const [name, handle] of Object.entries(calls)) {
        const { path } = AnalyzerService[name as keyof typeof AnalyzerService] as { readonly path: string };
        server.addService({ [name]: { ...BYTES, path } }, { [name]: unary(handle) });
    }
    return promisify(server.bindAsync.bind(server))("127.0.0.1:0", ServerCredentials.createInsecure());
}

const asItIs = (message: Buffer) => message;

/** A call whose messages stay bytes. */
const BYTES = {
    requestStream: false,
    responseStream: false,
    requestSerialize: asItIs,
    requestDeserialize: asItIs,
    responseSerialize: asItIs,
    responseDeserialize: asItIs,
} as const;

function unary(handle: Handle) {
    return async ({ request }: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): Promise<void> => {
        try {
            answer(null, await handle(request));
        } catch (error) {
            answer({ code: status.UNKNOWN, details: (error as Error).message });
        }
    };
}
