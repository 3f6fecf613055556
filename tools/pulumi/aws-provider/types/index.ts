import { native } from "./native";
import { other } from "./other";
import { rds } from "./rds";
import { rest } from "./rest";
import type { Type, Types } from "./type";
import { v2 } from "./v2";
import { waf } from "./waf";

export type { Block, Type } from "./type";

export const TYPES: Types = { ...rest, ...v2, ...waf, ...rds, ...other, ...native };

/** Every other type: what went in comes out, with an id and, except aws-native's, an ARN. */
const ANY: Type = { id: "{random:12}", computed: { arn: "arn:aws:test:{region}:{account}:{id}" } };
const ANY_NATIVE: Type = { id: "{random:12}" };

export function typeOf(token: string): Type {
    return TYPES[token] ?? (isNative(token) ? ANY_NATIVE : ANY);
}

export function isNative(token: string): boolean {
    return token.startsWith("aws-native:");
}

/** Resources of global services have no region, and aws-native's never do. */
export function isRegional(token: string): boolean {
    return !isNative(token) && !/^aws:(cloudfront|iam|organizations|route53)\//.test(token);
}
