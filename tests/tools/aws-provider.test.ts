import assert from "node:assert/strict";
import { check } from "../../tools/pulumi/aws-provider/check";
import { create, diff, read, update } from "../../tools/pulumi/aws-provider/resource";
import { inManner, type Props, UNKNOWN } from "../../tools/pulumi/aws-provider/values";

const ACCOUNT = "aws:apigateway/account:Account";
const API = "aws:apigateway/restApi:RestApi";
const STAGE = "aws:apigateway/stage:Stage";
const DEPLOYMENT = "aws:apigateway/deployment:Deployment";
const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const DOMAIN = "aws:apigateway/domainName:DomainName";
const V2_API = "aws:apigatewayv2/api:Api";
const V2_STAGE = "aws:apigatewayv2/stage:Stage";
const ROUTE = "aws:apigatewayv2/route:Route";
const INTEGRATION = "aws:apigatewayv2/integration:Integration";
const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const ROLE = "aws:iam/role:Role";
const ACL = "aws:wafv2/webAcl:WebAcl";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER = "aws:rds/cluster:Cluster";
const PARAMETERS = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

const ROLE_ARN = "arn:aws:iam::123456789012:role/logs";
const [CHAT, WEB] = ["012345678w", "012345678h"];

const of = { restApi: "0123456789", stageName: "prod" };
const stage = { ...of, deployment: "012345" };
const settings = (inside: Props) => ({ ...of, methodPath: "*/*", settings: inside });
const acl = { defaultAction: {}, scope: "REGIONAL", visibilityConfig: {} };
const integration = { apiId: WEB, integrationType: "HTTP_PROXY" };
const instance = { engine: "postgres", instanceClass: "db.t4g.micro" };
const cluster = { engine: "aurora-mysql" };
const family = { family: "aurora-mysql8.0" };
const TLS_1_3 = "SecurityPolicy_TLS13_1_3_2025_09";
const domain = { domainName: "a" };
const enhanced = { ...domain, securityPolicy: TLS_1_3, endpointAccessMode: "STRICT" };
const LEVEL = "defaultRouteSettings.loggingLevel";
const chat = { apiId: CHAT, name: "prod" };
const EXPORTS = "enabledCloudwatchLogsExports";
const exporting = { ...instance, [EXPORTS]: ["postgresql"] };

type Manner = "v7" | "v6" | "late-v6";

const urnOf = (token: string) => `urn:pulumi:test::test::${token}::shop`;

function checked(token: string, props: Props, manner: Manner = "v7"): Props {
    const { inputs, failures } = check(token, urnOf(token), {}, props, inManner(manner));
    assert.deepEqual(failures, []);
    return inputs;
}

/** The outputs of a resource in the preview that creates it, and once it is created. */
function made(token: string, props: Props, manner?: Manner): { planned: Props; deployed: Props } {
    const inputs = checked(token, props, manner);
    const outputs = (preview: boolean) => create(token, urnOf(token), inputs, inManner(manner), preview).outputs;
    return { planned: outputs(true), deployed: outputs(false) };
}

/** The outputs of a resource in the preview of a change, and after it; and the properties that a diff names. */
function changed(token: string, before: Props, after: Props, manner?: Manner) {
    const aws = inManner(manner);
    const [olds, news] = [checked(token, before, manner), checked(token, after, manner)];
    const { id, outputs } = create(token, urnOf(token), olds, aws, false);
    const next = (preview: boolean) => update(token, id, { inputs: olds, outputs }, news, aws, preview);
    return { planned: next(true), deployed: next(false), changes: diff(token, olds, news).changes };
}

/** What stands at a path: `settings.loggingLevel`, `routeSettings.0.loggingLevel`. */
function at(value: unknown, path: string): unknown {
    return path.split(".").reduce((inner, key) => (inner as Props | undefined)?.[key], value);
}

function assertIs(actual: unknown, expected: unknown): void {
    if (expected instanceof RegExp) {
        assert.match(String(actual), expected);
    } else {
        assert.deepEqual(actual, expected);
    }
}

describe("the stand-in for the AWS provider", () => {
    const IN = { region: "us-east-1", tagsAll: {} };
    const team = { tags: { team: "orders" } };
    const listed = { __defaults: ["throttlingRateLimit"], throttlingBurstLimit: 5, throttlingRateLimit: -1 };
    const INPUTS: readonly (readonly [what: string, token: string, props: Props, added: Props])[] = [
        ["the region and all tags, which are not listed", STAGE, stage, { __defaults: [], ...IN }],
        ["the program's tags", STAGE, { ...stage, ...team }, { __defaults: [], ...IN, tagsAll: team.tags }],
        [
            "listed defaults",
            V2_STAGE,
            { apiId: CHAT, name: "a" },
            { __defaults: ["autoDeploy"], autoDeploy: false, ...IN },
        ],
        [
            "no default beside a value",
            V2_STAGE,
            { apiId: CHAT, name: "a", autoDeploy: true },
            { __defaults: [], ...IN },
        ],
        [
            "a block's",
            SETTINGS,
            settings({ throttlingBurstLimit: 5 }),
            { ...settings(listed), __defaults: [], region: IN.region },
        ],
        ["no list of an Account's", ACCOUNT, {}, { region: IN.region }],
        [
            "JSON, and no region",
            ROLE,
            { name: "a", path: "/", assumeRolePolicy: {} },
            { __defaults: [], assumeRolePolicy: "{}", tagsAll: {} },
        ],
        ["nothing of aws-native's", "aws-native:rds:DbInstance", { engine: "mysql" }, {}],
    ];
    for (const [what, token, props, added] of INPUTS) {
        it(`checks ${token} ${JSON.stringify(props)} and fills in ${what}`, () =>
            assert.deepEqual(checked(token, props), { ...props, ...added }));
    }

    it("keeps the name that it made, and makes none of a prefix", () => {
        const name = (olds: Props, news: Props) => check(GROUP, urnOf(GROUP), olds, news, inManner()).inputs.name;
        assert.match(String(name({}, {})), /^shop-[0-9a-f]{7}$/);
        assert.equal(name({ name: "shop-1", __defaults: ["name"] }, {}), "shop-1");
        assert.equal(name({}, { namePrefix: "shop-" }), undefined);
        assert.match(String(checked(INSTANCE, instance).identifier), /^shop[0-9a-f]{7}$/);
    });

    const REFUSED: readonly (readonly [token: string, props: Props, reason: RegExp])[] = [
        [
            SETTINGS,
            settings({ loggingLevel: "info" }),
            /^expected settings.loggingLevel to be one of \[OFF .*, got info$/,
        ],
        [SETTINGS, { ...of, settings: {} }, /^Missing required property 'methodPath'$/],
        [GROUP, { retentionInDays: 42 }, /^expected retentionInDays to be one of \[0 1 3 .* 3653\], got 42$/],
        [V2_STAGE, { apiId: CHAT, routeSettings: [{ loggingLevel: "X" }] }, /routeSettings.\[\].* got X$/],
        [DEPLOYMENT, { restApi: "a", stageName: "prod" }, /^Invalid or unknown key$/],
        [ASSOCIATION, { resourceArn: "a", webAclArn: "arn:b" }, /^expected resourceArn to be like \^arn:, got a$/],
        [INSTANCE, { ...instance, enabledCloudwatchLogsExports: ["slow"] }, /\[agent .* upgrade\], got slow$/],
        [DOMAIN, { domainName: "a", securityPolicy: "TLS_1_3" }, /\[TLS_1_0 .*\], got TLS_1_3$/],
    ];
    for (const [token, props, reason] of REFUSED) {
        it(`refuses ${token} ${JSON.stringify(props)}`, () => {
            const { failures } = check(token, urnOf(token), {}, props, inManner());
            assert.equal(failures.length, 1);
            assert.match(failures[0]?.reason ?? "", reason);
        });
    }

    it("takes a Deployment that makes a stage before v7", () =>
        void checked(DEPLOYMENT, { restApi: "a", stageName: "prod" }, "late-v6"));

    const noLimit = { throttlingBurstLimit: null, throttlingRateLimit: null };
    const info = { loggingLevel: "INFO" };
    const routes = { dataTraceEnabled: false, detailedMetricsEnabled: false };
    const v2Routes = (apiId: string, inside: Props) => ({ apiId, name: "prod", defaultRouteSettings: inside });
    type Row = readonly [token: string, props: Props, path: string, planned: unknown, deployed: unknown];
    const CREATED: Readonly<Record<string, readonly Row[]>> = {
        "what is computed, which no preview knows": [
            [API, {}, "id", UNKNOWN, /^[a-z0-9]{10}$/],
            [API, {}, "rootResourceId", UNKNOWN, /^[a-z0-9]{10}$/],
            [STAGE, stage, "id", UNKNOWN, "ags-0123456789-prod"],
            [STAGE, stage, "arn", UNKNOWN, "arn:aws:apigateway:us-east-1::/restapis/0123456789/stages/prod"],
            [STAGE, stage, "invokeUrl", UNKNOWN, "https://0123456789.execute-api.us-east-1.amazonaws.com/prod"],
            [STAGE, stage, "webAclArn", UNKNOWN, ""],
            [STAGE, stage, "tagsAll", UNKNOWN, {}],
            [SETTINGS, settings({}), "settings.loggingLevel", UNKNOWN, ""],
            [ACCOUNT, {}, "id", UNKNOWN, "123456789012"],
            [DOMAIN, domain, "securityPolicy", UNKNOWN, "TLS_1_2"],
            [DOMAIN, domain, "endpointConfiguration", UNKNOWN, { ipAddressType: "ipv4", types: "EDGE" }],
            [V2_STAGE, v2Routes(CHAT, {}), LEVEL, UNKNOWN, "OFF"],
            [GROUP, { name: "/a" }, "arn", UNKNOWN, "arn:aws:logs:us-east-1:123456789012:log-group:/a"],
            [ROLE, { name: "a", assumeRolePolicy: {} }, "arn", UNKNOWN, "arn:aws:iam::123456789012:role/a"],
            [ACL, { ...acl, name: "a" }, "arn", UNKNOWN, /^arn:aws:wafv2:.*:regional\/webacl\/a\/[-0-9a-f]{36}$/],
            [ASSOCIATION, { resourceArn: "arn:a", webAclArn: "arn:b" }, "id", UNKNOWN, "arn:b,arn:a"],
            [INSTANCE, instance, "id", UNKNOWN, /^db-[0-9A-Z]{26}$/],
            [CLUSTER, cluster, "dbClusterParameterGroupName", UNKNOWN, "default.aurora-mysql8.0"],
            ["aws:sns/topic:Topic", {}, "arn", UNKNOWN, /^arn:aws:test:/],
        ],
        "what is optional, which is null in a preview": [
            [API, {}, "body", null, null],
            [STAGE, stage, "accessLogSettings", null, null],
            [STAGE, stage, "clientCertificateId", null, ""],
            [STAGE, stage, "xrayTracingEnabled", null, false],
            [STAGE, stage, "variables", null, null],
            [STAGE, stage, "tags", null, null],
            [DOMAIN, domain, "endpointAccessMode", null, ""],
            [V2_API, { protocolType: "HTTP" }, "target", null, null],
            [V2_STAGE, { apiId: CHAT }, "routeSettings", [], []],
            [V2_STAGE, v2Routes(CHAT, info), "defaultRouteSettings.throttlingRateLimit", null, 0],
            [ROUTE, { apiId: WEB, routeKey: "$default" }, "requestParameters", [], []],
            [INTEGRATION, integration, "tlsConfig", null, null],
            [INTEGRATION, { ...integration, tlsConfig: {} }, "tlsConfig.serverNameToVerify", null, ""],
            [INSTANCE, instance, EXPORTS, null, null],
            [CLUSTER, cluster, EXPORTS, null, null],
            [PARAMETERS, family, "parameters", [], []],
        ],
        "what the program sets": [
            [ACCOUNT, { cloudwatchRoleArn: ROLE_ARN }, "cloudwatchRoleArn", ROLE_ARN, ROLE_ARN],
            [DOMAIN, enhanced, "securityPolicy", TLS_1_3, TLS_1_3],
            [DOMAIN, enhanced, "endpointAccessMode", "STRICT", "STRICT"],
            [V2_API, { protocolType: "HTTP", target: "https://a/" }, "target", "https://a/", "https://a/"],
            [ROUTE, { apiId: WEB, routeKey: "$default" }, "authorizationType", "NONE", "NONE"],
            [ROUTE, { apiId: WEB, routeKey: "$default", authorizerId: UNKNOWN }, "authorizerId", UNKNOWN, UNKNOWN],
            [
                PARAMETERS,
                { ...family, parameters: [{ name: "a" }] },
                "parameters.0.applyMethod",
                "immediate",
                "immediate",
            ],
            ["aws-native:apigatewayv2:Integration", { tlsConfig: {} }, "tlsConfig", {}, {}],
        ],
        "the default of an Account's role, which is in the plan": [[ACCOUNT, {}, "cloudwatchRoleArn", "", ""]],
        "a map of which a value is unknown, which is unknown but in aws-native": [
            [STAGE, { ...stage, variables: { a: UNKNOWN, b: "1" } }, "variables", UNKNOWN, { a: UNKNOWN, b: "1" }],
            [
                "aws-native:rds:DbClusterParameterGroup",
                { parameters: { a: UNKNOWN } },
                "parameters.a",
                UNKNOWN,
                UNKNOWN,
            ],
        ],
        "names of databases: Pulumi's, Terraform's, the program's, and RDS's": [
            [INSTANCE, { ...instance, identifierPrefix: "a-" }, "identifier", UNKNOWN, /^a-[0-9a-f]{26}$/],
            [CLUSTER, cluster, "clusterIdentifier", UNKNOWN, /^tf-[0-9a-f]{26}$/],
            [CLUSTER, cluster, "clusterIdentifierPrefix", UNKNOWN, "tf-"],
            [CLUSTER, { ...cluster, clusterIdentifier: "a" }, "clusterIdentifier", "a", "a"],
            [CLUSTER, { ...cluster, clusterIdentifier: "a" }, "clusterIdentifierPrefix", UNKNOWN, ""],
            ["aws-native:rds:DbInstance", {}, "dbInstanceIdentifier", undefined, /^d[0-9a-z]{15}$/],
        ],
        "levels and data trace of a WebSocket stage, but not of an HTTP stage": [
            [V2_STAGE, { apiId: CHAT }, LEVEL, undefined, "OFF"],
            [
                V2_STAGE,
                v2Routes(CHAT, info),
                "defaultRouteSettings",
                { ...routes, ...noLimit, loggingLevel: "INFO" },
                { ...routes, throttlingBurstLimit: 0, throttlingRateLimit: 0, loggingLevel: "INFO" },
            ],
            [V2_STAGE, v2Routes(WEB, info), LEVEL, "INFO", ""],
            [V2_STAGE, v2Routes(WEB, { dataTraceEnabled: true }), "defaultRouteSettings.dataTraceEnabled", true, false],
        ],
    };
    for (const [what, rows] of Object.entries(CREATED)) {
        for (const [token, props, path, planned, deployed] of rows) {
            it(`answers ${what}: ${path} of ${token} ${JSON.stringify(props)}`, () => {
                const outputs = made(token, props);
                assertIs(at(outputs.planned, path), planned);
                assertIs(at(outputs.deployed, path), deployed);
            });
        }
    }

    it("makes a different id for an API of each protocol, and the same in each run", () => {
        const id = (protocolType: string) => String(made(V2_API, { protocolType }).deployed.id);
        assert.match(id("WEBSOCKET"), /^[a-z0-9]{9}w$/);
        assert.match(id("HTTP"), /^[a-z0-9]{9}h$/);
        assert.equal(id("HTTP"), id("HTTP"));
    });

    const TLS = { tlsConfig: { serverNameToVerify: "shop" } };
    const traced = settings({ loggingLevel: "INFO", dataTraceEnabled: true });
    const [a, b] = [{ routeKey: "a" }, { routeKey: "b" }];
    const keyed = (...all: Props[]) => ({ ...chat, routeSettings: all });
    type Change = readonly [
        token: string,
        before: Props,
        after: Props,
        path: string,
        planned: unknown,
        deployed: unknown,
    ];
    const CHANGED: Readonly<Record<string, readonly Change[]>> = {
        "keeps what it computes when the program no longer sets it": [
            [SETTINGS, traced, settings({ cachingEnabled: true }), "settings.loggingLevel", "INFO", "INFO"],
            [SETTINGS, traced, settings({ cachingEnabled: true }), "settings.cachingEnabled", true, true],
            [DOMAIN, enhanced, domain, "securityPolicy", TLS_1_3, TLS_1_3],
            [V2_STAGE, v2Routes(CHAT, info), chat, LEVEL, "INFO", "INFO"],
            [STAGE, stage, { ...stage, deployment: "543210" }, "webAclArn", "", ""],
        ],
        "drops what is only optional": [
            [ACCOUNT, { cloudwatchRoleArn: ROLE_ARN }, {}, "cloudwatchRoleArn", "", ""],
            [DOMAIN, enhanced, domain, "endpointAccessMode", null, ""],
            [INTEGRATION, { ...integration, ...TLS }, integration, "tlsConfig", null, null],
            [INSTANCE, exporting, instance, EXPORTS, null, null],
        ],
        "keeps what AWS answered for what is still not set": [
            [STAGE, stage, { ...stage, deployment: UNKNOWN }, "clientCertificateId", "", ""],
        ],
        "does not know the level of a route that is new, renamed or no longer has one": [
            [V2_STAGE, keyed(a), keyed(a, b), "routeSettings.0.loggingLevel", "OFF", "OFF"],
            [V2_STAGE, keyed(a), keyed(a, b), "routeSettings.1.loggingLevel", UNKNOWN, "OFF"],
            [
                V2_STAGE,
                keyed({ routeKey: "a", loggingLevel: "INFO" }),
                keyed(a),
                "routeSettings.0.loggingLevel",
                UNKNOWN,
                "OFF",
            ],
        ],
    };
    for (const [what, rows] of Object.entries(CHANGED)) {
        for (const [token, before, after, path, planned, deployed] of rows) {
            it(`${what}: ${path} of ${token}, from ${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
                const outputs = changed(token, before, after);
                assert.deepEqual([at(outputs.planned, path), at(outputs.deployed, path)], [planned, deployed]);
            });
        }
    }

    it("finds no change in a value that stays, and one in a value that goes", () => {
        assert.deepEqual(changed(SETTINGS, traced, settings({ loggingLevel: "INFO" })).changes, []);
        assert.deepEqual(changed(V2_STAGE, v2Routes(CHAT, {}), chat).changes, []);
        assert.deepEqual(changed(ACCOUNT, { cloudwatchRoleArn: ROLE_ARN }, {}).changes, ["cloudwatchRoleArn"]);
    });

    it("replaces what cannot be changed, first deleting what has a name of the program's own", () => {
        const difference = (olds: Props, news: Props) => diff(GROUP, checked(GROUP, olds), checked(GROUP, news));
        const name = { changes: ["name"], replaces: ["name"] };
        assert.deepEqual(difference({ name: "a" }, { name: "b" }), { ...name, deleteBeforeReplace: true });
        assert.deepEqual(difference({ name: "a" }, {}).deleteBeforeReplace, false);
        assert.deepEqual(difference({}, { retentionInDays: 1 }).replaces, []);
    });

    it("reads what an id tells, and what the caller has", () => {
        const group = read(GROUP, "/a", { retentionInDays: 7 }, inManner());
        assert.deepEqual([group.name, group.retentionInDays, group.region], ["/a", 7, "us-east-1"]);
        assert.match(String(read(ACCOUNT, "123456789012", {}, inManner()).cloudwatchRoleArn), /:role\/apigateway-/);
    });

    it("keeps the delta to Terraform's state among the outputs, the Account's with a secret", () => {
        assert.deepEqual(made(STAGE, stage).deployed.__pulumi_raw_state_delta, { obj: {} });
        assert.match(JSON.stringify(made(ACCOUNT, {}).deployed.__pulumi_raw_state_delta), /"replacement":/);
        assert.equal(made(STAGE, stage, "v6").deployed.__pulumi_raw_state_delta, undefined);
    });

    const OLDER: readonly (readonly [what: string, manner: Manner, token: string, props: Props, planned: Props])[] = [
        ["what is unknown or not set, as v6 does", "v6", STAGE, { ...stage, deployment: UNKNOWN }, { ...of, id: "" }],
        ["no account's role, as v6 does", "v6", ACCOUNT, {}, { id: "" }],
        ["domain names' defaults, as v6 does", "v6", DOMAIN, domain, { domainName: "a", id: "" }],
        [
            "nothing within a block, as v6 does",
            "v6",
            V2_STAGE,
            { ...v2Routes(UNKNOWN, { loggingLevel: UNKNOWN }), name: "prod", autoDeploy: true },
            { name: "prod", autoDeploy: true, id: "", defaultRouteSettings: { ...routes, loggingLevel: UNKNOWN } },
        ],
    ];
    for (const [what, manner, token, props, planned] of OLDER) {
        it(`leaves out of a preview ${what} (${token})`, () =>
            assert.deepEqual(made(token, props, manner).planned, planned));
    }

    it("answers in the manner of late v6 as v7 does, but without a region, and null for no role", () => {
        const { region, ...planned } = made(STAGE, stage).planned;
        assert.equal(region, "us-east-1");
        assert.deepEqual(made(STAGE, stage, "late-v6").planned, planned);
        assert.equal(made(ACCOUNT, {}, "late-v6").planned.cloudwatchRoleArn, null);
        assert.deepEqual(checked(ACCOUNT, {}, "late-v6"), { __defaults: [] });
    });

    it("drops the role of an Account on older bridges, too", () => {
        const { planned, deployed } = changed(ACCOUNT, { cloudwatchRoleArn: ROLE_ARN }, {}, "v6");
        assert.deepEqual([planned.cloudwatchRoleArn, deployed.cloudwatchRoleArn], [undefined, ""]);
    });
});
