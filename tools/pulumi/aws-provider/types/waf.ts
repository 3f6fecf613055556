import { ACCOUNT_ID, hex, text } from "../values";
import type { Types } from "./type";

/** As WAF makes ids: a UUID. */
export function uuid(seed: string): string {
    return hex(seed, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export const waf: Types = {
    "aws:wafv2/webAcl:WebAcl": {
        required: ["defaultAction", "scope", "visibilityConfig"],
        autoName: "name",
        blocks: { defaultAction: { unset: { allow: null, block: null } } },
        oneOf: { scope: ["CLOUDFRONT", "REGIONAL"] },
        replaces: ["name", "namePrefix", "scope"],
        taggable: true,
        id: uuid,
        computed: ({ name, namePrefix, scope }, id, aws) => {
            const named = text(name) || `${text(namePrefix)}${hex(id, 26)}`;
            const kind = scope === "CLOUDFRONT" ? "global" : "regional";
            return {
                applicationIntegrationUrl: "",
                arn: `arn:aws:wafv2:${aws.region}:${ACCOUNT_ID}:${kind}/webacl/${named}/${id}`,
                capacity: 0,
                lockToken: uuid(`${id} lock`),
                name: named,
                namePrefix: text(namePrefix),
            };
        },
        unset: {
            associationConfig: null,
            captchaConfig: null,
            challengeConfig: null,
            customResponseBodies: [],
            dataProtectionConfig: null,
            description: "",
            ruleJson: null,
            rules: [],
            tokenDomains: null,
        },
        read: (id) => {
            const [, name = "", scope = "REGIONAL"] = id.split("/");
            return { name, scope };
        },
    },

    // The stage is not read again, so its webAclArn stays "" until the next refresh.
    "aws:wafv2/webAclAssociation:WebAclAssociation": {
        required: ["resourceArn", "webAclArn"],
        arns: ["resourceArn", "webAclArn"],
        replaces: ["resourceArn", "webAclArn"],
        id: (_, { resourceArn, webAclArn }) => `${text(webAclArn)},${text(resourceArn)}`,
        read: (id) => {
            const [webAclArn = "", resourceArn = ""] = id.split(",");
            return { resourceArn, webAclArn };
        },
    },

    "aws:wafregional/webAcl:WebAcl": {
        required: ["defaultAction", "metricName"],
        autoName: "name",
        blocks: { rules: { defaults: { type: "REGULAR" }, unset: { action: null, overrideAction: null } } },
        replaces: ["metricName", "name"],
        taggable: true,
        id: uuid,
        computed: (_, id, aws) => ({ arn: `arn:aws:waf-regional:${aws.region}:${ACCOUNT_ID}:webacl/${id}` }),
        unset: { loggingConfiguration: null, rules: [] },
    },

    "aws:wafregional/webAclAssociation:WebAclAssociation": {
        required: ["resourceArn", "webAclId"],
        arns: ["resourceArn"],
        replaces: ["resourceArn", "webAclId"],
        id: (_, { resourceArn, webAclId }) => `${text(webAclId)}:${text(resourceArn)}`,
        read: (id) => {
            const [webAclId = "", ...resourceArn] = id.split(":");
            return { resourceArn: resourceArn.join(":"), webAclId };
        },
    },
};
