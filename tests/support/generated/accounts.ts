/** The Accounts of a program, and its components, which may have to wait for one. */

import * as fc from "fast-check";
import { computed, from } from "../wire/declare";
import { after, before, type Draft, list, make, pick, place, type ShapeOf, where } from "./draft";

const COMPONENTS = ["my:index:Shop", "aws-apigateway:index:RestAPI", "aws:apigateway:x:API"];

export const ACCOUNTS = {
    components: list(fc.record({ type: fc.constantFrom(...COMPONENTS), place, after }), 3),
    accounts: list(
        fc.record({
            native: fc.boolean(),
            role: fc.constantFrom("resource", "text", "none"),
            inBase: fc.boolean(),
            where,
        }),
        2,
    ),
};

export function addAccounts(draft: Draft, { accounts, components }: ShapeOf<typeof ACCOUNTS>): void {
    const role = make(draft, "aws:iam/role:Role", {}, { outputs: { arn: computed("arn:role") } });
    const base = make(draft, "my:index:Base", {}, { provider: "none" });
    const made = accounts.map(({ native, role: roleOf, inBase, where: there }) => {
        const arn = { resource: from(role.name, "arn:role"), text: "arn:role", none: undefined }[roleOf];
        return make(
            draft,
            native ? "aws-native:apigateway:Account" : "aws:apigateway/account:Account",
            { [native ? "cloudWatchRoleArn" : "cloudwatchRoleArn"]: arn },
            { where: there, parent: inBase ? base : undefined },
        );
    });
    Object.assign(draft.before, { account: made.slice(0, 1).map(({ name }) => name), base: [base.name] });
    for (const { type, place: at, after: what } of components) {
        const parent = pick([undefined, ...draft.components], at);
        draft.components.push(make(draft, type, {}, { provider: "none", dependsOn: before(draft, what), parent }));
    }
}
