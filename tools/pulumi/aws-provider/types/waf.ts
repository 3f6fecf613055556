import type { Types } from "./type";

const ARN = /^arn:/;

export const waf: Types = {
    "aws:wafv2/webAcl:WebAcl": {
        required: ["defaultAction", "scope", "visibilityConfig"],
        autoName: "name",
        oneOf: { scope: ["CLOUDFRONT", "REGIONAL"] },
        replaces: ["name", "namePrefix", "scope"],
        taggable: true,
        id: "{uuid}",
        computed: ({ scope }) => ({
            arn: `arn:aws:wafv2:{region}:{account}:${scope === "CLOUDFRONT" ? "global" : "regional"}/webacl/{name}/{id}`,
        }),
    },

    // The stage is not read again, so its webAclArn stays "" until the next refresh.
    "aws:wafv2/webAclAssociation:WebAclAssociation": {
        required: ["resourceArn", "webAclArn"],
        oneOf: { resourceArn: ARN, webAclArn: ARN },
        replaces: ["resourceArn", "webAclArn"],
        id: "{webAclArn},{resourceArn}",
    },
};
