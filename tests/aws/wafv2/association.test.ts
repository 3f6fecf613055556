import { classicIdOf } from "../../../aws/wafv2/association";
import { table } from "../../support/rows";

const ARN = "arn:aws:waf-regional:eu-west-1:123456789012:webacl/a1";

table("the id in the ARN of a web ACL of WAF Classic", classicIdOf, [
    ["is at its end", ARN, "a1"],
    ["may be in another partition", ARN.replace("aws", "aws-cn"), "a1"],
    ["is not in the ARN of a web ACL of AWS WAF", ARN.replace("waf-regional", "wafv2"), undefined],
    ["is not in text with such an ARN inside", `x-${ARN}`, undefined],
    ["has no line break", `${ARN}\nb`, undefined],
    ["is not an id alone", "a1", undefined],
]);
