import type { ControlId } from "../../pack/controls";
import { mirroredControls } from "../../pack/policy";
import { table } from "../support/rows";

type Given = readonly [mirrors: readonly ControlId[], config: object];

table<Given, readonly ControlId[]>("the controls that a policy mirrors with a config", (given) => mirrored(...given), [
    ["none", [[], {}], []],
    ["the only one, whatever its config", [["RDS.9"], { controls: ["RDS.36"] }], ["RDS.9"]],
    ["those of several that the config picks", [["RDS.9", "RDS.36"], { controls: ["RDS.36"] }], ["RDS.36"]],
    ["in their own order", [["RDS.9", "RDS.36"], { controls: ["RDS.36", "RDS.9"] }], ["RDS.9", "RDS.36"]],
    ["none, if the config picks from nothing", [["RDS.9", "RDS.36"], {}], []],
    ["none, if the config picks none", [["RDS.9", "RDS.36"], { controls: [] }], []],
]);

function mirrored(mirrors: readonly ControlId[], config: object): readonly ControlId[] {
    return mirroredControls({ mirrors }, config);
}
