/** Web ACLs, and their associations with stages of REST APIs and with other resources. */

import * as fc from "fast-check";
import { computed, from } from "../wire/declare";
import { textOf } from "./apis";
import {
    type Draft,
    index,
    list,
    type Made,
    make,
    near,
    parentOf,
    perhapsElsewhere,
    pick,
    type ShapeOf,
    type Stage,
    stackReference,
} from "./draft";

const TYPES = {
    wafv2: ["aws:wafv2/webAcl:WebAcl", "aws:wafv2/webAclAssociation:WebAclAssociation"],
    native: ["aws-native:wafv2:WebAcl", "aws-native:wafv2:WebAclAssociation"],
    classic: ["aws:wafregional/webAcl:WebAcl", "aws:wafregional/webAclAssociation:WebAclAssociation"],
} as const;

export const WEB_ACLS = {
    associations: list(
        fc.record({
            kind: fc.constantFrom("wafv2", "wafv2", "native", "classic"),
            stage: index,
            names: fc.constantFrom("stage", "stage", "ids", "API", "component", "text", "reference", "load balancer"),
            webAcl: fc.constantFrom("new", "new", "text"),
            where: perhapsElsewhere,
        }),
        3,
    ),
};

type Shape = ShapeOf<typeof WEB_ACLS>["associations"][number];

export function addWebAcls(draft: Draft, { associations }: ShapeOf<typeof WEB_ACLS>): void {
    // AWS WAF associates a resource with one web ACL.
    const free = draft.stages.filter(({ kind }) => kind !== "v2");
    for (const [number, shape] of associations.entries()) {
        const stage = pick(free, shape.stage);
        if (stage !== undefined) {
            addAssociation(draft, shape, stage, number);
            free.splice(0, free.length, ...free.filter((other) => !areSame(stage, other)));
        }
    }
}

/** Whether two resources make the same stage. */
function areSame(a: Stage, b: Stage): boolean {
    return a.api === b.api && a.name === b.name;
}

function addAssociation(draft: Draft, shape: Shape, stage: Stage, number: number): void {
    const [type, associationType] = TYPES[shape.kind];
    const [output, property] = shape.kind === "classic" ? ["id", "webAclId"] : ["arn", "webAclArn"];
    const id = shape.kind === "classic" ? classicWebAclId(number) : webAclArn(number);
    const where = near(stage.api, shape.where);
    const webAcl =
        shape.webAcl === "new" ? make(draft, type, {}, { outputs: { [output]: computed(id) }, where }) : undefined;
    make(
        draft,
        associationType,
        { resourceArn: arnFor(draft, shape, stage), [property]: textOf([webAcl], id) },
        { where },
    );
}

export function webAclArn(number: number): string {
    return `arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/acl/${number}`;
}

/** Of a web ACL of WAF Classic, which has an id in the place of an ARN. */
export function classicWebAclId(number: number): string {
    return `acl${number}`;
}

/** The ARN of a stage, or of something else, as a program may write it. */
function arnFor(draft: Draft, { names }: Shape, stage: Stage): unknown {
    const { api, made } = stage;
    const arn = arnOf(api.id, stage.name);
    const isText = typeof stage.nameInput === "string";
    // Before the deployment, such an ARN may be that of any stage of the API.
    const isClear = draft.kind === "any" || draft.stages.every((other) => other.api !== api || areSame(other, stage));
    switch (names) {
        case "stage":
            return stage.kind === "Stage" ? from(made.name, arn) : textOf([api.made, made], arn);
        case "API":
            return textOf([api.made, ...(isText && isClear ? [] : [made])], arn);
        case "component":
            return from(componentOf(draft, made).name, arn);
        case "text":
            return arnOf("another-stacks", "prod");
        case "reference":
            // The ARN of an API that is still to be created cannot come from another stack.
            return textOf(
                draft.kind === "any" ? [stackReference(draft)] : [],
                arnOf(api.made ? "another-stacks" : api.id, stage.name),
            );
        case "load balancer":
            return from(loadBalancer(draft).name, ELB_ARN);
        default:
            return textOf([api.made, made], arn);
    }
}

/** A component may contain other stages as well. */
function componentOf(draft: Draft, made: Made): Made {
    const around = draft.kind === "any" ? parentOf(draft, made) : undefined;
    if (around !== undefined) {
        draft.reliedOn.add(around.name);
    }
    return around ?? made;
}

const ELB_ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1";

function loadBalancer(draft: Draft): Made {
    return make(draft, "aws:lb/loadBalancer:LoadBalancer", {}, { outputs: { arn: computed(ELB_ARN) } });
}

function arnOf(api: string, stage: string | undefined): string {
    return `arn:aws:apigateway:eu-west-1::/restapis/${api}/stages/${stage}`;
}
