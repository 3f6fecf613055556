/** The code of a finding, applied to a deployed stack as a user would add it to the program. */

import { isObject, type Properties } from "../../cli/inputs/properties";
import type { RecordedResource } from "../../cli/inputs/recorded";
import type { Finding } from "../../pack/finding";
import { type Declaration, type Fields, isList, type Value } from "../../stack/code";

/**
 * The resources of a stack once the code of a finding on one of them is in its program, and what its advice says beside:
 * to depend on what is declared, or to leave out what it replaces. Or why that cannot be done.
 */
export function applied(
    resources: readonly RecordedResource[],
    urn: string,
    { code, problem, advice }: Finding,
): readonly RecordedResource[] | string {
    const own = resources.find((one) => one.urn === urn);
    if (own === undefined || code === undefined) {
        return "it has no code";
    }
    if (/"<(?!name on)/.test(JSON.stringify(code)) || /\/<|<stage name>|<identifier>/.test(JSON.stringify(code))) {
        return "it has a gap to fill in";
    }
    const { restApi, restApiId, apiId, protocolType } = own.outputs as Properties;
    const declares = JSON.stringify(code).includes('"declare"');
    if (
        declares &&
        /(?:Stage|Deployment)$/.test(own.type) &&
        [restApi, restApiId, apiId].every((id) => id === undefined)
    ) {
        return "only its parent says to which API it belongs";
    }
    if (declares && own.type.endsWith("Api") && protocolType === "WEBSOCKET") {
        return "it is about quick create, which AWS has for HTTP APIs only";
    }
    if ("inputs" in code) {
        const to = valuesOf(code.inputs, own);
        return replaced(resources, { ...own, inputs: merged(own.inputs, to), outputs: merged(own.outputs, to) });
    }
    if ("options" in code) {
        if (/^(Name|Set) /.test(advice)) {
            return "something must be named first";
        }
        const names = [...problem.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([text]) => JSON.parse(text) as string);
        const wanted = resources.filter((one) => /LogGroup$|Account$/.test(one.type) && names.includes(nameIn(one)));
        return depending(resources, own, wanted);
    }
    const added = code.declare.map((one, index) => declared(one, index, own));
    const left = using(added, withoutReplaced(own, code.declare));
    const all = [...replaced(resources, left), ...added];
    const isAwaited = added.some(({ type }) => type.endsWith(":LogGroup"));
    return isAwaited ? depending(all, own, added) : all;
}

function nameIn({ urn }: RecordedResource): string {
    return urn.slice(urn.lastIndexOf("::") + 2);
}

function replaced(resources: readonly RecordedResource[], by: RecordedResource): readonly RecordedResource[] {
    return resources.map((one) => (one.urn === by.urn ? by : one));
}

/** A cluster uses the parameter group that is declared for it. */
function using(added: readonly RecordedResource[], own: RecordedResource): RecordedResource {
    const group = added.find(({ type }) => type.endsWith("ClusterParameterGroup"));
    if (group === undefined) {
        return own;
    }
    const to = { dbClusterParameterGroupName: (group.outputs as Properties).id };
    return { ...own, inputs: merged(own.inputs, to), outputs: merged(own.outputs, to) };
}

/** A stage of quick create is declared in place of the target. */
function withoutReplaced(own: RecordedResource, added: readonly Declaration[]): RecordedResource {
    if (!own.type.endsWith("Api") || !added.some(({ type }) => type.endsWith("Stage"))) {
        return own;
    }
    const { target: _, ...inputs } = own.inputs as Properties;
    const { target: __, ...outputs } = own.outputs as Properties;
    return { ...own, inputs, outputs };
}

/** The resource, and the method settings that turn the log of its stage on, depend on others. */
function depending(
    resources: readonly RecordedResource[],
    own: RecordedResource,
    on: readonly RecordedResource[],
): readonly RecordedResource[] {
    const urns = on.map(({ urn }) => urn);
    const { restApi, stageName } = own.outputs as Properties;
    return resources.map((one) => {
        const { restApi: api, stageName: stage } = isObject(one.outputs) ? one.outputs : {};
        const isOfStage = one.type.endsWith("MethodSettings") && api === restApi && stage === stageName;
        return one.urn === own.urn || isOfStage
            ? { ...one, dependencies: [...(one.dependencies ?? []), ...urns] }
            : one;
    });
}

function declared(
    { type, name, inputs, options }: Declaration,
    index: number,
    own: RecordedResource,
): RecordedResource {
    const values = valuesOf(inputs, own);
    const { region } = own.inputs as Properties;
    const props = { ...values, ...(region === undefined ? {} : { region }) };
    const [before = ""] = own.urn.split(/::[^:]*(?::[^:]+)*::[^:]*$/);
    return {
        urn: `${before || "urn:pulumi:dev::shop"}::${type}::${name}-${index}`,
        type,
        inputs: props,
        outputs: { id: `new-${index}`, name: `new-${index}`, ...props },
        ...(own.provider === undefined ? {} : { provider: own.provider }),
        ...(own.parent === undefined ? {} : { parent: own.parent }),
        dependencies: options === undefined ? [own.urn] : [],
    };
}

function valuesOf(fields: Fields, own: RecordedResource): Properties {
    return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, plainValue(value, own)]));
}

function plainValue(value: Value, own: RecordedResource): unknown {
    if (typeof value !== "object") {
        return value;
    }
    if (isList(value)) {
        return value.map((one) => plainValue(one, own));
    }
    if ("block" in value) {
        return valuesOf(value.block, own);
    }
    if ("joined" in value) {
        return value.joined.map((part) => (typeof part === "string" ? part : variableOf(part.variable, own))).join("");
    }
    return "variable" in value
        ? variableOf(value.variable, own)
        : "json" in value
          ? JSON.stringify(value.json)
          : value.entries;
}

/** What a variable of the suggested code is, where the user has the resources at hand that it names. */
function variableOf(path: string, own: RecordedResource): unknown {
    const props = own.outputs as Properties;
    const api = props.restApi ?? props.restApiId ?? props.apiId ?? props.id;
    const property = path.split(".").at(-1) ?? "";
    if (/\.restApi$|^api\..*id$|^api\.id$/i.test(path)) {
        return api;
    }
    if (path === "identifier") {
        return props.identifier ?? props.clusterIdentifier ?? props.dbInstanceIdentifier ?? props.dbClusterIdentifier;
    }
    if (property === "stageName") {
        return props.stageName;
    }
    if (/stage\.arn$/.test(path)) {
        return `arn:aws:apigateway:eu-west-1::/restapis/${api}/stages/${props.stageName}`;
    }
    return (
        { logGroup: "arn:aws:logs:eu-west-1:123456789012:log-group:/access/new:*" }[path.split(".")[0] ?? ""] ?? path
    );
}

/** Objects are merged, since code shows only what changes inside of them; lists are replaced. */
function merged(before: unknown, to: Properties): Properties {
    const old = isObject(before) ? before : {};
    const set = Object.entries(to).map(([key, value]) => [key, isObject(value) ? merged(old[key], value) : value]);
    return { ...old, ...Object.fromEntries(set) };
}
