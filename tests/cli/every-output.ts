/** All that the commands write about a stack, for tests of what must not be in it. */

import { readFileSync, rmSync } from "node:fs";
import { writeBaseline } from "../../cli/commands/baseline";
import { check } from "../../cli/commands/check";
import { exceptions } from "../../cli/commands/exceptions";
import { fix } from "../../cli/commands/fix";
import { locate } from "../../cli/commands/locate";
import { report as reportEvents } from "../../cli/commands/report";
import { exceptionsJson, exceptionsSummary, exceptionsText } from "../../cli/report/exception-list";
import { FORMAT_NAMES, formatNamed } from "../../cli/report/formats";
import type { Report } from "../../cli/report/model";
import { withSources } from "../../cli/report/source";
import { reportSummary } from "../../cli/report/summary";
import { CONTROLS } from "../../pack/controls";
import { policies } from "../../policies";
import { document, group, region, restApi, restStage } from "./live/document";

const TODAY = "2026-11-25";
const GROUP = "API-Gateway-Execution-Logs_a1/prod";

/** All policies, those included that are disabled by default, with the keys that bring the most into messages. */
const CONFIG = {
    version: 2,
    policies: {
        all: "advisory",
        ...Object.fromEntries(policies.map(({ name }) => [name, { exemptionTag: true }])),
        "apigateway-account-cloudwatch-role": { requireInStack: true, exemptionTag: true },
    },
};

/** The paths of a temporary folder. */
interface Folder {
    readonly path: (...names: string[]) => string;
    readonly write: (name: string, content: unknown) => string;
}

/**
 * What each command writes in each of its formats, by the name of command and format.
 *
 * @param state the content of the file with the stack
 * @param arns what Security Hub has findings of every control about
 */
export async function everyOutput(
    { path, write }: Folder,
    state: unknown,
    arns: readonly string[] = [],
): Promise<Readonly<Record<string, string>>> {
    const file = write("state.json", state);
    const config = write("config.json", CONFIG);
    const baseline = path("baseline.json");
    rmSync(baseline, { force: true });
    const live = write(
        "live.json",
        document(region({ restApis: [restApi(restStage({}))], logGroups: [group(GROUP, 0)] })),
    );
    const states = [file];
    const events = write("events", EVENTS);
    const reports: Readonly<Record<string, Report>> = {
        check: await check(states, { config, today: TODAY }),
        "check of an account with owners": await check([live], { config, states, today: TODAY }),
        report: await reportEvents(events, { state: file }),
        locate: await locate(write("findings.json", { Findings: arns.flatMap(hubFindings) }), states),
        "check --write-baseline": (
            await writeBaseline(states, baseline, { config, reason: "Known before", today: TODAY })
        ).report,
    };
    const listed = await exceptions(baseline, states, { within: 0, today: TODAY });
    const written = await Promise.all(Object.entries(reports).map(([name, one]) => inEveryFormat(name, one)));
    return {
        ...Object.fromEntries(written.flat()),
        baseline: readFileSync(baseline, "utf8"),
        "exceptions --format text": exceptionsText(listed) + exceptionsSummary(listed),
        "exceptions --format json": exceptionsJson(listed),
        fix: (await fix(states, { config, createAccountRole: true, region: "eu-west-1", today: TODAY })).script,
        "fix of an account with owners": (await fix([live], { config, states, today: TODAY })).script,
    };
}

async function inEveryFormat(name: string, report: Report): Promise<[string, string][]> {
    const written = FORMAT_NAMES.map(async (format): Promise<[string, string][]> => {
        const write = await formatNamed(format);
        const options = { color: false, quiet: false, showExcepted: true, suppressions: true } as const;
        const shown = withSources(report);
        return [
            [`${name} --format ${format}`, write(shown, options)],
            [`${name} --format ${format} --group-by control`, write(shown, { ...options, groupBy: "control" })],
        ];
    });
    return [...(await Promise.all(written)).flat(), [`${name}, in short`, reportSummary(report)]];
}

const EVENTS = [
    {
        policyEvent: {
            resourceUrn: "urn:pulumi:dev::shop::aws:apigateway/stage:Stage::prod",
            message: "It is wrong.\nMake it right.",
            policyName: "right",
            policyPackName: "house-rules",
            enforcementLevel: "mandatory",
        },
    },
    { summaryEvent: { result: "succeeded", PolicyPacks: { "house-rules": "1" } } },
]
    .map((event, sequence) => JSON.stringify({ sequence, ...event }))
    .join("\n");

function hubFindings(arn: string): object[] {
    return Object.keys(CONTROLS).map((control) => ({
        AwsAccountId: "123456789012",
        Region: "eu-west-1",
        Compliance: { Status: "FAILED", SecurityControlId: control },
        Resources: [{ Id: arn, Region: "eu-west-1" }],
        Workflow: { Status: "NEW" },
        RecordState: "ACTIVE",
    }));
}
