/** How a program declares the log groups of something that writes logs. */

import { quote } from "../../stack/text";

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

/** @param name the group's name as a TypeScript expression */
export function declaration(resource: string, name: string): string {
    return `new aws.cloudwatch.LogGroup(${quote(resource)}, { name: ${name}, retentionInDays: 90 })`;
}
