#!/usr/bin/env node
// Stands in for the Node language host of Pulumi, which cannot be built from Go modules. It starts policy packs and
// installs their dependencies, and answers UNIMPLEMENTED to all else: programs run inline, by the Automation API.
// JavaScript, since each command of the CLI that loads a pack starts it.
const { spawn } = require("node:child_process");
const grpc = require("@grpc/grpc-js");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
const { InstallDependenciesResponse, RunPluginResponse } = require("@pulumi/pulumi/proto/language_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");

/** Runs a command for a call, streaming what it prints in messages of a type. */
function stream(call, Response, [program, ...args], options, onEnd) {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk) => call.write(new Response().setStdout(chunk)));
    child.stderr.on("data", (chunk) => call.write(new Response().setStderr(chunk)));
    child.on("close", onEnd);
    call.on("cancelled", () => child.kill());
}

const fail = (call, details) => call.emit("error", { code: grpc.status.UNKNOWN, details });

const server = new grpc.Server();
server.addService(LanguageRuntimeService, {
    getPluginInfo: (_, answer) => answer(null, new PluginInfo().setVersion("0.0.0")),
    runPlugin: (call) => {
        const folder = call.request.getInfo().getProgramDirectory();
        const env = Object.fromEntries(call.request.getEnvList().map((one) => one.split(/=(.*)/s)));
        let launcher;
        try {
            // As the official host: upward from the pack, so that dist/ finds the packages of the checkout.
            launcher = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [folder] });
        } catch (error) {
            fail(call, error.message);
            return;
        }
        const command = [process.execPath, launcher, ...call.request.getArgsList(), folder];
        stream(call, RunPluginResponse, command, { cwd: folder, env }, (code) => {
            call.write(new RunPluginResponse().setExitcode(code ?? -1));
            call.end();
        });
    },
    installDependencies: (call) => {
        const cwd = call.request.getInfo().getProgramDirectory();
        const command = ["npm", "install", "--omit=dev", "--no-audit", "--no-fund"];
        stream(call, InstallDependenciesResponse, command, { cwd }, (code) =>
            code === 0 ? call.end() : fail(call, `npm install ended with ${code}`),
        );
    },
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
        throw error;
    }
    console.log(port);
});

// The engine ends its plugins. If it was killed itself, they get another parent.
const engine = process.ppid;
setInterval(() => process.ppid === engine || process.exit(), 1000).unref();
