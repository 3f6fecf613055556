import type { ServerUnaryCall, sendUnaryData, UntypedServiceImplementation } from "@grpc/grpc-js";
import { version } from "@pulumi/aws/package.json";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { check, type Failure } from "./check";
import { invoke } from "./invoke";
import { create, diff, read, update } from "./resource";
import { schemaOf } from "./schema";
import { inManner, type Props } from "./values";

/** The provider protocol. A method that is not here is answered UNIMPLEMENTED, as the engine expects it. */
export function service(packageName: string): UntypedServiceImplementation {
    const aws = inManner(process.env.TEST_AWS_PROVIDER);

    return {
        getPluginInfo: unary(() => {
            const response = new PluginInfo();
            // Programs ask for the version of the SDK they use, or one beyond it.
            response.setVersion(version);
            return response;
        }),

        getSchema: unary(() => {
            const response = new rpc.GetSchemaResponse();
            response.setSchema(JSON.stringify(schemaOf(packageName)));
            return response;
        }),

        checkConfig: unary((request: rpc.CheckRequest) => {
            const response = new rpc.CheckResponse();
            response.setInputs(request.getNews());
            return response;
        }),

        diffConfig: unary((request: rpc.DiffRequest) => {
            const changed = plain(request.getOlds()).region !== plain(request.getNews()).region;
            return diffResponse({ changes: changed ? ["region"] : [], replaces: changed ? ["region"] : [] });
        }),

        configure: unary((request: rpc.ConfigureRequest) => {
            const region = plain(request.getArgs()).region ?? process.env.AWS_REGION;
            aws.region = typeof region === "string" ? region : aws.region;
            const response = new rpc.ConfigureResponse();
            response.setSupportspreview(true);
            // A bridged provider takes no secrets: the engine unwraps them, and marks the outputs of the same name.
            // Neither takes resource references: the engine hands over ids.
            response.setAcceptsecrets(packageName === "aws-native");
            return response;
        }),

        check: unary((request: rpc.CheckRequest) => {
            const [urn, olds, news] = [request.getUrn(), plain(request.getOlds()), plain(request.getNews())];
            const { inputs, failures } = check(typeIn(urn), urn, olds, news, aws);
            const response = new rpc.CheckResponse();
            response.setInputs(struct(inputs));
            response.setFailuresList(failures.map(failure));
            return response;
        }),

        diff: unary((request: rpc.DiffRequest) =>
            diffResponse(diff(typeIn(request.getUrn()), plain(request.getOldInputs()), plain(request.getNews()))),
        ),

        create: unary((request: rpc.CreateRequest) => {
            const urn = request.getUrn();
            const { id, outputs } = create(typeIn(urn), urn, plain(request.getProperties()), aws, request.getPreview());
            const response = new rpc.CreateResponse();
            response.setId(id);
            response.setProperties(struct(outputs));
            return response;
        }),

        read: unary((request: rpc.ReadRequest) => {
            const [token, id] = [typeIn(request.getUrn()), request.getId()];
            const response = new rpc.ReadResponse();
            response.setId(id);
            response.setProperties(struct(read(token, id, plain(request.getProperties()), aws)));
            response.setInputs(request.getInputs());
            return response;
        }),

        update: unary((request: rpc.UpdateRequest) => {
            const olds = { inputs: plain(request.getOldInputs()), outputs: plain(request.getOlds()) };
            const [token, id, news] = [typeIn(request.getUrn()), request.getId(), plain(request.getNews())];
            const outputs = update(token, id, olds, news, aws, request.getPreview());
            const response = new rpc.UpdateResponse();
            response.setProperties(struct(outputs));
            return response;
        }),

        delete: unary(() => new Empty()),
        cancel: unary(() => new Empty()),

        invoke: unary((request: rpc.InvokeRequest) => {
            const response = new rpc.InvokeResponse();
            response.setReturn(struct(invoke(request.getTok(), plain(request.getArgs()), aws)));
            return response;
        }),
    };
}

function unary<Request, Response>(answer: (request: Request) => Response) {
    return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => {
        try {
            callback(null, answer(call.request));
        } catch (error) {
            callback(error instanceof Error ? error : new Error(String(error)));
        }
    };
}

function diffResponse(difference: { changes: string[]; replaces: string[]; deleteBeforeReplace?: boolean }) {
    const response = new rpc.DiffResponse();
    const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
    response.setChanges(difference.changes.length > 0 ? DIFF_SOME : DIFF_NONE);
    response.setDiffsList(difference.changes);
    response.setReplacesList(difference.replaces);
    response.setDeletebeforereplace(difference.deleteBeforeReplace ?? false);
    return response;
}

function failure({ property, reason }: Failure): rpc.CheckFailure {
    const message = new rpc.CheckFailure();
    message.setProperty(property);
    message.setReason(reason);
    return message;
}

/** `urn:pulumi:stack::project::parent$type::name` */
function typeIn(urn: string): string {
    return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function plain(message: Struct | undefined): Props {
    return message ? message.toJavaScript() : {};
}

function struct(props: Props): Struct {
    return Struct.fromJavaScript(props as { [key: string]: JavaScriptValue });
}
