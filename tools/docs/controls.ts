/** The generated parts of docs/controls.md: the controls of Security Hub, and the policies of each. */

import { CONTROLS, type Control, type ControlId } from "../../pack/controls";
import type { Policy } from "../../pack/policy";
import { OTHER_TOOLS } from "./other-tools";

const IDS = Object.keys(CONTROLS) as ControlId[];

/** The controls that have a policy, in the order of Security Hub's user guide. */
function controlsOf(policies: readonly Policy[]): ControlId[] {
    const used = new Set(policies.flatMap(({ mirrors, supports }) => [...mirrors, ...supports]));
    return IDS.filter((id) => used.has(id));
}

/** The table of controls, with the policies that mirror or support each. */
export function controlTable(policies: readonly Policy[]): string {
    const rows = controlsOf(policies).map((id) => {
        const control: Control = CONTROLS[id];
        const { mirroring, supporting } = policiesOf(id, policies);
        const relations = [
            ...(mirroring.length === 0 ? [] : [mirroring.join(", ")]),
            ...(supporting.length === 0 ? [] : [`supported by ${supporting.join(", ")}`]),
        ];
        const cells = [
            `[${id}](${anchorOf(id)})`,
            control.title,
            control.severity,
            frameworksOf(control).join(", "),
            relations.join("; "),
        ];
        return `| ${cells.join(" | ")} |`;
    });
    return ["| control | title | severity | frameworks | policies |", "| --- | --- | --- | --- | --- |", ...rows].join(
        "\n",
    );
}

/** A section for each control, with its policies and with what other tools do. */
export function controlSections(policies: readonly Policy[]): string {
    return controlsOf(policies)
        .map((id) => sectionOf(id, policies))
        .join("\n\n");
}

function sectionOf(id: ControlId, policies: readonly Policy[]): string {
    const control: Control = CONTROLS[id];
    const { title, severity, url } = control;
    const { mirroring, supporting } = policiesOf(id, policies);
    const others = OTHER_TOOLS[id].map(({ says, source }) => `- ${says} ([source](${source}))`);
    return [
        `## ${id}`,
        "",
        `[${title}](${url})`,
        "",
        "| | |",
        "| --- | --- |",
        `| severity | ${severity} |`,
        `| frameworks | ${frameworksOf(control).join(", ")} |`,
        ...(mirroring.length === 0 ? [] : [`| mirrored by | ${mirroring.join(", ")} |`]),
        ...(supporting.length === 0 ? [] : [`| supported by | ${supporting.join(", ")} |`]),
        ...(others.length === 0 ? [] : ["", "Other tools:", "", ...others]),
    ].join("\n");
}

function policiesOf(id: ControlId, policies: readonly Policy[]) {
    const linked = (relation: "mirrors" | "supports") =>
        policies
            .filter((policy) => policy[relation].includes(id))
            .map(({ name }) => `[\`${name}\`](policies/${name}.md)`);
    return { mirroring: linked("mirrors"), supporting: linked("supports") };
}

function frameworksOf({ standard, nist, nist171 = [], pci }: Control): string[] {
    const frameworks = [
        standard,
        ...(nist.length === 0 ? [] : ["NIST SP 800-53 Rev. 5"]),
        ...(nist171.length === 0 ? [] : ["NIST SP 800-171 Rev. 2"]),
        ...(pci.length === 0 ? [] : ["PCI DSS v4.0.1"]),
    ];
    return [...new Set(frameworks)];
}

/** The anchor that GitHub gives a heading. */
export function anchorOf(id: ControlId): string {
    return `#${id.toLowerCase().replace(".", "")}`;
}
