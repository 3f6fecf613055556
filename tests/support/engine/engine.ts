/** The real engine, with its findings read from the events. */

import * as engine from "../../../tools/pulumi/engine";
import { type Run, read } from "./run";

export { pulumi } from "../../../tools/pulumi/command";
export type { Deployment, PulumiFn, StackOptions } from "../../../tools/pulumi/engine";
export type { Finding, Remediation, Run } from "./run";

export interface TestStack extends Pick<engine.EngineStack, "export"> {
    /** Another program than the stack's own stands for the next version of it. */
    preview(program?: engine.PulumiFn, options?: readonly string[]): Promise<Run>;
    up(program?: engine.PulumiFn): Promise<Run>;
    /** A preview, and what it prints with `--json --show-sames`. */
    previewDigest(program?: engine.PulumiFn): Promise<Run & { readonly digest: object }>;
}

/** Gives `use` a fresh stack in a file backend. Nothing of it is left when `use` is done, or has failed. */
export function withStack<T>(
    program: engine.PulumiFn,
    options: engine.StackOptions,
    use: (stack: TestStack) => Promise<T>,
): Promise<T> {
    return engine.withStack(program, options, (stack) =>
        use({
            preview: async (next, more) => read(await stack.preview(next, more)),
            previewDigest: async (next) => {
                const preview = read(await stack.preview(next, ["--json", "--show-sames"]));
                try {
                    return { ...preview, digest: JSON.parse(preview.stdout) };
                } catch {
                    throw new Error(`pulumi preview --json printed no JSON:\n${preview.stdout}${preview.stderr}`);
                }
            },
            up: async (next) => read(await stack.up(next)),
            export: () => stack.export(),
        }),
    );
}

/** Runs a pack over a stack's exported state; neither a program nor a provider takes part. */
export async function analyze(...args: Parameters<typeof engine.analyze>): Promise<Run> {
    return read(await engine.analyze(...args));
}
