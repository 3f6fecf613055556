import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inTemporaryFolder } from "../../../tools/pulumi/command";
import { type PulumiFn, type Run, type StackOptions, type TestStack, withStack } from "./engine";
import { typeAndName } from "./run";

type Props = { [name: string]: unknown };

/** A resource as a policy got it; what was not known yet is "UNKNOWN". Resources are written `type::name`. */
export interface Seen {
    props: Props;
    parent?: string;
    dependencies: string[];
    propertyDependencies: { [property: string]: string[] };
}

export interface Spied extends Run {
    /** What resource policies got: the checked inputs. */
    inputs: { [resource: string]: Props };
    /** What stack policies got: the outputs, with relations. */
    outputs: { [resource: string]: Seen };
}

export interface SpiedStack {
    preview(program?: PulumiFn): Promise<Spied>;
    up(program?: PulumiFn): Promise<Spied>;
    export: TestStack["export"];
}

/** As `withStack`, with the pack that writes down what the engine sends it. */
export function withSpy<T>(
    program: PulumiFn,
    options: StackOptions,
    use: (stack: SpiedStack) => Promise<T>,
): Promise<T> {
    return inTemporaryFolder((folder) => spyInto(join(folder, "seen"), program, options, use));
}

function spyInto<T>(
    file: string,
    program: PulumiFn,
    options: StackOptions,
    use: (stack: SpiedStack) => Promise<T>,
): Promise<T> {
    const spying = async (run: Promise<Run>): Promise<Spied> => {
        const result = await run;
        // A pack that saw nothing, since the run failed before, would look like one that was sent nothing.
        assert.equal(result.exitCode, 0, `the run failed:\n${result.stdout}${result.stderr}`);
        assert.ok(existsSync(file), `the pack saw nothing:\n${result.stdout}${result.stderr}`);
        const seen = read(readFileSync(file, "utf8"));
        rmSync(file, { force: true });
        return { ...result, ...seen };
    };
    return withStack(program, { pack: join(__dirname, "spy-pack"), ...options, env: { SPY_FILE: file } }, (stack) =>
        use({
            preview: (next) => spying(stack.preview(next)),
            up: (next) => spying(stack.up(next)),
            export: () => stack.export(),
        }),
    );
}

function read(text: string): Pick<Spied, "inputs" | "outputs"> {
    const seen: Pick<Spied, "inputs" | "outputs"> = { inputs: {}, outputs: {} };
    for (const line of text.trim().split("\n")) {
        const { kind, type, name, props, parent, dependencies, propertyDependencies } = JSON.parse(line);
        const resource = `${type}::${name}`;
        if (kind === "resource") {
            seen.inputs[resource] = props;
        } else {
            seen.outputs[resource] = {
                props,
                ...(parent ? { parent: typeAndName(parent) } : {}),
                dependencies: dependencies.map(typeAndName).sort(),
                propertyDependencies: Object.fromEntries(
                    Object.entries(propertyDependencies as { [property: string]: string[] })
                        .filter(([, urns]) => urns.length > 0)
                        .map(([property, urns]) => [property, urns.map(typeAndName).sort()]),
                ),
            };
        }
    }
    return seen;
}
