/** Notes of the pack in the engine's log, where none is lost: the engine may end before it has read all of stderr. */

import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { LogNote, Say } from "./notes";

/** The engine listens on this machine. */
const ADDRESS = /^(127\.0\.0\.1|localhost|\[::1\]):\d+$/;

/**
 * The engine's address, which it gives a pack as an argument. The policy SDK's launcher removes it from `process.argv`;
 * Node's report on the process has the arguments that it started with.
 */
export function engineAddress(): string | undefined {
    const report = process.report.getReport() as { readonly header: { readonly commandLine: readonly string[] } };
    return report.header.commandLine.findLast((argument) => ADDRESS.test(argument));
}

/**
 * Says notes to the engine; without an engine, or if it does not take them, on stderr.
 *
 * @param addressOf answers the engine's address; asked once, when there is something to say
 */
export function sayTo(addressOf: () => string | undefined): Say {
    let engine: EngineClient | undefined | "none";
    return async (note) => {
        if (engine === undefined) {
            const address = addressOf();
            engine = address === undefined ? "none" : clientOf(address);
        }
        if (engine === "none" || !(await isLogged(engine, note))) {
            console.error(note.text);
        }
    };
}

/** The engine is on this machine, so a proxy that the environment names is not for it. */
function clientOf(address: string): EngineClient {
    return new EngineClient(address, credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
}

const LIMIT_SECONDS = 10;

function isLogged(engine: EngineClient, { text, urn = "" }: LogNote): Promise<boolean> {
    const request = new LogRequest().setSeverity(LogSeverity.INFO).setMessage(text).setUrn(urn);
    return new Promise((done) => {
        const deadline = Date.now() + 1000 * LIMIT_SECONDS;
        engine.log(request, new Metadata(), { deadline }, (error) => done(error === null));
    });
}
