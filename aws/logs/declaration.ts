/** How a program declares the log groups of something that writes logs. */

import type { Declaration, Expression } from "../../stack/code";
import { quote } from "../../stack/text";
import { LOG_GROUP } from "./types";

/**
 * @param writer what is to depend on the groups
 * @param count how many groups there are
 * @param names their names, as far as they are known
 */
export function howToDeclare(writer: string, count: number, names: readonly string[]): string[] {
    const isOne = count === 1;
    const it = isOne ? "it" : "them";
    return [
        `Declare the ${isOne ? "log group by its exact name" : "log groups by their exact names"} with a retention, and make the ${writer} depend on ${it}.`,
        ...(names.length > 0
            ? [
                  `If CloudWatch has ${isOne ? "the group" : "them"} already, import ${it} with ${names.map((name) => `{ import: ${quote(name)} }`).join(" and ")}.`,
              ]
            : []),
    ];
}

/**
 * With a retention that the policy of retentions allows by default; see `wants` of its declaration for other configs.
 *
 * @param name the group's name, if need be as an expression
 */
export function declaration(resource: string, name: string | Expression): Declaration {
    return { type: LOG_GROUP, name: resource, inputs: { name, retentionInDays: 90 } };
}
