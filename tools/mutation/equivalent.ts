/**
 * Mutants that no test can kill, because the program with them does the same; `npm run mutation` leaves them out of its score. It
 * also rejects an entry that a test kills, or whose code is gone, so that the list stays true.
 *
 * On 2026-11-30, tests noticed 99.4 % of 5,384 mutants that are not equivalent; 34 were left, most of them where log groups are
 * matched to what writes logs. That was measured in parts: all mutants once, then those that were left, with more rows.
 * Mutants of what runs only when a file is loaded, such as the metadata of policies, are not tried.
 */

export interface Equivalent {
    /** Why nobody can see the difference. */
    readonly because: string;
    readonly file: string;
    /** The line on which the mutated code starts, without its indentation. */
    readonly line: string;
    /** The code that stands in its place, or its first line. */
    readonly becomes: readonly string[];
}

const NO_MATCH = "Only a match has groups; the first entry of a list without a match is not read.";
const SPEED = "It only saves time: the answer is the same without it.";
const TYPES = "The condition is there for the types: what it excludes cannot occur, or gives the same answer.";
const ANCHOR = "What the rest of the expression, or what reads its result, demands leaves no room for more text.";

export const EQUIVALENT: readonly Equivalent[] = [
    {
        because: NO_MATCH,
        file: "aws/apigateway/access-log.ts",
        line: String.raw`const [, stream] = /^arn:[^:]*:firehose:.*:deliverystream\/(.*)$/.exec(arn) ?? [];`,
        becomes: ['["Stryker was here"]'],
    },
    {
        because: SPEED,
        file: "aws/apigateway/api.ts",
        line: "for (let at = api.parent; at !== undefined && below.get(at) !== null; at = at.parent) {",
        becomes: ["true"],
    },
    {
        because: SPEED,
        file: "aws/apigateway/api.ts",
        line: "if (a.apis !== b.apis && ![...a.apis].some((api) => b.apis.has(api))) {",
        becomes: ["true"],
    },
    {
        because: "The set is asked for known ids only.",
        file: "aws/apigateway/api.ts",
        line: "anyOfType(stack, ...API_TYPES)",
        becomes: ["anyOfType(stack, ...API_TYPES).map(idOf)"],
    },
    {
        because: "An unknown list has unknown entries.",
        file: "aws/apigateway/domain-name.ts",
        line: "if (list === UNKNOWN) {",
        becomes: ["false", "{}"],
    },
    {
        because: 'Both are neither "yes" nor "maybe".',
        file: "aws/apigateway/execution-log-group.ts",
        line: 'return own.length === 0 ? "no" : own.every((one) => counts.get(one) === 1) ? "yes" : "maybe";',
        becomes: ['""'],
    },
    {
        because: NO_MATCH,
        file: "aws/apigateway/execution-log.ts",
        line: String.raw`const [, api, name] = /^([^/]+)\/([^/]+)(?:\/Canary)?$/.exec(rest) ?? [];`,
        becomes: ['["Stryker was here"]'],
    },
    {
        because: "A match has both the API and the stage; without one, both are missing.",
        file: "aws/apigateway/execution-log.ts",
        line: "return kind === undefined || api === undefined || name === undefined ? undefined : { kind, api, name };",
        becomes: ["false"],
    },
    {
        because: "`sameApi` confirms whatever is found under a key, and never for a reference to one of several APIs.",
        file: "aws/apigateway/protocol.ts",
        line: "return [...(isKnown(id) ? [id] : []), ...(only !== undefined && another === undefined ? [only.urn] : [])];",
        becomes: ['["Stryker was here"]', "true"],
    },
    {
        because: "Nothing is known of such an API, and so not what any of its properties is.",
        file: "aws/apigateway/quick-create.ts",
        line: 'const target = text(api, "target");',
        becomes: ['""'],
    },
    {
        because:
            "A stage whose name is not known has one maker: only stages with known names are found to be the same.",
        file: "aws/apigateway/rest-stage.ts",
        line: "makers.some((maker) => {",
        becomes: ["makers.every(maker => {"],
    },
    {
        because: NO_MATCH,
        file: "aws/apigateway/stage-arn.ts",
        line: "const [, id, name] = STAGE_ARN.exec(arn) ?? [];",
        becomes: ['["Stryker was here"]'],
    },
    {
        because: 'Whatever is not "yes" leaves the stage open.',
        file: "aws/apigateway/stage-arn.ts",
        line: 'named.set(stage, stage.name === name ? match : "maybe");',
        becomes: ['""'],
    },
    {
        because: 'Whatever is not "yes" leaves the stage open.',
        file: "aws/apigateway/stage-arn.ts",
        line: 'return new Map(possible.map((one) => [one, "maybe"]));',
        becomes: ['""'],
    },
    {
        because: "One of one stage is that stage, as long as no two resources name the same one.",
        file: "aws/apigateway/stage-arn.ts",
        line: 'return anotherStage === undefined ? new Map([[stage, "yes"]]) : { oneOf: found };',
        becomes: ["false"],
    },
    {
        because: TYPES,
        file: "aws/apigateway/stage-names.ts",
        line: "const [only, another] = stack === undefined || resource === undefined ? [] : apiFinder(stack)(resource).apis;",
        becomes: ["false"],
    },
    {
        because: "Without a match there is no path, and then neither region nor account.",
        file: "aws/identity.ts",
        line: `const [, region = "", account = "", rest = ""] = /^arn:[^:]*:[^:]*:([^:]*):([^:]*):(.+)$/s.exec(arn) ?? [];`,
        becomes: ['"Stryker was here!"', '["Stryker was here"]', `/^arn:[^:]*:[^:]*:([^:]*):([^:]*):(.+)/s`],
    },
    {
        because: NO_MATCH,
        file: "aws/identity.ts",
        line: String.raw`const [, ofApi = "", ofStage = ""] = /^(\/(?:restapis|apis)\/[^/]+)(\/stages\/[^/]+)?/.exec(inside) ?? [];`,
        becomes: ['["Stryker was here"]'],
    },
    {
        because: "Nothing has a property called undefined.",
        file: "aws/identity.ts",
        line: "const arn = property === undefined ? undefined : text(resource, property);",
        becomes: ["false"],
    },
    {
        because: "The key is the same for the same name, in either case.",
        file: "aws/rds/cluster-parameters.ts",
        line: "const origin = isKnown(name) ? name.toLowerCase() : dependenciesOf(cluster, [GROUP_NAME]).map(({ urn }) => urn);",
        becomes: ["name.toUpperCase()"],
    },
    {
        because: "Every exemption is of a resource.",
        file: "pack/evaluate.ts",
        line: "} else if (resource !== undefined) {",
        becomes: ["true"],
    },
    {
        because: ANCHOR,
        file: "pack/exemptions.ts",
        line: String.raw`return /^\d{4}-\d\d-\d\d$/.test(given) && !Number.isNaN(date.valueOf()) && dayOf(date) === given;`,
        becomes: [String.raw`/\d{4}-\d\d-\d\d$/`, String.raw`/^\d{4}-\d\d-\d\d/`],
    },
    {
        because: "Without exemptions, no name is compared with any.",
        file: "pack/exemptions.ts",
        line: "const { names, partlyKnown } = exemptions.length === 0 ? NAMELESS : namesOf(resource, stack);",
        becomes: ["false"],
    },
    {
        because: "A copy of a finding is the finding.",
        file: "pack/exemptions.ts",
        line: 'return more.length === 0 ? finding : { ...finding, problem: [finding.problem, ...more].join(" ") };',
        becomes: ["false"],
    },
    {
        because: "Nothing is before a day that is not set.",
        file: "pack/exemptions.ts",
        line: "return until !== undefined && until < today;",
        becomes: ["true"],
    },
    {
        because: "A place in a list that is not one has no key.",
        file: "pack/exemptions.ts",
        line: 'const index = (isKnown(list) ? list : []).find((at) => text(resource, ...tags, at, "key") === key);',
        becomes: ['["Stryker was here"]'],
    },
    {
        because: "A stage that is not certain is one of a WebSocket API, which has one log.",
        file: "policies/apigateway-stage-execution-log-group.ts",
        line: 'if (!stage.isCertain && logs.some(({ group }) => group !== "in time")) {',
        becomes: ["logs.every(({"],
    },
    {
        because: "The default group is answered before either is read.",
        file: "policies/rds-cluster-audit-logging.ts",
        line: 'const [group, another] = groups === "default" ? [] : groups;',
        becomes: ["false", '["Stryker was here"]', '""'],
    },
    {
        because: "The names of the groups of one database are all known, or none is.",
        file: "policies/rds-log-export-log-group.ts",
        line: "const isAny = undeclared.some(({ groupName }) => groupName === undefined) && undeclared.length < logs.length;",
        becomes: ["undeclared.every(({"],
    },
    {
        because: "Only resources that the index was made for are looked for in its answers.",
        file: "stack/dependencies.ts",
        line: "const children = (resource: Resource) => (stack.children.get(resource) ?? []).filter((child) => needs.has(child));",
        becomes: ["stack.children.get(resource) ?? []", '["Stryker was here"]'],
    },
    {
        because: SPEED,
        file: "stack/dependencies.ts",
        line: "const isNamed = neededBy.has(resource) || children(resource).length > 0;",
        becomes: ["true", "children(resource).length >= 0"],
    },
    { because: SPEED, file: "stack/dependencies.ts", line: "if (!isNamed) {", becomes: ["false", "{}"] },
    {
        because: "What is below a resource that is not a component is not needed for it, and is not looked for.",
        file: "stack/dependencies.ts",
        line: "if (isComponent(dependency) && !expanded.has(dependency)) {",
        becomes: ["true", "isComponent(dependency) || !expanded.has(dependency)"],
    },
    { because: SPEED, file: "stack/dependencies.ts", line: "if (!expanded.has(child)) {", becomes: ["true"] },
    {
        because: "No resource has such a URN.",
        file: "stack/dependencies.ts",
        line: 'const provider = stack.byUrn.get(resource.provider?.urn ?? "");',
        becomes: ['"Stryker was here!"'],
    },
    {
        because: SPEED,
        file: "stack/provider.ts",
        line: "(a.provider?.urn !== b.provider?.urn && differ(accountId(a.provider), accountId(b.provider)))",
        becomes: ["true"],
    },
    {
        because: "Nothing is below what is not in the stack.",
        file: "stack/relations.ts",
        line: "const components: Resource[] = [];",
        becomes: ['["Stryker was here"]'],
    },
    {
        because: "No two resources have the same URN.",
        file: "stack/stack.ts",
        line: "return resources.sort((a, b) => (a.urn < b.urn ? -1 : 1));",
        becomes: ["a.urn <= b.urn"],
    },
    {
        because: "The first part of a split text is always there.",
        file: "stack/urn.ts",
        line: "return stack === undefined || project === undefined ? undefined : `${project}/${stack}`;",
        becomes: ["false"],
    },
    {
        because: 'Whatever is neither "yes" nor "no" makes settings a candidate.',
        file: "aws/apigateway/rest-stage.ts",
        line: 'return named || settings.stages.size === 0 ? "maybe" : "no";',
        becomes: ['""'],
    },
    {
        because: "No delivery source is a text.",
        file: "aws/logs/delivery.ts",
        line: ": (delivery.propertyDependencies.deliverySourceName ?? []).includes(source);",
        becomes: ['["Stryker was here"]'],
    },
    {
        because: "The first part of a split text is always there.",
        file: "pack/pattern.ts",
        line: 'const [first = "", ...parts] = pattern.split("*");',
        becomes: ['"Stryker was here!"'],
    },
    {
        because: "Bounds with two retentions that are as near to 90 days have 90 days between them.",
        file: "aws/logs/retention.ts",
        line: "return retentionsWithin(bounds).reduce((best, days) => (Math.abs(days - 90) < Math.abs(best - 90) ? days : best));",
        becomes: ["Math.abs(days - 90) <= Math.abs(best - 90)"],
    },
    {
        because: "The list of each database is made before.",
        file: "aws/rds/log-group.ts",
        line: "logsOf.get(database)?.push({ type, groupName, group: destinationOf(log) });",
        becomes: ["logsOf.get(database).push"],
    },
];
