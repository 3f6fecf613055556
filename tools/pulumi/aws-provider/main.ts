import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { service } from "./service";

/**
 * Stands in for the AWS provider plugins. It serves the provider protocol itself: the `main` of
 * `@pulumi/pulumi/provider` never declares preview support, and then the engine shows a pack inputs for outputs.
 */
function main(packageName: string): void {
    const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
    server.addService(ResourceProviderService, service(packageName));
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error) {
            throw error;
        }
        console.log(port);
    });
    // The engine kills its plugins when it ends. If it was killed itself, they get another parent.
    const engine = process.ppid;
    setInterval(() => process.ppid === engine || process.exit(), 1000).unref();
}

main(process.argv[2] ?? "aws");
