import { native } from "./native";
import { anyType, other } from "./other";
import { rds } from "./rds";
import { rest } from "./rest";
import type { Type, Types } from "./type";
import { v2 } from "./v2";
import { waf } from "./waf";

export type { Block, Type } from "./type";

const TYPES: Types = { ...rest, ...v2, ...waf, ...rds, ...other, ...native };

export function typeOf(token: string): Type {
    return TYPES[token] ?? anyType;
}

export function isNative(token: string): boolean {
    return token.startsWith("aws-native:");
}

/** Resources of global services have no region, and aws-native's never do. */
export function isRegional(token: string): boolean {
    return !isNative(token) && !/^aws:(cloudfront|iam|organizations|route53)\//.test(token);
}
