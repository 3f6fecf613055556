import assert from "node:assert/strict";
import { visible } from "../../../cli/formats/characters";
import { github } from "../../../cli/formats/github";
import { HOSTILE_NAMES, LOG_GROUP, named, report, STAGE } from "./reports";

describe("the format github", () => {
    it("marks the line that a mandatory finding is at as an error", () =>
        assert.equal(
            github(report(STAGE)),
            "::error file=infra/index.ts,line=31,col=14,title=apigateway-stage-execution-logging (APIGateway.1)::" +
                'Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.%0A' +
                "Add method settings for */* with loggingLevel ERROR or INFO.%0A" +
                'new aws.apigateway.MethodSettings("prod-logging", { restApi: stage.restApi })\n',
        ));

    it("warns of an advisory finding, and names the resource where no place is known", () =>
        assert.equal(
            github(report(LOG_GROUP)),
            "::warning title=cloudwatch-log-group-retention::" +
                'Log group "orders" never expires: it has no retention.%0A' +
                "Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.%0A" +
                "retentionInDays: 90%0A" +
                "urn:pulumi:dev::shop::aws:cloudwatch/logGroup:LogGroup::orders\n",
        ));

    it("leaves out a column that is not known", () =>
        assert.deepEqual(parsed(github(report({ ...STAGE, location: { path: "Pulumi.yaml", line: 3 } }))).properties, {
            file: "Pulumi.yaml",
            line: "3",
            title: "apigateway-stage-execution-logging (APIGateway.1)",
        }));

    it("says problems as errors, and what was undecided as notices", () =>
        assert.equal(
            github({
                ...report(),
                problems: [{ file: "b.json", message: "is no JSON" }],
                undecided: [{ stack: "shop/dev", file: "states/shop.json", message: "100% unknown" }],
            }),
            "::error title=apigateway-guard::b.json: is no JSON\n" +
                "::notice title=apigateway-guard::shop/dev: 100%25 unknown\n",
        ));

    it("says nothing where nothing was found", () => assert.equal(github(report()), ""));

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`keeps ${what} within the one command`, () => {
            const location = { path: name, line: 31, column: 14 };
            assert.deepEqual(parsed(github(report({ ...named(name), policy: name, location }))), {
                command: "error",
                properties: {
                    file: visible(name, "\n"),
                    line: "31",
                    col: "14",
                    title: `${visible(name, "\n")} (APIGateway.1)`,
                },
                message: visible(named(name).message, "\n"),
            });
        });
    }
});

/** As the runner reads an only line of output: src/Runner.Common/ActionCommand.cs in actions/runner. */
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
