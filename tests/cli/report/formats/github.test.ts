import assert from "node:assert/strict";
import { escapeUnseen } from "../../../../cli/report/formats/characters";
import { githubReport } from "../../../../cli/report/formats/github";
import { findingText } from "../../../../cli/report/model";
import { HOSTILE_NAMES, LOG_GROUP, named, PROBLEM, report, STAGE, UNDECIDED } from "./reports";

describe("the format github", () => {
    it("marks the line of a mandatory finding as an error", () =>
        assert.equal(
            githubReport(report(STAGE)),
            "::error file=infra/index.ts,line=31,col=14,title=apigateway-stage-execution-logging (APIGateway.1)::" +
                'Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.%0A' +
                "Add method settings for */* with loggingLevel ERROR or INFO.%0A" +
                'new aws.apigateway.MethodSettings("prod-logging", { restApi: stage.restApi })\n',
        ));

    it("makes an advisory finding a warning, and names its resource if its line is not known", () =>
        assert.equal(
            githubReport(report(LOG_GROUP)),
            "::warning title=cloudwatch-log-group-retention::" +
                'Log group "orders" never expires: it has no retention.%0A' +
                "Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.%0A" +
                "retentionInDays: 90%0A" +
                "urn:pulumi:dev::shop::aws:cloudwatch/logGroup:LogGroup::orders\n",
        ));

    it("leaves out a column that is not known", () =>
        assert.deepEqual(
            parsed(githubReport(report({ ...STAGE, location: { path: "Pulumi.yaml", line: 3 } }))).properties,
            {
                file: "Pulumi.yaml",
                line: "3",
                title: "apigateway-stage-execution-logging (APIGateway.1)",
            },
        ));

    it("has the message of a finding without advice and code", () =>
        assert.deepEqual(
            parsed(githubReport(report({ ...STAGE, advice: undefined, code: undefined }))).message,
            STAGE.problem,
        ));

    it("makes problems errors, and what was undecided notices", () =>
        assert.equal(
            githubReport({ ...report(), problems: [PROBLEM], undecided: [{ ...UNDECIDED, message: "100% unknown" }] }),
            "::error title=apigateway-guard::b.json: is not JSON\n" +
                "::notice title=apigateway-guard::shop/dev: 100%25 unknown\n",
        ));

    it("is empty without findings", () => assert.equal(githubReport(report()), ""));

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`keeps ${what} within the one command`, () => {
            const location = { path: name, line: 31, column: 14 };
            assert.deepEqual(parsed(githubReport(report({ ...named(name), policy: name, location }))), {
                command: "error",
                properties: {
                    file: escapeUnseen(name, "\n"),
                    line: "31",
                    col: "14",
                    title: `${escapeUnseen(name, "\n")} (APIGateway.1)`,
                },
                message: escapeUnseen(findingText(named(name)), "\n"),
            });
        });
    }
});

/** A single line of output as the runner reads it: src/Runner.Common/ActionCommand.cs in actions/runner. */
function parsed(output: string) {
    const [, command, properties = "", message = ""] = /^::([a-z]+) (.*?)::(.*)\n$/.exec(output) ?? [];
    const pairs = properties.split(",").map((pair) => /^([^=]*)=(.*)$/.exec(pair)?.slice(1) ?? []);
    return {
        command,
        properties: Object.fromEntries(pairs.map(([key = "", value = ""]) => [key, unescaped(value)])),
        message: unescaped(message),
    };
}

function unescaped(text: string): string {
    const pairs = { "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%" };
    return Object.entries(pairs).reduce((rest, [encoded, character]) => rest.replaceAll(encoded, character), text);
}
