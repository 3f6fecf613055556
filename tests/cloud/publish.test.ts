import assert from "node:assert/strict";
import { parse } from "yaml";
import { CONTROLS } from "../../pack/controls";
import { EXEMPTION_KEYS } from "../../pack/exemptions";
import { allTags } from "../../pack/metadata";
import { defaultLevel, type Policy } from "../../pack/policy";
import { policies } from "../../policies";
import { publishedFiles } from "../published";
import type { Publication } from "./cloud";
import { cloudTier, REPOSITORY, type Session, startSession } from "./session";
import { filesOf } from "./tarball";

const LEVELS = { type: "string", enum: ["advisory", "mandatory", "remediate", "disabled"] };

function publishedOf(policy: Policy): object {
    const { name, displayName, description, severity, mirrors, remediationSteps, url } = policy;
    const controls = mirrors.map((id) => CONTROLS[id]);
    return {
        ...{ name, displayName, description, severity, remediationSteps, url, message: "" },
        enforcementLevel: defaultLevel(policy),
        tags: allTags(policy),
        configSchema: { type: "object", properties: { ...policy.config, enforcementLevel: LEVELS } },
        ...(controls.length > 0 && {
            framework: {
                name: "AWS Security Hub",
                version: controls[0]?.standard,
                reference: mirrors.join(", "),
                specification: controls.map(({ title }) => title).join("; "),
            },
        }),
    };
}

cloudTier("pulumi policy publish", () => {
    let session: Session;
    let request: Publication;
    let tarball: ReadonlyMap<string, Buffer>;
    before(async () => {
        session = await startSession();
        // `npm run build` makes this folder; see docs/rollout.md.
        const { exitCode, stdout, stderr } = await session.run("pulumi policy publish acme", session.pack("1.2.3"));
        assert.equal(exitCode, 0, stdout + stderr);
        const [version, ...others] = session.cloud.versions;
        assert.ok(version?.tarball && version.isComplete);
        assert.deepEqual(others, []);
        ({ request } = version);
        tarball = filesOf(version.tarball);
    });
    after(() => session?.end());

    it("sends what the pack is, with a text about it and its repository", () => {
        const { policies: _, metadata, readme, ...pack } = request;
        assert.deepEqual(pack, {
            name: "apigateway-guard",
            displayName: "API Gateway Guard",
            versionTag: "1.2.3",
            description: "Keeps AWS API Gateway logged, and its logs bounded, before anything is deployed.",
            provider: "aws",
            tags: ["aws", "api-gateway", "logging", "security-hub"],
            repository: REPOSITORY,
            runtime: "nodejs",
        });
        assert.match(String(readme), /^Checks, before anything is deployed, .*APIGateway\.1.*`mandatory\.json`/s);
        // Pulumi Cloud has nothing that a link within the repository could lead to.
        assert.doesNotMatch(String(readme), /\]\(/);
    });

    it("sends every policy, with all that is known of it", () => {
        assert.deepEqual(request.policies, policies.map(publishedOf));
    });

    it("sends a policy in this form", () => {
        assert.deepEqual(
            request.policies.find(({ name }) => name === "apigateway-stage-client-certificate"),
            {
                name: "apigateway-stage-client-certificate",
                displayName: "REST API stages have a client certificate",
                description:
                    "Stages of REST APIs have a client certificate, with which API Gateway authenticates to backends.",
                enforcementLevel: "disabled",
                message: "",
                severity: "medium",
                framework: {
                    name: "AWS Security Hub",
                    version: "FSBP v1.0.0",
                    reference: "APIGateway.2",
                    specification:
                        "API Gateway REST API stages should be configured to use SSL certificates for backend authentication",
                },
                tags: [
                    ...[
                        "AC-4",
                        "AC-17(2)",
                        "IA-5(1)",
                        "SC-7(4)",
                        "SC-8",
                        "SC-8(1)",
                        "SC-8(2)",
                        "SC-12(3)",
                        "SC-13",
                        "SC-23",
                    ],
                    ...["SC-23(3)", "SI-7(6)"],
                ]
                    .map((one) => `NIST.800-53.r5 ${one}`)
                    .concat("NIST.800-171.r2 3.13.15"),
                remediationSteps:
                    "Create an aws.apigateway.ClientCertificate and set clientCertificateId of the stage to its id.",
                url: "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-2",
                configSchema: {
                    type: "object",
                    properties: {
                        enforcementLevel: LEVELS,
                        certificateIds: {
                            description:
                                "The ids of the client certificates that stages may have; an empty list allows any.",
                            type: "array",
                            items: { type: "string", minLength: 1 },
                            uniqueItems: true,
                            default: [],
                        },
                        ...EXEMPTION_KEYS,
                    },
                },
            },
        );
    });

    it("uploads the compiled pack, and nothing else", () => {
        const files = publishedFiles().map((file) => `package/${file}`);
        assert.deepEqual([...tarball.keys()].sort(), files);
    });

    it("uploads a package.json with exact dependencies, those of the run time only", () => {
        const { dependencies, ...manifest } = JSON.parse(String(tarball.get("package/package.json")));
        assert.deepEqual(Object.keys(manifest).sort(), [
            ...["author", "bin", "description", "engines", "keywords", "license", "main", "name"],
            ...["peerDependencies", "peerDependenciesMeta", "repository", "version"],
        ]);
        assert.deepEqual(Object.keys(dependencies), [
            ...["@grpc/grpc-js", "@pulumi/policy", "@pulumi/pulumi"],
            ...["commander", "fastest-levenshtein", "google-protobuf", "jsonc-parser", "jsonschema", "mustache"],
        ]);
        for (const [name, version] of Object.entries(dependencies)) {
            assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
        }
    });

    it("has the author and license of the package in PulumiPolicy.yaml, and neither a version nor a main file of its own", () => {
        const { author, license } = JSON.parse(String(tarball.get("package/package.json")));
        assert.deepEqual(parse(String(tarball.get("package/PulumiPolicy.yaml"))), {
            description:
                "Keeps AWS API Gateway logged, and its logs bounded, before anything is deployed (Security Hub APIGateway.1)",
            runtime: "nodejs",
            author,
            license,
        });
    });
});
