/** The generated parts of the pages in docs/policies/ and of README.md. */

import type { ConfigKey } from "../../pack/config";
import { CONTROLS, type ControlId } from "../../pack/controls";
import { EXEMPTION_KEYS } from "../../pack/exemptions";
import { allTags } from "../../pack/metadata";
import type { Policy } from "../../pack/policy";
import { both } from "../../stack/text";
import { anchorOf } from "./controls";

/** The first part of a policy's page: title, description and a table of its metadata. */
export function header(policy: Policy): string {
    const { name, description, severity, isOptional, mirrors, supports, remediationSteps, url } = policy;
    const remediates = policy.kind === "resource" && policy.remediates ? "; can remediate" : "";
    return [
        `# ${name}`,
        "",
        description,
        "",
        "| | |",
        "| --- | --- |",
        `| kind | ${policy.kind} policy${remediates} |`,
        ...(isOptional ? ["| enabled | only by a config |"] : []),
        `| severity | ${severity} |`,
        ...mirrors.map((control) => `| mirrors | ${describeControl(control)} |`),
        ...supports.map((control) => `| supports | ${describeControl(control)} |`),
        `| tags | ${allTags(policy).join(", ")} |`,
        `| how to fix | ${remediationSteps} |`,
        `| read on | <${url}> |`,
    ].join("\n");
}

function describeControl(control: ControlId): string {
    const { title, url } = CONTROLS[control];
    return `AWS Security Hub [${control}](${url}): ${title} ([more](../controls.md${anchorOf(control)}))`;
}

/** The table of a policy's own config keys, and a sentence about those that all policies have. */
export function configTable({ config }: Policy): string {
    const own = Object.entries(config).filter(([key]) => !Object.hasOwn(EXEMPTION_KEYS, key));
    const common = Object.keys(EXEMPTION_KEYS).map((key) => `\`${key}\``);
    const others = `${own.length > 0 ? "It also" : "The policy"} has the keys of all policies, [${both(common)}](../exceptions.md).`;
    return own.length > 0 ? `${tableOf(own)}\n\n${others}` : others;
}

function tableOf(keys: readonly (readonly [string, ConfigKey])[]): string {
    const rows = keys.map(
        ([key, schema]) => `| \`${key}\` | ${valuesOf(schema)} | ${defaultOf(schema)} | ${schema.description} |`,
    );
    return ["| key | values | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

interface Schema {
    readonly type: string;
    readonly enum?: readonly string[];
    readonly items?: Schema;
    readonly minimum?: number;
    readonly maximum?: number;
}

function valuesOf({ type, items, minimum, maximum, enum: values }: Schema): string {
    if (values !== undefined) {
        return values.map((value) => `\`${value}\``).join(", ");
    }
    if (items !== undefined) {
        return `list of ${valuesOf(items)}`;
    }
    return minimum === undefined ? type : `${type} from ${minimum} to ${maximum}`;
}

function defaultOf(schema: ConfigKey): string {
    return schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``;
}

/** The table of all policies in README.md. */
export function policyTable(policies: readonly Policy[]): string {
    const rows = policies.map(({ name, displayName, mirrors, supports, isOptional }) => {
        const supported = supports.length > 0 ? `supports ${supports.join(", ")}` : "none";
        const control = mirrors.length > 0 ? mirrors.join(", ") : supported;
        return `| [\`${name}\`](docs/policies/${name}.md)${isOptional ? " \\*" : ""} | ${displayName} | ${control} |`;
    });
    return ["| policy | what must hold | Security Hub control |", "| --- | --- | --- |", ...rows].join("\n");
}
