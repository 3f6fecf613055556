/** The pack's answers to the engine, as bytes. */

import {
    AnalyzeDiagnostic,
    AnalyzeResponse,
    AnalyzerInfo,
    type EnforcementLevel as LevelNumber,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    PolicyInfo,
    PolicyNotApplicable,
    PolicySeverity,
    PolicyType,
    RemediateResponse,
    Remediation,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { aboutOf } from "../about";
import { type Finding, policyMessageOf } from "../finding";
import { metadataOf } from "../metadata";
import { defaultLevel, type Policy } from "../policy";
import { type EnforcementLevel, LEVELS, levelOfFindings, type PolicySetting } from "./settings";
import type { WireProperties } from "./struct";

/** What the pack says of itself. */
export type About = ReturnType<typeof aboutOf>;

type Named = Pick<About, "name" | "version">;

const SEVERITIES = {
    low: PolicySeverity.POLICY_SEVERITY_LOW,
    medium: PolicySeverity.POLICY_SEVERITY_MEDIUM,
    high: PolicySeverity.POLICY_SEVERITY_HIGH,
    critical: PolicySeverity.POLICY_SEVERITY_CRITICAL,
} as const;

/** What the engine is told of the pack and of each policy. */
export function infoOf(about: About, policies: readonly Policy[]): AnalyzerInfo {
    return new AnalyzerInfo()
        .setName(about.name)
        .setVersion(about.version)
        .setSupportsconfig(true)
        .setDisplayname(about.displayName)
        .setDescription(about.description)
        .setReadme(about.readme)
        .setProvider(about.provider)
        .setTagsList([...about.tags])
        .setRepository(about.repository ?? "")
        .setPoliciesList(policies.map(policyInfo));
}

function policyInfo(policy: Policy): PolicyInfo {
    const { framework, configSchema, ...metadata } = metadataOf(policy);
    const schema = new PolicyConfigSchema().setProperties(structOf(configSchema.properties));
    return new PolicyInfo()
        .setPolicyType(policy.kind === "stack" ? PolicyType.POLICY_TYPE_STACK : PolicyType.POLICY_TYPE_RESOURCE)
        .setName(metadata.name)
        .setDisplayname(metadata.displayName)
        .setDescription(metadata.description)
        .setEnforcementlevel(levelNumber(defaultLevel(policy)))
        .setConfigschema(schema)
        .setSeverity(SEVERITIES[metadata.severity])
        .setFramework(framework && frameworkInfo(framework))
        .setTagsList(metadata.tags)
        .setRemediationSteps(metadata.remediationSteps)
        .setUrl(metadata.url);
}

function frameworkInfo({
    name,
    version,
    reference,
    specification,
}: NonNullable<ReturnType<typeof metadataOf>["framework"]>) {
    return new PolicyComplianceFramework()
        .setName(name)
        .setVersion(version)
        .setReference(reference)
        .setSpecification(specification);
}

/**
 * A finding, with the policy's description above it.
 *
 * @param urn the resource, for a stack policy; empty for the whole stack
 */
export function diagnostic(
    { name, version }: Named,
    setting: PolicySetting,
    finding: Finding,
    urn = "",
): AnalyzeDiagnostic {
    const { policy } = setting;
    return new AnalyzeDiagnostic()
        .setPolicyname(policy.name)
        .setPolicypackname(name)
        .setPolicypackversion(version)
        .setDescription(policy.description)
        .setMessage(`${policy.description}\n${policyMessageOf(finding)}`)
        .setEnforcementlevel(levelNumber(levelOfFindings(setting)))
        .setUrn(urn)
        .setSeverity(SEVERITIES[policy.severity]);
}

/** That a policy does not apply to a resource or a stack, and why. */
export function notApplicable({ name }: Policy, reason: string): PolicyNotApplicable {
    return new PolicyNotApplicable().setPolicyName(name).setReason(reason);
}

/** The inputs that a policy has changed: all of them, in the form of the wire. */
export function remediation({ name, version }: Named, policy: Policy, properties: WireProperties): Remediation {
    return new Remediation()
        .setPolicyname(policy.name)
        .setPolicypackname(name)
        .setPolicypackversion(version)
        .setDescription(policy.description)
        .setProperties(structOf(properties));
}

/** The answer to an AnalyzeRequest or an AnalyzeStackRequest. */
export function analyzeResponse(found: AnalyzeDiagnostic[], skipped: PolicyNotApplicable[]): Buffer {
    return bytesOf(new AnalyzeResponse().setDiagnosticsList(found).setNotApplicableList(skipped));
}

/** The answer to a request for remediation. */
export function remediateResponse(changes: Remediation[], skipped: PolicyNotApplicable[]): Buffer {
    return bytesOf(new RemediateResponse().setRemediationsList(changes).setNotApplicableList(skipped));
}

/** A message as bytes. */
export function bytesOf(message: { serializeBinary(): Uint8Array }): Buffer {
    return Buffer.from(message.serializeBinary());
}

function structOf(properties: object): Struct {
    return Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
}

function levelNumber(level: EnforcementLevel): LevelNumber {
    return LEVELS.indexOf(level) as LevelNumber;
}
