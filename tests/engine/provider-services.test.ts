import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { type Spied, withSpy } from "../support/engine/spy";
import { raw, type State, states, unlike } from "../support/engine/states";
import { engineTier } from "../support/engine/tier";

const DATABASE = { instanceClass: "db.t4g.micro", skipFinalSnapshot: true };
const ENHANCED = { securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09", endpointAccessMode: "STRICT" };

interface Version {
    exports?: string[];
    enhanced?: { securityPolicy?: string; endpointAccessMode?: string };
    tls?: { serverNameToVerify?: string };
}

/** A resource of each type of which a policy reads something. */
function services(version: Version): () => Promise<void> {
    return async () => {
        webAcls();
        names(version);
        httpApis(version);
        databases(version);
        native();
    };
}

function webAcls(): void {
    const stage = new aws.apigateway.Stage("prod", { restApi: "0123456789", deployment: "012345", stageName: "prod" });
    const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: "shop", sampledRequestsEnabled: false };
    const acl = new aws.wafv2.WebAcl("shop", { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig });
    new aws.wafv2.WebAclAssociation("prod", { resourceArn: stage.arn, webAclArn: acl.arn });
    const classic = new aws.wafregional.WebAcl("classic", { metricName: "classic", defaultAction: { type: "ALLOW" } });
    new aws.wafregional.WebAclAssociation("prod", { resourceArn: stage.arn, webAclId: classic.id });
}

function names({ enhanced }: Version): void {
    new aws.apigateway.ClientCertificate("shop");
    new aws.apigateway.DomainName("plain", { domainName: "plain.example.com" });
    new aws.apigateway.DomainName("enhanced", { domainName: "enhanced.example.com", ...enhanced });
    const s3 = { bucketArn: "arn:aws:s3:::logs", roleArn: "arn:aws:iam::123456789012:role/logs" };
    new aws.kinesis.FirehoseDeliveryStream("logs", { destination: "extended_s3", extendedS3Configuration: s3 });
}

function httpApis({ tls }: Version): void {
    new aws.apigatewayv2.Api("quick", { protocolType: "HTTP", target: "https://example.com/" });
    const { id: apiId } = new aws.apigatewayv2.Api("shop", { protocolType: "HTTP" });
    const link = new aws.apigatewayv2.VpcLink("shop", { securityGroupIds: [], subnetIds: ["subnet-1"] });
    const to = { apiId, integrationType: "HTTP_PROXY", connectionType: "VPC_LINK", connectionId: link.id };
    new aws.apigatewayv2.Integration("plain", to);
    new aws.apigatewayv2.Integration("empty", { ...to, tlsConfig: {} });
    new aws.apigatewayv2.Integration("changed", { ...to, ...(tls ? { tlsConfig: tls } : {}) });
    const jwtConfiguration = { audiences: ["shop"], issuer: "https://login.example.com/" };
    const authorizer = new aws.apigatewayv2.Authorizer("jwt", { apiId, authorizerType: "JWT", jwtConfiguration });
    const authorized = { authorizationType: "JWT", authorizerId: authorizer.id };
    new aws.apigatewayv2.Route("authorized", { apiId, routeKey: "GET /", ...authorized });
    new aws.apigatewayv2.Route("open", { apiId, routeKey: "GET /open" });
}

function databases({ exports }: Version): void {
    const logs = exports ? { enabledCloudwatchLogsExports: exports } : {};
    new aws.rds.Instance("orders", { ...DATABASE, engine: "postgres", ...logs });
    new aws.rds.Instance("billing", { ...DATABASE, engine: "sqlserver-se" });
    new aws.rds.Instance("prefixed", { ...DATABASE, engine: "mysql", identifierPrefix: "shop-" });
    const parameters = [
        { name: "server_audit_logging", value: "1" },
        { name: "binlog_format", value: "ROW", applyMethod: "pending-reboot" },
    ];
    const group = new aws.rds.ClusterParameterGroup("audited", { family: "aurora-mysql8.0", parameters });
    new aws.rds.ParameterGroup("none", { family: "postgres17" });
    const cluster = new aws.rds.Cluster("shop", { engine: "aurora-mysql", dbClusterParameterGroupName: group.name });
    new aws.rds.ClusterInstance("shop", {
        clusterIdentifier: cluster.id,
        engine: "aurora-mysql",
        instanceClass: "db.r7g.large",
    });
    new aws.rds.Cluster("named", { engine: "aurora-mysql", clusterIdentifier: "named" });
}

function native(): void {
    const api = raw("aws-native:apigatewayv2:Api", { protocolType: "HTTP" }, "native");
    raw("aws-native:apigatewayv2:Route", { apiId: api.id, routeKey: "GET /" }, "native");
    raw(
        "aws-native:apigatewayv2:Integration",
        { apiId: api.id, integrationType: "HTTP_PROXY", tlsConfig: {} },
        "native",
    );
    raw("aws-native:apigatewayv2:ApiGatewayManagedOverrides", { apiId: api.id }, "native");
    raw("aws-native:apigateway:DomainName", { domainName: "native.example.com" }, "native");
    raw("aws-native:rds:DbInstance", { engine: "postgres" }, "native");
    const parameters = { server_audit_logging: "1", server_audit_events: api.id };
    const family = { family: "aurora-mysql8.0", description: "audited" };
    raw("aws-native:rds:DbClusterParameterGroup", { ...family, parameters }, "native");
    const web = { resourceArn: "arn:aws:apigateway:us-east-1::/restapis/0123456789/stages/prod", webAclArn: "arn:acl" };
    raw("aws-native:wafv2:WebAclAssociation", web, "native");
}

const ORDERS = "aws:rds/instance:Instance::orders";
const integration = (name: string) => `aws:apigatewayv2/integration:Integration::${name}`;
const domain = (name: string) => `aws:apigateway/domainName:DomainName::${name}`;
const instance = (name: string) => `aws:rds/instance:Instance::${name}`;
const cluster = (name: string) => `aws:rds/cluster:Cluster::${name}`;

engineTier("the AWS provider of the engine tests, beyond stages and logs", () => {
    let preview: Spied;
    let state: { [resource: string]: State };
    let again: Spied;
    let change: Spied;
    let changed: { [resource: string]: State };

    before(() => {
        const before = services({ exports: ["postgresql"], enhanced: ENHANCED, tls: { serverNameToVerify: "shop" } });
        const after = services({});
        return withSpy(before, {}, async (stack) => {
            preview = await stack.preview();
            assert.equal(preview.exitCode, 0, preview.diagnostics.join("\n"));
            const { exitCode, diagnostics } = await stack.up();
            assert.equal(exitCode, 0, diagnostics.join("\n"));
            state = states(await stack.export());
            again = await stack.preview();
            change = await stack.preview(after);
            assert.equal((await stack.up(after)).exitCode, 0);
            changed = states(await stack.export());
        });
    });

    const planned = (resource: string) => preview.outputs[resource]?.props ?? {};
    const deployed = (resource: string) => state[resource]?.outputs ?? {};
    const both = (resource: string, property: string) => [planned(resource)[property], deployed(resource)[property]];

    it("finds nothing to change after an update", () => {
        assert.deepEqual(unlike("same", again.steps), []);
    });

    it("associates a stage with a web ACL by their ARNs, and leaves the stage's webAclArn empty", () => {
        const association = "aws:wafv2/webAclAssociation:WebAclAssociation::prod";
        const { region: _, ...unknown } = planned(association);
        assert.deepEqual(unknown, { id: "UNKNOWN", resourceArn: "UNKNOWN", webAclArn: "UNKNOWN" });
        const acl = deployed("aws:wafv2/webAcl:WebAcl::shop");
        assert.match(
            String(acl.arn),
            /^arn:aws:wafv2:us-east-1:123456789012:regional\/webacl\/shop-[0-9a-f]{7}\/[-0-9a-f]{36}$/,
        );
        const stage = deployed("aws:apigateway/stage:Stage::prod");
        assert.equal(state[association]?.id, `${acl.arn},${stage.arn}`);
        assert.equal(stage.webAclArn, "");
    });

    it("associates a stage with a web ACL of WAF Classic by the id of the ACL", () => {
        const association = deployed("aws:wafregional/webAclAssociation:WebAclAssociation::prod");
        assert.equal(association.webAclId, state["aws:wafregional/webAcl:WebAcl::classic"]?.id);
        assert.equal(association.id, `${association.webAclId}:${association.resourceArn}`);
    });

    it("does not know in a preview the security policy that AWS chooses for a domain name, and plans no access mode", () => {
        assert.deepEqual(both(domain("plain"), "securityPolicy"), ["UNKNOWN", "TLS_1_2"]);
        assert.deepEqual(both(domain("plain"), "endpointAccessMode"), [null, ""]);
        assert.deepEqual(both(domain("plain"), "endpointConfiguration"), [
            "UNKNOWN",
            { ipAddressType: "ipv4", types: "EDGE" },
        ]);
        assert.deepEqual(both(domain("enhanced"), "securityPolicy"), Array(2).fill(ENHANCED.securityPolicy));
        assert.deepEqual(both(domain("enhanced"), "endpointAccessMode"), ["STRICT", "STRICT"]);
    });

    it("keeps a security policy that the program no longer sets, but not the access mode", () => {
        assert.equal(change.outputs[domain("enhanced")]?.props.securityPolicy, ENHANCED.securityPolicy);
        assert.equal(change.outputs[domain("enhanced")]?.props.endpointAccessMode, null);
        assert.equal(changed[domain("enhanced")]?.outputs.endpointAccessMode, "");
    });

    it("distinguishes an empty tlsConfig of an integration from none, and drops one that is removed", () => {
        assert.deepEqual(both(integration("plain"), "tlsConfig"), [null, null]);
        assert.deepEqual(both(integration("empty"), "tlsConfig"), [
            { serverNameToVerify: null },
            { serverNameToVerify: "" },
        ]);
        assert.deepEqual(both(integration("changed"), "tlsConfig"), Array(2).fill({ serverNameToVerify: "shop" }));
        assert.equal(change.outputs[integration("changed")]?.props.tlsConfig, null);
        assert.equal(changed[integration("changed")]?.outputs.tlsConfig, null);
    });

    it("fills in how an integration connects, and how a route authorizes", () => {
        const inputs = preview.inputs[integration("plain")];
        assert.equal(inputs?.payloadFormatVersion, "1.0");
        assert.equal(inputs?.tlsConfig, undefined);
        assert.deepEqual(both(integration("plain"), "timeoutMilliseconds"), ["UNKNOWN", 30000]);
        assert.equal(preview.inputs["aws:apigatewayv2/route:Route::open"]?.authorizationType, "NONE");
        assert.equal(planned("aws:apigatewayv2/route:Route::authorized").authorizerId, "UNKNOWN");
    });

    it("shows nothing of what a quick create makes but its target", () => {
        assert.deepEqual(both("aws:apigatewayv2/api:Api::quick", "target"), Array(2).fill("https://example.com/"));
    });

    it("names a delivery stream in its ARN, which is its id", () => {
        const stream = state["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream::logs"];
        const arn = `arn:aws:firehose:us-east-1:123456789012:deliverystream/${stream?.outputs.name}`;
        assert.deepEqual([stream?.id, stream?.outputs.arn], [arn, arn]);
        assert.match(String(stream?.outputs.name), /^logs-[0-9a-f]{7}$/);
    });

    it("names database instances without a hyphen, in the inputs already, except where there is a prefix", () => {
        assert.match(String(preview.inputs[instance("orders")]?.identifier), /^orders[0-9a-f]{7}$/);
        assert.match(String(preview.inputs[instance("billing")]?.identifier), /^billing[0-9a-f]{3}$/);
        assert.equal(preview.inputs[instance("prefixed")]?.identifier, undefined);
        const [unknown, identifier] = both(instance("prefixed"), "identifier");
        assert.equal(unknown, "UNKNOWN");
        assert.match(String(identifier), /^shop-[0-9a-f]{26}$/);
        assert.match(state[ORDERS]?.id ?? "", /^db-[0-9A-Z]{26}$/);
        assert.equal(deployed(ORDERS).resourceId, state[ORDERS]?.id);
    });

    it("leaves the identifier of a database cluster to AWS's provider, so that a preview does not know it", () => {
        for (const [resource, property] of [
            [cluster("shop"), "clusterIdentifier"],
            ["aws:rds/clusterInstance:ClusterInstance::shop", "identifier"],
        ] as const) {
            const [unknown, identifier] = both(resource, property);
            assert.equal(unknown, "UNKNOWN");
            assert.match(String(identifier), /^tf-[0-9a-f]{26}$/);
            assert.equal(state[resource]?.id, identifier);
        }
        assert.deepEqual(both(cluster("named"), "clusterIdentifier"), ["named", "named"]);
        assert.equal(deployed(cluster("named")).clusterIdentifierPrefix, "");
    });

    it("has no log exports, rather than an empty list, where none are set or they are removed", () => {
        assert.deepEqual(both(ORDERS, "enabledCloudwatchLogsExports"), Array(2).fill(["postgresql"]));
        assert.deepEqual(both(instance("billing"), "enabledCloudwatchLogsExports"), [null, null]);
        assert.deepEqual(both(cluster("shop"), "enabledCloudwatchLogsExports"), [null, null]);
        assert.ok(change.steps.includes(`update ${ORDERS}`));
        assert.equal(change.outputs[ORDERS]?.props.enabledCloudwatchLogsExports, null);
        assert.equal(changed[ORDERS]?.outputs.enabledCloudwatchLogsExports, null);
    });

    it("does not know in a preview the default parameter group of a cluster", () => {
        const group = "dbClusterParameterGroupName";
        assert.deepEqual(both(cluster("named"), group), ["UNKNOWN", "default.aurora-mysql8.0"]);
        const [name, same] = both(cluster("shop"), group);
        assert.match(String(name), /^audited-[0-9a-f]{7}$/);
        assert.equal(same, name);
    });

    it("applies parameters immediately if the program does not say when", () => {
        const expected = [
            { applyMethod: "immediate", name: "server_audit_logging", value: "1" },
            { applyMethod: "pending-reboot", name: "binlog_format", value: "ROW" },
        ];
        const audited = "aws:rds/clusterParameterGroup:ClusterParameterGroup::audited";
        assert.deepEqual(both(audited, "parameters"), [expected, expected]);
        assert.deepEqual(both("aws:rds/parameterGroup:ParameterGroup::none", "parameters"), [[], []]);
    });

    it("serves aws-native, which neither fills in nor names databases", () => {
        const route = "aws-native:apigatewayv2:Route::native";
        assert.deepEqual(planned(route), { apiId: "UNKNOWN", routeId: "UNKNOWN", routeKey: "GET /" });
        assert.equal(state[route]?.id, `${deployed(route).apiId}|${deployed(route).routeId}`);
        assert.deepEqual(both("aws-native:apigatewayv2:Integration::native", "tlsConfig"), [{}, {}]);
        assert.deepEqual(both("aws-native:apigateway:DomainName::native", "securityPolicy"), [undefined, undefined]);
        const [absent, identifier] = both("aws-native:rds:DbInstance::native", "dbInstanceIdentifier");
        assert.equal(absent, undefined);
        assert.match(String(identifier), /^d[0-9a-z]{15}$/);
    });

    it("knows in a preview what is known of a JSON object of aws-native", () => {
        const group = "aws-native:rds:DbClusterParameterGroup::native";
        const expected = { server_audit_logging: "1", server_audit_events: "UNKNOWN" };
        assert.deepEqual(planned(group).parameters, expected);
        assert.match(String(deployed(group).dbClusterParameterGroupName), /^native-[0-9a-f]{7}$/);
    });

    it("leaves out of older previews what it does not know at the top level", () =>
        withSpy(services({ tls: {} }), { manner: "v6" }, async (stack) => {
            const { outputs, exitCode, diagnostics } = await stack.preview();
            assert.equal(exitCode, 0, diagnostics.join("\n"));
            assert.deepEqual(outputs[domain("plain")]?.props, { domainName: "plain.example.com", id: "" });
            assert.deepEqual(outputs[integration("empty")]?.props.tlsConfig, {});
            assert.equal(outputs[integration("plain")]?.props.tlsConfig, undefined);
            assert.equal(outputs[cluster("shop")]?.props.clusterIdentifier, undefined);
            assert.match(String(outputs[ORDERS]?.props.identifier), /^orders[0-9a-f]{7}$/);
        }));

    it("reads what is only looked up", () => {
        const program = async () => {
            aws.apigatewayv2.Route.get("route", "0123456789/abcdefg");
            aws.apigatewayv2.Integration.get("integration", "0123456789/abcdefg");
            aws.apigateway.DomainName.get("domain", "shop.example.com");
            aws.rds.Instance.get("orders", "orders");
            aws.rds.Cluster.get("shop", "shop");
            aws.rds.ClusterParameterGroup.get("audited", "audited");
        };
        return withSpy(program, {}, async (stack) => {
            assert.equal((await stack.up()).exitCode, 0);
            const read = states(await stack.export());
            assert.equal(read["aws:apigatewayv2/route:Route::route"]?.outputs.apiId, "0123456789");
            assert.equal(read[integration("integration")]?.outputs.connectionType, "INTERNET");
            assert.equal(read[domain("domain")]?.outputs.domainName, "shop.example.com");
            assert.equal(read[ORDERS]?.outputs.identifier, "orders");
            assert.equal(read[cluster("shop")]?.outputs.clusterIdentifier, "shop");
            const group = read["aws:rds/clusterParameterGroup:ClusterParameterGroup::audited"];
            assert.deepEqual(group?.outputs.parameters, []);
        });
    });
});
