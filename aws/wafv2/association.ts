/** Associations of web ACLs with other resources: those of AWS WAF, and those of WAF Classic. */

import type { Resource } from "../../stack/resource";
import { anyOfType, type Stack } from "../../stack/stack";
import { isKnown, type Maybe, text, UNKNOWN, type Whether } from "../../stack/values";
import { NATIVE_WEB_ACL_ASSOCIATION, REGIONAL_WEB_ACL_ASSOCIATION, WEB_ACL_ASSOCIATION } from "./types";

/** The property that holds the ARN of the resource that a web ACL is associated with. */
export const ASSOCIATED_RESOURCE = "resourceArn";

/** The associations of a stack that name a web ACL. Those that are only read associate one, too. */
export function webAclAssociations(stack: Stack): Resource[] {
    return anyOfType(stack, WEB_ACL_ASSOCIATION, REGIONAL_WEB_ACL_ASSOCIATION, NATIVE_WEB_ACL_ASSOCIATION).filter(
        (association) => webAclOf(association) !== undefined,
    );
}

/** The ARN of a web ACL, or the id of one of WAF Classic. */
export function webAclOf(association: Resource): Maybe<string> {
    return text(association, association.type === REGIONAL_WEB_ACL_ASSOCIATION ? "webAclId" : "webAclArn");
}

/**
 * The id at the end of the ARN of a web ACL, if it is one of WAF Classic
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafregional.html).
 */
export function classicIdOf(arn: string): string | undefined {
    return /^arn:[^:]*:waf-regional:.*:webacl\/(.+)$/.exec(arn)?.[1];
}

/** Whether a list of ARNs contains a web ACL, which has an ARN, or an id if it is one of WAF Classic. */
export function isListed(webAcl: Maybe<string>, arns: readonly string[]): Whether {
    return isKnown(webAcl) ? arns.some((arn) => arn === webAcl || classicIdOf(arn) === webAcl) : UNKNOWN;
}
