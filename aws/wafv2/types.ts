/** Type tokens of @pulumi/aws and, as NATIVE_*, of @pulumi/aws-native: WAF's associations, and what they are for. */

export const WEB_ACL_ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
/** Of WAF Classic. */
export const REGIONAL_WEB_ACL_ASSOCIATION = "aws:wafregional/webAclAssociation:WebAclAssociation";
export const NATIVE_WEB_ACL_ASSOCIATION = "aws-native:wafv2:WebAclAssociation";

/**
 * What else than a stage can have a web ACL
 * (https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html).
 */
export const OTHER_PROTECTED_TYPES: readonly string[] = [
    "aws:alb/loadBalancer:LoadBalancer",
    "aws:amplify/app:App",
    "aws:apprunner/service:Service",
    "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
    "aws:appsync/api:Api",
    "aws:appsync/graphQLApi:GraphQLApi",
    "aws:cognito/userPool:UserPool",
    "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:verifiedaccess/instance:Instance",
    "aws-native:amplify:App",
    "aws-native:apprunner:Service",
    "aws-native:appsync:Api",
    "aws-native:appsync:GraphQlApi",
    "aws-native:cognito:UserPool",
    "aws-native:ec2:VerifiedAccessInstance",
    "aws-native:elasticloadbalancingv2:LoadBalancer",
];
