/** The findings and policies of a report by Security Hub control. */

import { CONTROLS, type Control } from "../../pack/controls";
import { append } from "../../stack/maps";
import type { Report, ReportFinding, Rule } from "./model";

/** The findings and policies of a control, or of a policy without one. */
export interface Group {
    /** A control, "APIGateway.1"; or a policy, for what it finds without a control. */
    readonly id: string;
    /** `undefined` for a policy. */
    readonly control: Control | undefined;
    /** The policies that mirror the control, or the policy itself. */
    readonly rules: readonly Rule[];
    /** A finding is in the group of each control that its resource fails. */
    readonly findings: readonly ReportFinding[];
}

/** Controls in the order of Security Hub's user guide, then policies in that of the report. */
export function byControl({ findings, rules }: Pick<Report, "findings" | "rules">): readonly Group[] {
    const groups = new Map<string, ReportFinding[]>(rules.flatMap(groupIds).map((id) => [id, []]));
    for (const finding of findings) {
        for (const id of groupIds(finding)) {
            append(groups, id, finding);
        }
    }
    return [...groups]
        .map(([id, own]) => ({
            id,
            control: controlOf(id),
            rules: rules.filter(({ policy, controls }) => policy === id || controls.includes(id)),
            findings: own,
        }))
        .sort((a, b) => orderOf(a.id) - orderOf(b.id));
}

/** The groups of a finding or of a policy. */
export function groupIds({ policy, controls }: Pick<Rule, "policy" | "controls">): readonly string[] {
    return controls.length === 0 ? [policy] : controls;
}

function controlOf(id: string): Control | undefined {
    return Object.hasOwn(CONTROLS, id) ? CONTROLS[id as keyof typeof CONTROLS] : undefined;
}

const ORDER: readonly string[] = Object.keys(CONTROLS);

function orderOf(id: string): number {
    const order = ORDER.indexOf(id);
    return order === -1 ? ORDER.length : order;
}
