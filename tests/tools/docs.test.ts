import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CONTROLS } from "../../pack/controls";
import { type Policy, resourcePolicy, stackPolicy } from "../../pack/policy";
import { policies } from "../../policies";
import { controlSections, controlTable } from "../../tools/docs/controls";
import { OTHER_TOOLS } from "../../tools/docs/other-tools";
import { policyTable } from "../../tools/docs/pages";

const DOCS = join(__dirname, "..", "..", "docs");
const METADATA = { displayName: "It holds", description: "It holds.", remediationSteps: "Do it.", types: ["a:b:C"] };
const STANDING = { severity: "low", url: "https://example.com" } as const;

const PACK: readonly Policy[] = [
    resourcePolicy({
        ...{ ...METADATA, name: "several", mirrors: ["APIGateway.10", "APIGateway.9"], supports: ["APIGateway.2"] },
        ...{ isOptional: true, evaluate: () => undefined },
    }),
    stackPolicy({ ...METADATA, name: "one", mirrors: ["APIGateway.2"], evaluate: () => [] }),
    stackPolicy({ ...METADATA, ...STANDING, name: "another", supports: ["APIGateway.9"], evaluate: () => [] }),
    stackPolicy({ ...METADATA, ...STANDING, name: "none", evaluate: () => [] }),
];

describe("the docs of controls", () => {
    it("have a row for each control that has a policy, in the order of the user guide", () =>
        assert.deepEqual(controlTable(PACK).split("\n").slice(2), [
            "| [APIGateway.2](#apigateway2) | API Gateway REST API stages should be configured to use SSL certificates for backend authentication | medium | FSBP v1.0.0, NIST SP 800-53 Rev. 5, NIST SP 800-171 Rev. 2 | [`one`](policies/one.md); supported by [`several`](policies/several.md) |",
            "| [APIGateway.9](#apigateway9) | Access logging should be configured for API Gateway V2 Stages | medium | FSBP v1.0.0, NIST SP 800-53 Rev. 5, PCI DSS v4.0.1 | [`several`](policies/several.md); supported by [`another`](policies/another.md) |",
            "| [APIGateway.10](#apigateway10) | API Gateway V2 integrations should use HTTPS for private connections | medium | FSBP v1.0.0 | [`several`](policies/several.md) |",
        ]));

    it("have a section for each, with what other tools do where that is known", () => {
        const [first, second, third] = controlSections(PACK).split(/^## /m).slice(1);
        assert.match(
            first ?? "",
            /^APIGateway\.2\n\n\[API Gateway REST API stages [^\]]+\]\(https:\/\/docs\.aws\.amazon\.com\//,
        );
        assert.match(
            first ?? "",
            /\n\nOther tools:\n\n- Checkov's `CKV2_AWS_51` .*\. \(\[source\]\(https:\/\/github\.com\//,
        );
        assert.match(second ?? "", /\n\| mirrored by \| \[`several`\][^|]+\|\n\| supported by \| \[`another`\]/);
        assert.equal(
            third,
            `APIGateway.10

[API Gateway V2 integrations should use HTTPS for private connections](${CONTROLS["APIGateway.10"].url})

| | |
| --- | --- |
| severity | medium |
| frameworks | FSBP v1.0.0 |
| mirrored by | [\`several\`](policies/several.md) |`,
        );
    });

    it("say of other tools only what has a source: a file, as it was", () => {
        for (const [id, others] of Object.entries(OTHER_TOOLS)) {
            for (const { says, source } of others) {
                assert.match(says, /^(Checkov|cdk-nag|Prowler|Pulumi)'s .*\.$/, id);
                assert.match(source, /^https:\/\/github\.com\/[\w-]+\/[\w-]+\/blob\/[0-9a-f]{40}\/[\w/.-]+$/, id);
            }
        }
    });

    it("have what pages and tables link to", () => {
        const page = readFileSync(join(DOCS, "controls.md"), "utf8");
        const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => heading);
        const anchors = headings.map((heading) =>
            heading
                .toLowerCase()
                .replace(/[^\w -]/g, "")
                .replaceAll(" ", "-"),
        );
        const links = [...page.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, link = ""]) => link);
        const ofPages = policies.flatMap(({ name }) => {
            const text = readFileSync(join(DOCS, "policies", `${name}.md`), "utf8");
            return [...text.matchAll(/\]\(\.\.\/controls\.md(#[^)]+)\)/g)].map(([, link = ""]) => link);
        });
        assert.ok(links.length > 0 && ofPages.length > 0);
        for (const link of [...links, ...ofPages]) {
            const exists = link.startsWith("#") ? anchors.includes(link.slice(1)) : existsSync(join(DOCS, link));
            assert.ok(exists, link);
        }
    });
});

describe("the table of policies", () => {
    it("says what each is to a control, and which are disabled by default", () =>
        assert.deepEqual(policyTable(PACK).split("\n").slice(2), [
            "| [`several`](docs/policies/several.md) \\* | It holds | APIGateway.10, APIGateway.9 |",
            "| [`one`](docs/policies/one.md) | It holds | APIGateway.2 |",
            "| [`another`](docs/policies/another.md) | It holds | supports APIGateway.9 |",
            "| [`none`](docs/policies/none.md) | It holds | none |",
        ]));
});
