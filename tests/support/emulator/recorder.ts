/** A server on loopback that answers as AWS is documented to, where the emulator does not, and records what it is asked. */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Request {
    readonly method: string;
    /** Path and query. */
    readonly url: string;
    /** `apigateway GET /restapis`, `logs DescribeLogGroups`, `sts GetCallerIdentity`: without the query. */
    readonly call: string;
    readonly region: string;
    readonly accessKey: string;
    readonly body: string;
}

export interface Response {
    readonly status?: number;
    /** The type of an error, as `x-amzn-errortype` names it. */
    readonly error?: string;
    readonly body?: unknown;
}

/** Answers a request, `nth` counting those of the same call from 1. */
export type Respond = (request: Request, nth: number) => Response;

export interface Recorder {
    readonly url: string;
    readonly requests: readonly Request[];
    /** What the next requests are answered; those before are forgotten. */
    respond(respond: Respond): void;
}

/** One server for the tests of a `describe`. */
export function withRecorder(): () => Recorder {
    let server: Server | undefined;
    let recorder: Recorder | undefined;
    before(async () => {
        let respond: Respond = () => ({ status: 500 });
        const requests: Request[] = [];
        const counts = new Map<string, number>();
        server = createServer((incoming, outgoing) => {
            const chunks: Buffer[] = [];
            incoming.on("data", (chunk) => chunks.push(chunk));
            incoming.on("end", () => {
                const { method = "", url = "", headers } = incoming;
                const request = requestOf(method, url, headers, Buffer.concat(chunks).toString());
                requests.push(request);
                const nth = (counts.get(request.call) ?? 0) + 1;
                counts.set(request.call, nth);
                const { status = 200, error, body = {} } = respond(request, nth);
                const type = /^(sts|iam|rds) /.test(request.call) ? "text/xml" : "application/json";
                outgoing.writeHead(error === undefined ? status : Math.max(status, 400), {
                    "content-type": type,
                    ...(error === undefined ? {} : { "x-amzn-errortype": error }),
                });
                outgoing.end(typeof body === "string" ? body : JSON.stringify(body));
            });
        });
        const listening = server.listen(0, "127.0.0.1");
        await new Promise((resolve) => listening.once("listening", resolve));
        recorder = {
            url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
            requests,
            respond: (next) => {
                respond = next;
                requests.length = 0;
                counts.clear();
            },
        };
    });
    after(() => {
        server?.close();
        server?.closeAllConnections();
    });
    return () => recorder as Recorder;
}

/** The signature's scope, `AKIA…/20261125/eu-west-1/apigateway/aws4_request`, says who asks which service where. */
const SCOPE = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//;

function requestOf(method: string, url: string, headers: Readonly<Record<string, unknown>>, body: string): Request {
    const [, accessKey = "", region = "", service = ""] = SCOPE.exec(String(headers.authorization)) ?? [];
    const operation =
        /\.(\w+)$/.exec(String(headers["x-amz-target"] ?? ""))?.[1] ??
        new URLSearchParams(body).get("Action") ??
        `${method} ${url.split("?")[0]}`;
    return { method, url, call: `${service} ${operation}`, region, accessKey, body };
}
