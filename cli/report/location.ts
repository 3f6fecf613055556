/** The line of the user's program that a resource comes from. */

import { posix } from "node:path";
import type { StateResource } from "../state";
import type { Location } from "./model";

/**
 * The place where a resource is declared, or the nearest one around it that is in the user's program: what a component
 * declares comes from a library, and the program's line is where it uses the component.
 *
 * @param sourceDir the folder of the program, which paths in a state are relative to
 */
export function locationOf(
    resource: StateResource | undefined,
    byUrn: ReadonlyMap<string, StateResource>,
    sourceDir: string,
): Location | undefined {
    for (let at = resource; at !== undefined; at = byUrn.get(at.parent ?? "")) {
        const location = ownLocation(at, sourceDir);
        if (location !== undefined) {
            return location;
        }
    }
    return undefined;
}

function ownLocation({ sourcePosition, stackTrace }: StateResource, sourceDir: string): Location | undefined {
    let location = parsePosition(sourcePosition ?? "", sourceDir);
    for (const call of stackTrace ?? []) {
        location ??= parsePosition(call.sourcePosition ?? "", sourceDir);
    }
    return location;
}

/**
 * A file of the program that made some resources, where one of them says which. The interpreter of Pulumi YAML states the
 * lines of its own code (pkg/pulumiyaml/run.go in pulumi/pulumi-yaml), and a program in YAML has this file.
 */
export function programFile(resources: readonly StateResource[]): string | undefined {
    for (const resource of resources) {
        const location = ownLocation(resource, "");
        if (location !== undefined) {
            return location.path;
        }
        if (YAML_INTERPRETER.test(resource.sourcePosition ?? "")) {
            return "Pulumi.yaml";
        }
    }
    return undefined;
}

const YAML_INTERPRETER = /\/pulumi-yaml(@[^/]+)?\/pkg\/pulumiyaml\//;

/** A file has fewer lines than this has digits for, and readers of locations keep numbers in 32 bits. */
const POSITION = /^project:\/\/\/(.+)#([1-9]\d{0,8})(?:,([1-9]\d{0,8}))?$/;

/** `project:///index.ts#8,19`, both counted from 1; Python's positions have no column. */
function parsePosition(position: string, sourceDir: string): Location | undefined {
    const [, encoded = "", line, column] = POSITION.exec(position) ?? [];
    const inProject = posix.normalize(decoded(encoded));
    if (line === undefined || !isInside(inProject) || LIBRARY.test(inProject)) {
        return undefined;
    }
    const path = posix.join(sourceDir.replaceAll("\\", "/"), inProject);
    return { path, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
}

/** Whether a path is of a file in the folder that it is relative to, for Windows, too. */
function isInside(path: string): boolean {
    return !/^[/\\]|^[a-z]:[/\\]|(^|[/\\])\.\.([/\\]|$)|(^|[/\\])\.?$|\0/i.test(path);
}

const LIBRARY = /(^|\/)(node_modules|site-packages|dist-packages)\//;

function decoded(path: string): string {
    try {
        return decodeURIComponent(path);
    } catch {
        // A percent sign that stands for itself.
        return path;
    }
}
