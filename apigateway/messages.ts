/** Words that findings share. A value that may be unknown never gets into a message raw: it gets a stand-in here. */

import type { ApiReference } from "./api";
import { DEPLOYMENT, fromAncestors, type Resource } from "./resource";
import { isKnown, type Maybe } from "./values";

/** A finding: the fact, the fix in words (enough for users of Python, Go or YAML), the TypeScript to write. */
export function finding(fact: string, fix: string, code?: string): string {
    return [fact, fix, ...(code === undefined ? [] : [code])].map(oneLine).join("\n");
}

/** Each part is one line, whatever a method path of the program holds. */
function oneLine(words: string): string {
    return words.replaceAll("\r", "\\r").replaceAll("\n", "\\n");
}

/** A name in quotes, as TypeScript would write it. */
export function quote(name: string): string {
    return JSON.stringify(name);
}

interface StageLike {
    readonly resource: Resource;
    readonly name: Maybe<string>;
    readonly api: ApiReference;
}

/** `Stage "prod" of API "orders"`: the name the user gave in the program, where AWS's own is not known. */
export function describeStage({ resource, name, api }: StageLike): string {
    const [only, another] = api.apis;
    const apiName = only !== undefined && another === undefined ? only.name : api.id;
    const stage = `Stage ${quote(isKnown(name) ? name : resource.name)}`;
    return isKnown(apiName) ? `${stage} of API ${quote(apiName)}` : stage;
}

/**
 * How a program reaches the id of the API and the name of a stage it made. A component's user has neither of the two
 * resources at hand but through the component.
 */
export function reach(stage: Pick<StageLike, "resource" | "name">): { restApi: string; stageName: string } {
    const component = fromAncestors(stage.resource, (ancestor) => COMPONENTS[ancestor.type]);
    if (component !== undefined) {
        return component;
    }
    return stage.resource.type === DEPLOYMENT && isKnown(stage.name)
        ? { restApi: "deployment.restApi", stageName: quote(stage.name) }
        : { restApi: "stage.restApi", stageName: "stage.stageName" };
}

/** The components that make REST stages, by type: @pulumi/aws-apigateway's and awsx's. */
const COMPONENTS: Readonly<Record<string, { restApi: string; stageName: string }>> = {
    "aws-apigateway:index:RestAPI": { restApi: "api.api.id", stageName: "api.stage.stageName" },
    "aws:apigateway:x:API": { restApi: "api.restAPI.id", stageName: "api.stage.stageName" },
};
