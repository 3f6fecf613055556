import { otherStacksApis } from "../aws/apigateway/api";
import { describeStage, expressionsFor } from "../aws/apigateway/describe";
import { allRestStages, type RestStage } from "../aws/apigateway/rest-stage";
import { stageNamings } from "../aws/apigateway/stage-arn";
import { DEPLOYMENT, NATIVE_DEPLOYMENT, NATIVE_STAGE, STAGE } from "../aws/apigateway/types";
import { cannot } from "../aws/command";
import { ASSOCIATED_RESOURCE, classicIdOf, isListed, webAclAssociations, webAclOf } from "../aws/wafv2/association";
import { OTHER_PROTECTED_TYPES, REGIONAL_WEB_ACL_ASSOCIATION, WEB_ACL_ASSOCIATION } from "../aws/wafv2/types";
import type { Answer, Finding } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { type Code, type Expression, type Fields, variable } from "../stack/code";
import type { Resource } from "../stack/resource";
import type { Stack } from "../stack/stack";
import { isKnown, type Maybe, text, UNKNOWN } from "../stack/values";

/**
 * The web ACL of a stage is set by an association, a resource of its own. AWS WAF does not protect HTTP and WebSocket
 * APIs (https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html).
 */
export default stackPolicy({
    name: "apigateway-stage-web-acl",
    displayName: "REST stages are associated with a web ACL",
    description: "Every REST API stage is associated with a web ACL of AWS WAF.",
    mirrors: ["APIGateway.4"],
    remediationSteps: "Add an aws.wafv2.WebAclAssociation whose resourceArn is the ARN of the stage.",
    isOptional: true,
    types: [STAGE, DEPLOYMENT, NATIVE_STAGE, NATIVE_DEPLOYMENT],
    config: {
        webAclArns: {
            description:
                "The ARNs of the web ACLs that are accepted, as in AWS Config's parameter WebAclArns; an empty list accepts all.",
            type: "array",
            items: { type: "string", minLength: 1 },
            uniqueItems: true,
            default: [],
        },
    },
    evaluate: (stack, { webAclArns }) => {
        const stages = allRestStages(stack);
        const associations = webAclAssociations(stack);
        const namingsOf = stageNamings(stack, stages, associations, ASSOCIATED_RESOURCE, OTHER_PROTECTED_TYPES);
        const isElsewhere = otherStacksApis(stack);
        return stages.map((stage) => {
            const { by, isOpen } = namingsOf(stage);
            const shown = shownWebAcls(stage);
            if (by.length > 0 || shown.some(isKnown)) {
                return webAclArns.length > 0 ? ofAssociated(stack, stage, by, webAclArns) : undefined;
            }
            return isOpen || shown.includes(UNKNOWN)
                ? { undecided: `${describeStage(stage)}: whether it is associated with a web ACL is not known yet` }
                : notAssociated(stage, isElsewhere(stage.api));
        });
    },
});

const NEEDS_WEB_ACL = cannot(
    "Which web ACL protects the stage needs a decision. Then use aws wafv2 associate-web-acl with the ARNs of both.",
);

/** The web ACLs that the provider shows of a stage, which is output only: Firewall Manager may have associated one. */
function shownWebAcls({ makers }: RestStage): Maybe<string>[] {
    return makers.map((maker) => text(maker, "webAclArn"));
}

function notAssociated(stage: RestStage, isElsewhere: boolean): Finding {
    const elsewhere = isElsewhere ? " An association in another stack is not visible from this one." : "";
    return {
        resource: stage.resource,
        problem: `${describeStage(stage)} is not associated with a web ACL.`,
        advice: `Associate a web ACL with the ARN of the stage.${elsewhere}`,
        code: newAssociation(WEB_ACL_ASSOCIATION, stage, { webAclArn: variable("webAcl.arn") }),
        live: [NEEDS_WEB_ACL],
    };
}

function newAssociation(type: string, stage: RestStage, webAcl: Fields): Code {
    const inputs = { resourceArn: arnExpression(stage), ...webAcl };
    return { declare: [{ type, name: `${stage.resource.name}-web-acl`, inputs }] };
}

/** The answer for a stage that has a web ACL, where only some are accepted. */
function ofAssociated(
    stack: Stack,
    stage: RestStage,
    associations: readonly Resource[],
    accepted: readonly string[],
): Answer | undefined {
    // Associations come first: what the provider shows of a stage may be from before they changed.
    const webAcls = associations.length > 0 ? associations.map(webAclOf) : shownWebAcls(stage).filter(isKnown);
    const listed = webAcls.map((webAcl) => isListed(webAcl, accepted));
    if (listed.every((one) => one === true)) {
        return undefined;
    }
    if (listed.some((one) => one !== false)) {
        return { undecided: `${describeStage(stage)}: which web ACL it is associated with is not known yet` };
    }
    const [own, another] = associations.filter((association) => !stack.isRead(association));
    return {
        resource: own !== undefined && another === undefined ? own : stage.resource,
        problem: `${describeStage(stage)} is associated with a web ACL that webAclArns does not contain.`,
        advice: "Associate a web ACL of webAclArns with the stage.",
        code: acceptedWebAcl(stage, associations[0], accepted[0] as string),
        live: [NEEDS_WEB_ACL],
    };
}

/** Gives an association another web ACL; or a new association, where there is none or one of another WAF. */
function acceptedWebAcl(stage: RestStage, association: Resource | undefined, arn: string): Code {
    const id = classicIdOf(arn);
    const [type, webAcl] =
        id === undefined
            ? ([WEB_ACL_ASSOCIATION, { webAclArn: arn }] as const)
            : ([REGIONAL_WEB_ACL_ASSOCIATION, { webAclId: id }] as const);
    const isOfClassic = association?.type === REGIONAL_WEB_ACL_ASSOCIATION;
    return association !== undefined && isOfClassic === (id !== undefined)
        ? { inputs: webAcl }
        : newAssociation(type, stage, webAcl);
}

/** The ARN of a stage as an expression. Only Stage resources of @pulumi/aws have it as an output. */
function arnExpression(stage: RestStage): Expression {
    const name = isKnown(stage.name) ? stage.name : "<stage name>";
    return stage.resource.type === STAGE
        ? variable(`${expressionsFor(stage).stage}.arn`)
        : {
              joined: [
                  "arn:aws:apigateway:",
                  variable("region"),
                  "::/restapis/",
                  variable("api.id"),
                  `/stages/${name}`,
              ],
          };
}
