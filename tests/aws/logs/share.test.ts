import type { Bundle } from "../../../aws/logs/bundle";
import { shareOut } from "../../../aws/logs/share";
import { table } from "../../support/rows";
import { stack } from "../../support/stack";
import { logGroup } from "../../support/wire/declare";

const ALL = ["g1", "g2", "g3"];
const { named } = stack(ALL.map((name) => logGroup(name)));

/** Logs as `writer/log`, and by writer the bundles of log groups that it waits for: `g1+g2` is a bundle of two. */
type Given = readonly [logs: readonly string[], offers: Readonly<Record<string, readonly string[]>>];

function shared([logs, offers]: Given) {
    const bundles = new Map<string, Bundle>();
    for (const key of Object.values(offers).flat()) {
        const groups = key.split("+").map(named);
        bundles.set(key, { first: groups[0] as Bundle["first"], groups });
    }
    const all = logs.map((log) => ({ log, writer: log.split("/")[0] as string }));
    const offeredTo = (writer: string) => (offers[writer] ?? []).map((key) => bundles.get(key) as Bundle);
    const { served, taken, lacking } = shareOut(all, offeredTo);
    return {
        served: [...served].map(({ log }) => log).sort(),
        taken: [...taken].map(({ name }) => name).sort(),
        lacking: [...lacking].sort(),
    };
}

table("shareOut", shared, [
    ["no log has no group", [[], {}], { served: [], taken: [], lacking: [] }],
    ["a log without a group lacks one", [["a/1"], {}], { served: [], taken: [], lacking: ["a"] }],
    ["a log takes a group", [["a/1"], { a: ["g1"] }], { served: ["a/1"], taken: ["g1"], lacking: [] }],
    [
        "each log of a writer takes a group of its own",
        [["a/1", "a/2"], { a: ["g1+g2"] }],
        { served: ["a/1", "a/2"], taken: ["g1", "g2"], lacking: [] },
    ],
    [
        "the logs of a writer may take groups of several bundles",
        [["a/1", "a/2"], { a: ["g1", "g2"] }],
        { served: ["a/1", "a/2"], taken: ["g1", "g2"], lacking: [] },
    ],
    [
        "of two writers that wait for one group, one gets it, and neither lacks one",
        [["a/1", "b/1"], { a: ["g1"], b: ["g1"] }],
        { served: ["a/1"], taken: ["g1"], lacking: [] },
    ],
    [
        "a writer with one group to choose from comes before one with two",
        [["a/1", "b/1"], { a: ["g1", "g2"], b: ["g1"] }],
        { served: ["a/1", "b/1"], taken: ["g1", "g2"], lacking: [] },
    ],
    [
        "the groups of a bundle count, and not the bundles",
        [["a/1", "b/1", "c/1"], { a: ["g1+g2"], b: ["g1+g2", "g3"], c: ["g3"] }],
        { served: ["a/1", "b/1", "c/1"], taken: ["g1", "g2", "g3"], lacking: [] },
    ],
    [
        "a writer that lacks groups takes what it has before all others",
        [["a/1", "b/1", "b/2", "b/3"], { a: ["g1+g2"], b: ["g1+g2"] }],
        { served: ["b/1", "b/2"], taken: ["g1", "g2"], lacking: ["b"] },
    ],
]);
