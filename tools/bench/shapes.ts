/**
 * Stacks and runs that grow in one direction, each so that a program compares all with all, or recurses deeply, if it can.
 * Each has a mistake or more that is only found, or only named correctly, by way of what grows.
 */

import { component, provider, type Recorded, resource, stack } from "./recorded";
import { roleFor } from "./services";
import { stateOf } from "./states";

/** As previews print a value that is not known yet. */
const UNKNOWN = "[unknown]";

const REST_API = "aws:apigateway/restApi:RestApi";
const STAGE = "aws:apigateway/stage:Stage";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const ROLE = roleFor("apigateway.amazonaws.com", "api-gateway-logs");

/** First previews of so many APIs with a stage each; the last stage does not depend on its log group. */
export function manyApis(n: number): object {
    return previewOf(
        numbers(n).flatMap((index) => {
            const api = restApi(`api-${index}`);
            return [api, ...loggingStage(`stage-${index}`, api, index === n - 1)];
        }),
    );
}

/** The first preview of one API with so many stages; the last stage does not depend on its log group. */
export function manyStages(n: number): object {
    const api = restApi("api");
    return previewOf([api, ...numbers(n).flatMap((index) => loggingStage(`stage-${index}`, api, index === n - 1))]);
}

const METHODS = 20;

/** The same with a Deployment, which depends on the integrations of 20 methods. */
export function manyStagesOfMethods(n: number): object {
    const api = restApi("api");
    const methods = numbers(METHODS).map((index) => methodOf(api, `method-${index}`));
    const deployment = resource("aws:apigateway/deployment:Deployment", "api", {
        inputs: { restApi: UNKNOWN },
        from: { restApi: api },
        dependsOn: methods.flatMap((method) => method.slice(-1)),
    });
    const stages = numbers(n).flatMap((index) => loggingStage(`stage-${index}`, api, index === n - 1, deployment));
    return previewOf([api, ...methods.flat(), deployment, ...stages]);
}

/** Settings that depend on all settings before them, and none on the Account. */
export function settingsInTurn(n: number): object {
    const all: Recorded[] = [];
    for (const index of numbers(n)) {
        all.push(settingsElsewhere(`settings-${index}`, { dependsOn: [...all] }));
    }
    return stateWith([ROLE, accountOf("account"), ...all]);
}

/** Components in each other. The outermost has an API, and the innermost a stage that does not name it. */
export function deepChain(n: number): object {
    const parts = chain(n);
    const api = { ...restApi("api"), parent: parts[0].urn };
    const stage = resource(STAGE, "stage", { inputs: { stageName: "prod" }, parent: parts.at(-1) as Recorded });
    return stateWith([...parts, api, stage]);
}

/** Components in each other, each before the one that it is in. Only the outermost says where it is in the program. */
export function childrenFirst(n: number): object {
    const [outermost, ...others] = chain(n);
    const parts = [outermost, ...others.map((part) => withoutPosition(part))];
    const group = resource("aws:cloudwatch/logGroup:LogGroup", "group", {
        inputs: { name: "/group" },
        parent: parts.at(-1) as Recorded,
    });
    return stateOf([stack(), provider(), ...parts, withoutPosition(group)].reverse());
}

/** Accounts of different AWS accounts, each with settings. The last is the first's again, and its settings depend on none. */
export function manyAccounts(n: number): object {
    const all = numbers(n).flatMap((index) => {
        const isLast = index === n - 1;
        const roleArn = `arn:aws:iam::${100_000_000_000 + (isLast ? 0 : index)}:role/deploy`;
        const own = provider(`provider-${index}`, { assumeRoles: [{ roleArn }] });
        const account = accountOf(`account-${index}`, { provider: own });
        const dependsOn = isLast ? [] : [account];
        return [own, account, settingsElsewhere(`settings-${index}`, { provider: own, dependsOn })];
    });
    return stateWith([ROLE, ...all]);
}

/** Events of so many runs of one stack, with a finding each, one run after the other. */
export function manyRuns(n: number): string {
    const policyEvent = {
        resourceUrn: "urn:pulumi:prod::shop::aws:s3/bucket:Bucket::photos",
        message: "Bucket is public.",
        policyName: "private-buckets",
        policyPackName: "house-rules",
        enforcementLevel: "advisory",
    };
    const run = [{ policyEvent }, { summaryEvent: { result: "succeeded" } }];
    const lines = run.map((event, sequence) => `${JSON.stringify({ sequence, ...event })}\n`);
    return lines.join("").repeat(n);
}

/** An Account inside components inside each other. Some settings depend on the outermost component, others on nothing. */
export function dependencyOnDeepChain(n: number): object {
    const parts = chain(n);
    const account = accountOf("account", { parent: parts.at(-1) as Recorded });
    const settings = settingsElsewhere("dependent", { dependsOn: [parts[0]] });
    return stateWith([ROLE, ...parts, account, settings, settingsElsewhere("independent")]);
}

/** A stage whose API comes by way of a Deployment that depends on so many queues, too, and that has no settings. */
export function longList(n: number): object {
    const queues = numbers(n).map((index) => resource("aws:sqs/queue:Queue", `queue-${index}`, { inputs: {} }));
    const api = restApi("api");
    const restApiComesFrom = [...queues, api].map(({ urn }) => urn);
    const deployment = {
        ...resource("aws:apigateway/deployment:Deployment", "api", { inputs: { restApi: UNKNOWN } }),
        dependencies: restApiComesFrom,
        propertyDependencies: { restApi: restApiComesFrom },
    };
    const inputs = { restApi: UNKNOWN, stageName: "prod" };
    return previewOf([...queues, api, deployment, resource(STAGE, "stage", { inputs, from: { restApi: deployment } })]);
}

/** Stages without settings. */
export function manyFindings(n: number): object {
    const stages = numbers(n).map((index) =>
        resource(STAGE, `stage-${index}`, { inputs: { restApi: "abc", stageName: `stage-${index}` } }),
    );
    return stateWith(stages);
}

/** A config that exempts each stage of `manyFindings` by a pattern of its own, but the last. */
export function manyExemptions(n: number): object {
    const exemptions = numbers(n - 1).map((index) => ({
        match: [`stage-${index}`, `*::stage-${index}`, `ab*/stage-${index}`][index % 3],
        reason: "Only for load tests",
    }));
    return { "apigateway-stage-execution-logging": { exemptions } };
}

/** Log groups that never expire. */
export function manyGroups(n: number): object {
    const groups = numbers(n).map((index) =>
        resource("aws:cloudwatch/logGroup:LogGroup", `group-${index}`, { inputs: { name: `/shop/${index}/log` } }),
    );
    return stateWith(groups);
}

/** A config that leaves each group of `manyGroups` out by a pattern of its own, but the last. */
export function manyExcluded(n: number): object {
    return { "cloudwatch-log-group-retention": { exclude: numbers(n - 1).map((index) => `/shop/${index}/*`) } };
}

/** A log group that never expires, with properties that are nested so deep; in one text, because `JSON.stringify` recurses. */
export function deepProperties(n: number): string {
    const group = resource("aws:cloudwatch/logGroup:LogGroup", "group", { inputs: { name: "/group", tags: "nested" } });
    const nested = `${'{"tags":'.repeat(n)}"x"${"}".repeat(n)}`;
    return JSON.stringify(stateWith([group])).replaceAll('"nested"', nested);
}

function numbers(n: number): number[] {
    return [...Array(n).keys()];
}

/** A first preview: nothing has an id or outputs. */
function previewOf(resources: readonly Recorded[]): object {
    const steps = [stack(), provider(), ...resources].map(({ id, outputs, ...newState }) => ({
        op: "create",
        urn: newState.urn,
        newState,
    }));
    return { steps, changeSummary: { create: steps.length } };
}

function stateWith(resources: readonly Recorded[]): object {
    return stateOf([stack(), provider(), ...resources]);
}

type Rest = Omit<Parameters<typeof resource>[2], "inputs">;

function accountOf(name: string, rest: Rest = {}): Recorded {
    const inputs = { cloudwatchRoleArn: ROLE.outputs?.arn };
    return resource("aws:apigateway/account:Account", name, { inputs, from: { cloudwatchRoleArn: ROLE }, ...rest });
}

function restApi(name: string): Recorded {
    return resource(REST_API, name, { inputs: { name } });
}

/** A method of an API: its Resource, its Method and its Integration. */
function methodOf(api: Recorded, name: string): Recorded[] {
    const path = resource("aws:apigateway/resource:Resource", name, {
        inputs: { restApi: UNKNOWN, parentId: UNKNOWN, pathPart: name },
        from: { restApi: api, parentId: api },
    });
    const inputs = { restApi: UNKNOWN, resourceId: UNKNOWN, httpMethod: "GET" };
    const from = { restApi: api, resourceId: path };
    const method = resource("aws:apigateway/method:Method", name, { inputs, from });
    const integration = resource("aws:apigateway/integration:Integration", name, {
        inputs: { ...inputs, type: "MOCK" },
        from: { ...from, httpMethod: method },
    });
    return [path, method, integration];
}

/** A stage that logs, with its settings and its log group, while the id of the API is not known. */
function loggingStage(name: string, api: Recorded, isForgetful: boolean, deployment?: Recorded): Recorded[] {
    const group = resource("aws:cloudwatch/logGroup:LogGroup", name, {
        inputs: { name: UNKNOWN, retentionInDays: 30 },
        from: { name: api },
    });
    const stage = resource(STAGE, name, {
        inputs: { restApi: UNKNOWN, stageName: name, ...(deployment && { deployment: UNKNOWN }) },
        from: { restApi: api, ...(deployment && { deployment }) },
        dependsOn: isForgetful ? [] : [group],
    });
    const settings = resource(SETTINGS, name, {
        inputs: { restApi: UNKNOWN, stageName: name, methodPath: "*/*", settings: { loggingLevel: "INFO" } },
        from: { restApi: api, stageName: stage },
    });
    return [group, stage, settings];
}

/** Settings that turn a log on, of a stage in another stack. */
function settingsElsewhere(name: string, rest: Rest = {}): Recorded {
    const settings = { loggingLevel: "INFO" };
    return resource(SETTINGS, name, {
        inputs: { restApi: "abc", stageName: "prod", methodPath: `${name}/GET`, settings },
        ...rest,
    });
}

/** Components, each in the one before. */
function chain(n: number): [Recorded, ...Recorded[]] {
    const parts: [Recorded, ...Recorded[]] = [component("shop:index:Part", "part-0")];
    while (parts.length < n) {
        parts.push(component("shop:index:Part", `part-${parts.length}`, parts.at(-1)));
    }
    return parts;
}

function withoutPosition(one: Recorded): Recorded {
    return { ...one, sourcePosition: undefined };
}
