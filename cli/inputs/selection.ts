/** What `check` is asked to evaluate, by `--policy` and `--control`. */

import { nearest } from "../../pack/config";
import { CONTROLS, type ControlId } from "../../pack/controls";
import type { EnabledPolicy } from "../../pack/enabled";
import { mirroredControls, type Policy } from "../../pack/policy";
import { policies } from "../../policies";
import { quote } from "../../stack/text";
import { BadInput } from "../errors";

/** The policies that are named, and those that mirror or support one of the controls; every policy if both are empty. */
export interface Selection {
    readonly policies: readonly string[];
    readonly controls: readonly string[];
}

/** Selects every policy. */
export const EVERYTHING: Selection = { policies: [], controls: [] };

/** Whether a selection selects every policy. */
export function isEverything({ policies, controls }: Selection): boolean {
    return policies.length + controls.length === 0;
}

/** Whether a policy is named, or mirrors or supports a control that is. */
export function isSelected(policy: Policy, selection: Selection): boolean {
    return (
        isEverything(selection) ||
        selection.policies.includes(policy.name) ||
        controlsOf(policy).some((control) => selection.controls.includes(control))
    );
}

/**
 * A selected policy with no other controls than those that are asked for, if it mirrors several. By its name, a policy is
 * asked for as a whole.
 *
 * @param enabled with a config that has the policy's defaults
 * @returns nothing if the config picks none of these controls
 */
export function narrowed(enabled: EnabledPolicy, { policies, controls }: Selection): EnabledPolicy | undefined {
    const { policy, config } = enabled;
    const isAskedFor = (control: ControlId) => controls.includes(control);
    if (controls.length === 0 || policies.includes(policy.name) || policy.supports.some(isAskedFor)) {
        return enabled;
    }
    const picked = mirroredControls(policy, config).filter(isAskedFor);
    if (picked.length === 0) {
        return undefined;
    }
    return policy.mirrors.length === 1 ? enabled : { ...enabled, config: { ...config, controls: picked } };
}

/** @throws BadInput if no policy mirrors or supports one of the controls, with the control that may have been meant */
export function assertControls(controls: readonly string[], all: readonly Policy[] = policies): void {
    const used = new Set(all.flatMap(controlsOf));
    const known = (Object.keys(CONTROLS) as ControlId[]).filter((control) => used.has(control));
    const unknown = controls.find((control) => !known.some((one) => one === control));
    if (unknown !== undefined) {
        const near = nearest(unknown, known);
        const advice = `${near === undefined ? "" : `Did you mean ${quote(near)}? `}The controls are ${known.join(", ")}.`;
        throw new BadInput(`--control names ${quote(unknown)}, but no policy mirrors or supports it. ${advice}`);
    }
}

function controlsOf({ mirrors, supports }: Policy): readonly ControlId[] {
    return [...mirrors, ...supports];
}
