import assert from "node:assert/strict";
import { readConfig } from "../../pack/config";
import { evaluateStack } from "../../pack/evaluate";
import policy from "../../policies/apigateway-stage-web-acl";
import type { Resource } from "../../stack/resource";
import { stack } from "../support/stack";
import {
    component,
    computed,
    declare,
    deployment,
    from,
    fromRead,
    idOf,
    interpolate,
    nativeStage,
    type Options,
    restApi,
    stage,
    v2Api,
    v2Stage,
} from "../support/wire/declare";
import { stackTable } from "../support/wire/table";

const ACL = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/central/11111111-2222-3333-4444-555555555555";
const CLASSIC_ACL = "arn:aws:waf-regional:eu-west-1:123456789012:webacl/classic-id";
const OTHER_ACL = ACL.replace("central", "other");

const stageArn = (api: string, name: string) => `arn:aws:apigateway:eu-west-1::/restapis/${api}/stages/${name}`;
const orders = restApi("orders");
const prod = (props: Record<string, unknown> = {}, options: Options = {}) =>
    stage(
        "prod",
        {
            restApi: idOf("orders"),
            stageName: "prod",
            arn: computed(stageArn("id-orders", "prod")),
            webAclArn: computed(""),
            ...props,
        },
        options,
    );
const test = stage("test", { restApi: idOf("orders"), stageName: "test" });
const arnOf = (name: string, api = "orders") => from(name, stageArn(`id-${api}`, name));
const arnOfApi = (name: string, api = "orders") =>
    interpolate`arn:aws:apigateway:eu-west-1::/restapis/${idOf(api)}/stages/${from([], name)}`;
const association = (
    resourceArn: unknown = arnOf("prod"),
    webAclArn: unknown = ACL,
    name = "waf",
    options: Options = {},
) => declare("aws:wafv2/webAclAssociation:WebAclAssociation", name, { resourceArn, webAclArn }, options);
const classic = (webAclId: unknown) =>
    declare("aws:wafregional/webAclAssociation:WebAclAssociation", "waf", { resourceArn: arnOf("prod"), webAclId });
const native = (resourceArn: unknown) =>
    declare("aws-native:wafv2:WebAclAssociation", "waf", { resourceArn, webAclArn: ACL });
const loadBalancer = declare("aws:lb/loadBalancer:LoadBalancer", "lb", { arn: computed("arn") });
const LOAD_BALANCER_ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/lb/1";
const service = [
    component("my:index:Shop", "shop"),
    restApi("orders", {}, { parent: "shop" }),
    prod({}, { parent: "shop" }),
    { ...loadBalancer, parent: "shop" },
];
const reference = declare("pulumi:pulumi:StackReference", "network", {});

const finding = (arn: string, name = "prod", api = "orders") =>
    `Stage "${name}" of API "${api}" is not associated with a web ACL.
Associate a web ACL with the ARN of the stage.
new aws.wafv2.WebAclAssociation("${name}-web-acl", { resourceArn: ${arn}, webAclArn: webAcl.arn })`;
const ELSEWHERE = (api: string) =>
    finding("stage.arn", "prod", api).replace(
        "of the stage.",
        "of the stage. An association in another stack is not visible from this one.",
    );
const MISSING = finding("stage.arn");
const interpolated = (name: string) =>
    finding(`pulumi.interpolate\`arn:aws:apigateway:\${region}::/restapis/\${api.id}/stages/${name}\``, name);
const NOT_LISTED = `Stage "prod" of API "orders" is associated with a web ACL that webAclArns does not contain.
Associate a web ACL of webAclArns with the stage.
webAclArn: "${ACL}"`;
const withCode = (code: string) => NOT_LISTED.replace(/.*$/, () => code);
const notKnown = (...stages: string[]) =>
    stages
        .map((name) => `Stage "${name}" of API "orders": whether it is associated with a web ACL is not known yet`)
        .join("; ");
const WHICH = `Stage "prod" of API "orders": which web ACL it is associated with is not known yet`;
const PREVIEW = ["first preview", "first preview, provider v6"] as const;
const DEPLOYED = ["deployed"] as const;

stackTable(policy, [
    // associations by the stage's ARN
    { when: "a stage with an association is fine", given: [orders, prod(), association()] },
    { when: "a stage without an association is a finding", given: [orders, prod()], finds: { prod: MISSING } },
    {
        when: "an association of WAF Classic is fine",
        given: [orders, prod(), classic("classic-id")],
    },
    { when: "an association of aws-native is fine", given: [orders, prod(), native(arnOf("prod"))] },
    {
        when: "an association with another stage does not count",
        given: [orders, prod(), test, association(arnOf("test"))],
        finds: { prod: MISSING },
    },
    {
        when: "an association with a load balancer does not count",
        given: [orders, prod(), loadBalancer, association(from("lb", LOAD_BALANCER_ARN))],
        finds: { prod: MISSING },
    },
    {
        when: "an association with a resource of any other type does not count",
        given: [
            orders,
            prod(),
            declare("aws:ec2/instance:Instance", "server", {}),
            association(from("server", "arn:aws:ec2:eu-west-1:123456789012:instance/i-1")),
        ],
        finds: { prod: MISSING },
    },
    {
        when: "an association without a resource does not count",
        given: [orders, prod(), association("")],
        finds: { prod: MISSING },
    },
    {
        when: "an association with a resource of a wrong type does not count",
        given: [orders, prod(), association(["arn"])],
        finds: { prod: MISSING },
    },
    {
        when: "an association without a web ACL does not count",
        given: [orders, prod(), association(arnOf("prod"), "")],
        finds: { prod: MISSING },
    },
    {
        when: "an association with a web ACL of a wrong type does not count",
        given: [orders, prod(), association(arnOf("prod"), 5)],
        finds: { prod: MISSING },
    },
    {
        when: "an association of WAF Classic without a web ACL does not count",
        given: [orders, prod(), classic(undefined)],
        finds: { prod: MISSING },
    },
    {
        when: "a web ACL that is not known yet counts",
        given: [orders, prod(), reference, association(arnOf("prod"), from("network", ACL))],
    },
    {
        when: "an association of a stage that is passed on by a parameter is fine",
        given: [
            orders,
            prod(),
            declare("aws:ssm/parameter:Parameter", "arn", { value: arnOf("prod") }),
            association(from("arn", stageArn("id-orders", "prod"))),
        ],
    },

    // ARNs that are made of parts
    {
        when: "an ARN of the API's id and the stage's name names the stage",
        given: [orders, prod(), test, association(from(["orders", "prod"], stageArn("id-orders", "prod")))],
        finds: { test: finding("stage.arn", "test") },
    },
    {
        when: "an ARN of the API's id alone names the API's only stage",
        given: [orders, prod(), association(arnOfApi("prod"))],
    },
    {
        when: "an ARN of an API that is passed on by the deployment names the API's only stage",
        given: [
            orders,
            deployment("v1", { restApi: idOf("orders") }),
            prod(),
            association(from("v1", stageArn("id-orders", "prod"))),
        ],
    },
    {
        when: "an ARN whose stage name is passed on by method settings names the stage",
        given: [
            orders,
            prod(),
            test,
            declare("aws:apigateway/methodSettings:MethodSettings", "all", {
                restApi: idOf("orders"),
                stageName: from("test", "test"),
            }),
            association(from("all", stageArn("id-orders", "test"))),
        ],
        finds: { prod: MISSING },
    },
    {
        when: "an association for each stage of an API is enough, although the ARNs have the API's id alone",
        given: [orders, prod(), test, association(arnOfApi("prod")), association(arnOfApi("test"), ACL, "waf-test")],
    },
    {
        when: "which of two stages the ARN of their API names is undecided until it is known",
        given: [orders, prod(), test, association(arnOfApi("prod"))],
        undecided: notKnown("prod", "test"),
        at: PREVIEW,
    },
    {
        when: "an ARN that is known names one stage only",
        given: [orders, prod(), test, association(arnOfApi("prod"))],
        finds: { test: finding("stage.arn", "test") },
        at: DEPLOYED,
    },
    {
        when: "the other stage is meant where one has an association by its own ARN",
        given: [orders, prod(), test, association(), association(arnOfApi("test"), ACL, "waf-test")],
    },
    {
        when: "an ARN of another API does not count",
        given: [orders, restApi("users"), prod(), association(arnOfApi("prod", "users"))],
        finds: { prod: MISSING },
    },
    {
        when: "an ARN of another API and the name of the stage names that API's stage",
        given: [
            orders,
            restApi("users"),
            prod(),
            stage("users-prod", { restApi: idOf("users"), stageName: "prod" }),
            association(from(["users", "prod"], stageArn("id-users", "prod"))),
        ],
        finds: { prod: MISSING },
    },
    {
        when: "an ARN of one of two APIs is undecided until it is known",
        given: [
            orders,
            restApi("users"),
            prod(),
            association(from(["orders", "users"], stageArn("id-orders", "prod"))),
        ],
        undecided: notKnown("prod"),
        at: PREVIEW,
    },
    {
        when: "an ARN of one of two stages is undecided until it is known",
        given: [orders, prod(), test, association(from(["prod", "test"], stageArn("id-orders", "prod")))],
        undecided: notKnown("prod", "test"),
        at: PREVIEW,
    },
    {
        when: "an association for each of several stages is enough, whichever of them each ARN names",
        given: [
            orders,
            prod(),
            test,
            association(from(["prod", "test"], stageArn("id-orders", "prod"))),
            association(from(["prod", "test"], stageArn("id-orders", "test")), ACL, "waf-test"),
        ],
    },
    {
        when: "a stage that has an association of its own is not one of several that an ARN may name",
        given: [
            orders,
            prod(),
            test,
            association(),
            association(from(["prod", "test"], stageArn("id-orders", "test")), ACL, "waf-test"),
        ],
    },
    {
        when: "a name that is not known yet is undecided for an ARN that is",
        given: [
            declare("random:index/randomPet:RandomPet", "pet", {}),
            prod({ restApi: "abc", stageName: from("pet", "prod") }),
            association(stageArn("abc", "prod")),
        ],
        undecided: notKnown("prod").replace("orders", "abc"),
        at: PREVIEW,
    },
    {
        when: "an ARN of an API whose stage has another name does not count",
        given: [prod({ restApi: "abc" }), association(stageArn("abc", "test"))],
        finds: { prod: ELSEWHERE("abc") },
    },
    {
        when: "an ARN with an account id, in another partition, names the stage",
        given: [
            prod({ restApi: "abc" }),
            association("arn:aws-cn:apigateway:cn-north-1:123456789012:/restapis/abc/stages/prod"),
        ],
    },
    {
        when: "the ARN of an API alone names no stage",
        given: [prod({ restApi: "abc" }), association("arn:aws:apigateway:eu-west-1::/restapis/abc")],
        finds: { prod: ELSEWHERE("abc") },
    },

    // values from elsewhere
    {
        when: "an ARN from another stack is undecided for a stage of an API that exists",
        given: [prod({ restApi: "abc" }), reference, association(from("network", stageArn("abc", "prod")))],
        undecided: notKnown("prod").replace("orders", "abc"),
        at: PREVIEW,
    },
    {
        when: "an ARN of a stage that is only read is undecided for a stage of an API that exists",
        given: [prod({ restApi: "abc" }), association(fromRead(stageArn("abc", "test")))],
        undecided: notKnown("prod").replace("orders", "abc"),
        at: PREVIEW,
    },
    {
        when: "an ARN from another stack is not that of a stage whose API is still to be created",
        given: [orders, prod(), reference, association(from("network", stageArn("abc", "prod")))],
        finds: { prod: MISSING },
    },
    {
        when: "an ARN from another stack is undecided for a stage whose API comes from there, too",
        given: [
            reference,
            prod({ restApi: from("network", "abc") }),
            association(from("network", stageArn("abc", "prod"))),
        ],
        undecided: 'Stage "prod": whether it is associated with a web ACL is not known yet',
        at: PREVIEW,
    },
    {
        when: "a stage of an API of another stack is fine with an association of its own",
        given: [
            reference,
            prod({ restApi: from("network", "abc") }),
            association(from("prod", stageArn("abc", "prod"))),
        ],
    },
    {
        when: "an association that is only read is an association",
        given: [orders, prod(), { ...association(stageArn("id-orders", "prod")), isRead: true }],
        at: DEPLOYED,
    },
    {
        when: "an association of which nothing is known is undecided for a stage of an API that exists",
        given: [prod({ restApi: "abc" }), { ...association("arn"), hasNoOutputs: true }],
        undecided: notKnown("prod").replace("orders", "abc"),
    },
    {
        when: "a stage of which nothing is known is undecided",
        given: [orders, { ...prod(), hasNoOutputs: true }],
        undecided: notKnown("prod"),
    },
    {
        when: "a stage of which nothing is known is fine with an association of its own",
        given: [orders, { ...prod(), hasNoOutputs: true }, association()],
        at: PREVIEW,
    },
    {
        when: "a stage that is only read is not this program's",
        given: [{ ...prod({ restApi: "abc" }), isRead: true }],
        at: DEPLOYED,
    },

    // what the provider shows of the stage
    {
        when: "a web ACL that the provider shows counts, for example one of Firewall Manager",
        given: [orders, prod({ webAclArn: ACL })],
    },
    {
        when: "a web ACL of a wrong type does not count",
        given: [orders, prod({ webAclArn: [ACL] })],
        finds: { prod: MISSING },
    },
    {
        when: "a web ACL that cannot be read is undecided",
        given: [orders, prod({ webAclArn: "[secret]" })],
        undecided: notKnown("prod"),
    },

    // what makes a stage
    {
        when: "a stage of a deployment is a finding",
        given: [orders, deployment("prod", { restApi: idOf("orders"), stageName: "prod" })],
        finds: { prod: interpolated("prod") },
    },
    {
        when: "a stage of a deployment whose name is not known yet is a finding",
        given: [
            orders,
            declare("random:index/randomPet:RandomPet", "pet", {}),
            deployment("v1", { restApi: idOf("orders"), stageName: from("pet", "prod") }),
        ],
        finds: { v1: interpolated("<stage name>").replaceAll('"<stage name>', '"v1') },
        at: PREVIEW,
    },
    {
        when: "a stage of a deployment is fine with an association",
        given: [
            orders,
            deployment("prod", { restApi: idOf("orders"), stageName: "prod" }),
            association(from("prod", stageArn("id-orders", "prod"))),
        ],
    },
    {
        when: "a deployment and a Stage that make the same stage need one association",
        given: [
            orders,
            deployment("v1", { restApi: idOf("orders"), stageName: "prod" }),
            prod(),
            association(from("v1", stageArn("id-orders", "prod"))),
        ],
    },
    {
        when: "a web ACL that the provider shows of a Stage counts where a deployment makes the same stage",
        given: [orders, deployment("v1", { restApi: idOf("orders"), stageName: "prod" }), prod({ webAclArn: ACL })],
    },
    {
        when: "a web ACL that the provider shows of such a Stage and that is not accepted is a finding",
        given: [
            orders,
            deployment("v1", { restApi: idOf("orders"), stageName: "prod" }),
            prod({ webAclArn: OTHER_ACL }),
        ],
        config: { webAclArns: [ACL] },
        finds: {
            prod: withCode(
                `new aws.wafv2.WebAclAssociation("prod-web-acl", { resourceArn: stage.arn, webAclArn: "${ACL}" })`,
            ).replace(/\nwebAclArn: .*/, ""),
        },
    },
    { when: "a deployment without a stage is fine", given: [orders, deployment("v1", { restApi: idOf("orders") })] },
    {
        when: "an aws-native stage is a finding",
        given: [
            declare("aws-native:apigateway:RestApi", "orders", { restApiId: computed("id-orders") }),
            nativeStage("prod", { restApiId: idOf("orders"), stageName: "prod" }),
        ],
        finds: { prod: interpolated("prod") },
    },
    {
        when: "an aws-native stage is fine with an association",
        given: [
            declare("aws-native:apigateway:RestApi", "orders", { restApiId: computed("id-orders") }),
            nativeStage("prod", { restApiId: idOf("orders"), stageName: "prod" }),
            native(from(["orders", "prod"], stageArn("id-orders", "prod"))),
        ],
    },
    {
        when: "a stage of an aws-native deployment is a finding",
        given: [
            orders,
            declare("aws-native:apigateway:Deployment", "prod", { restApiId: idOf("orders"), stageName: "prod" }),
        ],
        finds: { prod: interpolated("prod") },
    },
    {
        when: "stages of HTTP and WebSocket APIs are not checked, because AWS WAF cannot protect them",
        given: [v2Api("chat", "WEBSOCKET"), v2Stage("prod", { apiId: idOf("chat"), name: "prod" })],
    },
    {
        when: "a stage whose API is of a wrong type is a finding",
        given: [prod({ restApi: 5 }), association(stageArn("abc", "prod"))],
        finds: { prod: ELSEWHERE("x").replace(' of API "x"', "") },
    },

    // components
    {
        when: "a stage of the RestAPI component is reported in the component's terms",
        given: [
            component("aws-apigateway:index:RestAPI", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            prod({}, { parent: "shop" }),
        ],
        finds: { prod: finding("api.stage.arn") },
    },
    {
        when: "an ARN that comes from a component names the stage below it",
        given: [
            component("aws-apigateway:index:RestAPI", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            prod({}, { parent: "shop" }),
            association(from("shop", stageArn("id-orders", "prod"))),
        ],
    },
    {
        when: "an association for each stage of a component is enough",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            prod({}, { parent: "shop" }),
            { ...test, parent: "shop" },
            association(from("shop", stageArn("id-orders", "prod"))),
            association(from("shop", stageArn("id-orders", "test")), ACL, "waf-test"),
        ],
    },
    {
        when: "which stage of a component is meant is undecided if there are more stages than associations",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            prod({}, { parent: "shop" }),
            { ...test, parent: "shop" },
            association(from("shop", stageArn("id-orders", "prod"))),
        ],
        undecided: notKnown("prod", "test"),
        at: PREVIEW,
    },
    {
        when: "an ARN that comes from a component with an API and a stage of another API names that stage",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders"),
            restApi("users", {}, { parent: "shop" }),
            prod({}, { parent: "shop" }),
            association(from("shop", stageArn("id-orders", "prod"))),
        ],
    },
    {
        when: "an ARN that comes from a component and its stage names the stage",
        given: [
            component("aws-apigateway:index:RestAPI", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            prod({}, { parent: "shop" }),
            test,
            association(from(["shop", "prod"], stageArn("id-orders", "prod"))),
        ],
        finds: { test: finding("stage.arn", "test") },
    },

    {
        when: "an ARN that comes from a component with a stage and a load balancer is undecided until it is known",
        given: [...service, association(from("shop", LOAD_BALANCER_ARN))],
        undecided: notKnown("prod"),
        at: PREVIEW,
    },
    ...["applicationloadbalancing", "elasticloadbalancingv2"].map((module) => ({
        when: `a load balancer of the module ${module}, which @pulumi/aws has deprecated, is one`,
        given: [
            ...service.slice(0, -1),
            declare(`aws:${module}/loadBalancer:LoadBalancer`, "lb", {}, { parent: "shop" }),
            association(from("shop", LOAD_BALANCER_ARN)),
        ],
        undecided: notKnown("prod"),
        at: PREVIEW,
    })),
    {
        when: "an ARN that comes from a component and its load balancer is not that of the stage",
        given: [...service, association(from(["shop", "lb"], LOAD_BALANCER_ARN))],
        finds: { prod: MISSING },
    },
    {
        when: "an ARN that comes from a component with an API and a load balancer is undecided until it is known",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            { ...loadBalancer, parent: "shop" },
            prod(),
            association(from("shop", LOAD_BALANCER_ARN)),
        ],
        undecided: notKnown("prod"),
        at: PREVIEW,
    },
    {
        when: "a component with several APIs and one stage names that stage",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            restApi("users", {}, { parent: "shop" }),
            prod({}, { parent: "shop" }),
            association(from("shop", stageArn("id-orders", "prod"))),
        ],
    },

    {
        when: "an ARN that comes from a stage of one of two APIs and from one of these names that stage",
        given: [
            component("my:index:Shop", "shop"),
            restApi("orders", {}, { parent: "shop" }),
            restApi("users", {}, { parent: "shop" }),
            prod({ restApi: from("shop", "id-orders") }),
            test,
            association(from(["prod", "orders"], stageArn("id-orders", "prod"))),
        ],
        finds: { test: finding("stage.arn", "test") },
    },
    {
        when: "an ARN that comes from a stage and from two APIs, one of them its own, names the stage",
        given: [
            orders,
            restApi("users"),
            prod(),
            association(from(["prod", "orders", "users"], stageArn("id-orders", "prod"))),
        ],
    },

    // regions
    {
        when: "an ARN of a stage of an API with the same id in another region does not count",
        given: [
            prod({ restApi: "abc" }),
            association(stageArn("abc", "prod"), ACL, "waf", { provider: { region: "us-east-1" } }),
        ],
        finds: { prod: ELSEWHERE("abc") },
    },
    {
        when: "an ARN of an API is not that of a stage in another region, though nothing is known of the stage's API",
        given: [
            orders,
            reference,
            prod(),
            stage("far", { restApi: from("network", "abc"), stageName: "far" }, { provider: { region: "us-east-1" } }),
            association(arnOfApi("prod")),
        ],
        finds: { far: ELSEWHERE("abc").replace('"prod" of API "abc"', '"far"').replace('"prod-web', '"far-web') },
        at: PREVIEW,
    },

    // accepted web ACLs
    {
        when: "a web ACL that is accepted is fine",
        given: [orders, prod(), association()],
        config: { webAclArns: [OTHER_ACL, ACL] },
    },
    {
        when: "a web ACL that is not accepted is a finding",
        given: [orders, prod(), association(arnOf("prod"), OTHER_ACL)],
        config: { webAclArns: [ACL] },
        finds: { waf: NOT_LISTED },
    },
    {
        when: "the association counts, and not what the provider shows of the stage",
        given: [orders, prod({ webAclArn: ACL }), association(arnOf("prod"), OTHER_ACL)],
        config: { webAclArns: [ACL] },
        finds: { waf: NOT_LISTED },
    },
    {
        when: "a web ACL that the provider shows and that is not accepted is a finding",
        given: [orders, prod({ webAclArn: OTHER_ACL })],
        config: { webAclArns: [ACL] },
        finds: {
            prod: withCode(
                `new aws.wafv2.WebAclAssociation("prod-web-acl", { resourceArn: stage.arn, webAclArn: "${ACL}" })`,
            ),
        },
    },
    {
        when: "an association that is only read and has another web ACL is a finding on the stage",
        given: [orders, prod(), { ...association(stageArn("id-orders", "prod"), OTHER_ACL), isRead: true }],
        config: { webAclArns: [ACL] },
        finds: { prod: NOT_LISTED },
        at: DEPLOYED,
    },
    {
        when: "a web ACL that is not known yet is undecided where only some are accepted",
        given: [orders, prod(), reference, association(arnOf("prod"), from("network", ACL))],
        config: { webAclArns: [ACL] },
        undecided: WHICH,
        at: PREVIEW,
    },
    {
        when: "two associations that may be with either stage are a finding on the stages if neither web ACL is accepted",
        given: [
            orders,
            prod(),
            test,
            association(arnOfApi("prod"), OTHER_ACL),
            association(arnOfApi("test"), OTHER_ACL, "waf-test"),
        ],
        config: { webAclArns: [ACL] },
        finds: { prod: NOT_LISTED, test: NOT_LISTED.replace("prod", "test") },
        at: PREVIEW,
    },
    {
        when: "two associations that may be with either stage are undecided if one web ACL is accepted",
        given: [
            orders,
            prod(),
            test,
            association(arnOfApi("prod")),
            association(arnOfApi("test"), OTHER_ACL, "waf-test"),
        ],
        config: { webAclArns: [ACL] },
        undecided: `${WHICH}; ${WHICH.replace("prod", "test")}`,
        at: PREVIEW,
    },
    {
        when: "a web ACL of WAF Classic is accepted by the id at the end of its ARN",
        given: [orders, prod(), classic("classic-id")],
        config: { webAclArns: [CLASSIC_ACL] },
    },
    {
        when: "a web ACL of WAF Classic with another id is a finding",
        given: [orders, prod(), classic("id")],
        config: { webAclArns: [CLASSIC_ACL] },
        finds: { waf: withCode('webAclId: "classic-id"') },
    },
    {
        when: "a web ACL of WAF Classic needs a new association if those that are accepted are of AWS WAF",
        given: [orders, prod(), classic("id")],
        config: { webAclArns: [ACL] },
        finds: {
            waf: withCode(
                `new aws.wafv2.WebAclAssociation("prod-web-acl", { resourceArn: stage.arn, webAclArn: "${ACL}" })`,
            ),
        },
    },
    {
        when: "a web ACL of AWS WAF needs a new association if those that are accepted are of WAF Classic",
        given: [orders, prod(), association()],
        config: { webAclArns: [CLASSIC_ACL] },
        finds: {
            waf: withCode(
                'new aws.wafregional.WebAclAssociation("prod-web-acl", { resourceArn: stage.arn, webAclId: "classic-id" })',
            ),
        },
    },
    {
        when: "the id of a web ACL of AWS WAF is not its ARN",
        given: [orders, prod(), association(arnOf("prod"), "11111111-2222-3333-4444-555555555555")],
        config: { webAclArns: [ACL] },
        finds: { waf: NOT_LISTED },
    },
]);

describe("apigateway-stage-web-acl on many stages", () => {
    /** How often properties are read of a component with APIs and their stages, each with an association. */
    const readsOf = (count: number): number => {
        const declared = Array.from({ length: count }, (_, number) => [
            restApi(`api-${number}`, {}, { parent: "shop" }),
            stage(`stage-${number}`, { restApi: idOf(`api-${number}`), stageName: "prod" }, { parent: "shop" }),
            association(from("shop", stageArn(`id-api-${number}`, "prod")), ACL, `waf-${number}`),
        ]).flat();
        let reads = 0;
        const counting = ({ props }: Pick<Resource, "props">) =>
            new Proxy(props, {
                get: (target, key) => {
                    reads++;
                    return Reflect.get(target, key);
                },
            });
        const { stack: all } = stack([component("my:index:Shop", "shop"), ...declared], "first preview", counting);
        assert.deepEqual(evaluateStack(policy, all, { config: readConfig(policy, {}), today: "2026-11-25" }), {
            findings: [],
            exempt: [],
            undecided: [],
        });
        return reads;
    };

    it("reads twice as much of twice as many, although all ARNs come from one component", () => {
        const [some, more, most] = [100, 200, 300].map(readsOf) as [number, number, number];
        assert.ok(some > 0);
        assert.equal(most - more, more - some);
    });
});
