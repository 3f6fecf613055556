import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { Report } from "../../../cli/findings";
import { text } from "../../../cli/formats/text";
import { HOSTILE_NAMES, LOG_GROUP, named, report, STAGE } from "./reports";

const PLAIN = { color: false, quiet: false };

const FULL: Report = {
    ...report(
        STAGE,
        { ...STAGE, policy: "of-another-pack", message: "Only a fact.", severity: null, control: null },
        LOG_GROUP,
    ),
    undecided: [{ stack: "shop/dev", file: "states/shop.json", message: "a-policy could not decide on it" }],
    problems: [{ file: "broken.json", message: "is empty" }],
};

const BODY = `shop/dev  states/shop.json

  prod  aws:apigateway/stage:Stage  infra/index.ts:31:14
    mandatory  apigateway-stage-execution-logging  medium, APIGateway.1
      Stage "prod" of API "orders" has no method settings for */*, so execution logging is off.
      Add method settings for */* with loggingLevel ERROR or INFO.
      new aws.apigateway.MethodSettings("prod-logging", { restApi: stage.restApi })
    mandatory  of-another-pack
      Only a fact.

  orders  aws:cloudwatch/logGroup:LogGroup
    advisory  cloudwatch-log-group-retention  medium, would be remediated
      Log group "orders" never expires: it has no retention.
      Set retentionInDays to a number of days that CloudWatch accepts, from 1 to 3653.
      retentionInDays: 90
`;

describe("the format text", () => {
    it("groups by stack and resource, shows each fix, and sums up", () => {
        assert.equal(
            text(FULL, PLAIN),
            `${BODY}
  Note: a-policy could not decide on it

3 findings (2 mandatory, 1 advisory) in 1 stack, 16 resources. 1 would be remediated. 1 file could not be judged.
`,
        );
    });

    it("has findings only when it should be quiet", () => {
        assert.equal(text(FULL, { ...PLAIN, quiet: true }), BODY);
        assert.equal(text(report(), { ...PLAIN, quiet: true }), "");
    });

    it("says the same in colours", () => {
        const coloured = text(FULL, { color: true, quiet: false });
        assert.notEqual(coloured, text(FULL, PLAIN));
        assert.equal(stripVTControlCharacters(coloured), text(FULL, PLAIN));
    });

    it("says that all is well only if it is", () => {
        assert.equal(text(report(), PLAIN), "✓ No findings in 1 stack, 16 resources.\n");
        const nothing = { ...FULL, findings: [], stacks: [], undecided: [] };
        assert.equal(text(nothing, PLAIN), "No stacks judged. 1 file could not be judged.\n");
    });

    it("does not count resources where nobody has counted them", () => {
        const uncounted = { ...report(), stacks: [{ stack: "shop/dev", file: "-", resources: null }] };
        assert.equal(text(uncounted, PLAIN), "✓ No findings in 1 stack.\n");
    });

    it("tells stacks of one name in two files apart", () => {
        const stacks = ["a.json", "b.json"].map((file) => ({ stack: "shop/dev", file, resources: 1 }));
        const twice = { ...report({ ...STAGE, file: "a.json" }, { ...LOG_GROUP, file: "b.json" }), stacks };
        const titles = text(twice, PLAIN)
            .split("\n")
            .filter((line) => line.startsWith("shop/dev"));
        assert.deepEqual(titles, ["shop/dev  a.json", "shop/dev  b.json"]);
    });

    for (const [what, name] of Object.entries(HOSTILE_NAMES)) {
        it(`shows ${what} in a name, and obeys none`, () => {
            const shown = text(report(named(name)), PLAIN);
            assert.doesNotMatch(shown, /[^\P{Cc}\n]|\p{Bidi_Control}/u);
            assert.doesNotMatch(shown, /^\s*::|##\[/m);
            assert.match(shown, /^ {2}Stage|^ {2}\S/m);
        });
    }

    it("keeps a name from commanding GitHub's runner, which reads logs", () => {
        const shown = text(report(named("::error::x ##[error]y")), PLAIN);
        assert.ok(shown.includes("  :\u200B:error::x #\u200B#[error]y  aws:apigateway/stage:Stage"));
    });
});
