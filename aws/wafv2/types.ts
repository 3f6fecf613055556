/** The type tokens of WAF's associations in @pulumi/aws and, as NATIVE_*, in @pulumi/aws-native. */

export const WEB_ACL_ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
/** Of WAF Classic. */
export const REGIONAL_WEB_ACL_ASSOCIATION = "aws:wafregional/webAclAssociation:WebAclAssociation";
export const NATIVE_WEB_ACL_ASSOCIATION = "aws-native:wafv2:WebAclAssociation";
