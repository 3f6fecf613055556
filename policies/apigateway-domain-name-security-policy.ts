import { describeResource } from "../aws/apigateway/describe";
import { endpointOf, RECOMMENDED_POLICIES } from "../aws/apigateway/domain-name";
import { DOMAIN_NAME, NATIVE_DOMAIN_NAME } from "../aws/apigateway/types";
import { cannot } from "../aws/command";
import { resourcePolicy } from "../pack/policy";
import { either, quote } from "../stack/text";
import { text, UNKNOWN } from "../stack/values";

const { REGIONAL, EDGE } = RECOMMENDED_POLICIES;
const ALLOWED: readonly string[] = [...REGIONAL, ...EDGE];

/**
 * The control is about AWS::ApiGateway::DomainName, which is for public domain names. Those of private APIs are another
 * resource type, AWS::ApiGateway::DomainNameV2 in CloudFormation and endpoints of the type PRIVATE in @pulumi/aws
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-domainname.html). Those
 * of aws.apigatewayv2 accept only TLS_1_2 (terraform-provider-aws, internal/service/apigatewayv2/domain_name.go), so they
 * could never comply.
 */
export default resourcePolicy({
    name: "apigateway-domain-name-security-policy",
    displayName: "Domain names have a recommended security policy",
    description: "API Gateway custom domain names have a TLS security policy that AWS Security Hub recommends.",
    mirrors: ["APIGateway.11"],
    tags: ["data-protection"],
    remediationSteps: `Set securityPolicy to ${either(ALLOWED)}, and endpointAccessMode to STRICT or BASIC.`,
    isOptional: true,
    types: [DOMAIN_NAME, NATIVE_DOMAIN_NAME],
    evaluate: (domain) => {
        const endpoint = endpointOf(domain);
        const policy = text(domain, "securityPolicy");
        if (
            endpoint === UNKNOWN ||
            endpoint === "PRIVATE" ||
            policy === UNKNOWN ||
            ALLOWED.some((one) => one === policy)
        ) {
            return undefined;
        }
        const fitting = endpoint === "REGIONAL" ? REGIONAL : endpoint === "EDGE" ? EDGE : undefined;
        return {
            problem: `${describeResource(domain)} ${problemOf(policy)}.`,
            advice: `Set securityPolicy to ${describe(fitting)}, and endpointAccessMode to STRICT, or to BASIC while clients migrate. The domain name can then use neither mutual TLS nor HTTP APIs.`,
            ...(fitting && { code: { inputs: { securityPolicy: fitting[0], endpointAccessMode: "STRICT" } } }),
            live: [
                cannot(
                    "Clients with older TLS are refused from then on, so the security policy needs a decision. Then use aws apigateway update-domain-name with /securityPolicy and /endpointAccessMode.",
                ),
            ],
        };
    },
});

/**
 * What is wrong with a policy, or with that of new domain names, which AWS chooses if none is set
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html).
 */
function problemOf(policy: string | undefined): string {
    return policy === undefined
        ? "sets no security policy, and AWS's default is TLS_1_2, which Security Hub does not recommend"
        : `has the security policy ${quote(policy)}, which Security Hub does not recommend`;
}

/** The policies to choose from: those for the type of the endpoint, or all if it is not set. */
function describe(fitting: readonly string[] | undefined): string {
    return fitting ? either(fitting) : `${either(REGIONAL)} (for an edge-optimized endpoint, ${either(EDGE)})`;
}
