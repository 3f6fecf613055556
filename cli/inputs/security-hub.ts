/**
 * Findings of AWS Security Hub, as `aws securityhub get-findings` prints them, in the AWS Security Finding Format
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format.html).
 */

import { CONTROLS, type ControlId } from "../../pack/controls";
import { BadInput } from "../errors";
import { isObject, type Properties } from "./properties";

/** A control that a resource fails. */
export interface HubFinding {
    readonly control: ControlId;
    readonly arn: string;
    readonly account: string | undefined;
    readonly region: string | undefined;
}

/**
 * The findings of the controls that we know, each once: without consolidated findings there is one for each standard.
 *
 * @throws BadInput if the document is something else
 */
export function readHubFindings(document: unknown): HubFinding[] {
    const all = isObject(document) ? document.Findings : document;
    if (!Array.isArray(all) || !all.every(isFinding)) {
        throw new BadInput(
            "is not a list of Security Hub's findings. Expected: the output of `aws securityhub get-findings`",
        );
    }
    if (isObject(document) && typeof document.NextToken === "string") {
        throw new BadInput(
            "has a part of the findings only, and a NextToken for the rest. Leave out --max-items and --no-paginate",
        );
    }
    const found = all.filter(isOpen).flatMap(failuresOf);
    return [...new Map(found.map((one) => [JSON.stringify([one.control, one.arn]), one])).values()];
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html */
function isFinding(finding: unknown): finding is Properties {
    return isObject(finding) && Array.isArray(finding.Resources) && finding.Resources.every(isObject);
}

const FAILED: readonly unknown[] = ["FAILED", "WARNING"];
const CLOSED: readonly unknown[] = ["SUPPRESSED", "RESOLVED"];

/** https://docs.aws.amazon.com/securityhub/latest/userguide/asff-top-level-attributes.html */
function isOpen({ Compliance, Workflow, RecordState }: Properties): boolean {
    return (
        FAILED.includes(fieldOf(Compliance, "Status")) &&
        !CLOSED.includes(fieldOf(Workflow, "Status")) &&
        RecordState !== "ARCHIVED"
    );
}

function failuresOf(finding: Properties): HubFinding[] {
    const control = controlOf(finding);
    const account = textOf(finding.AwsAccountId);
    const region = textOf(finding.Region);
    return (finding.Resources as Properties[]).flatMap(({ Id, Region }) => {
        const arn = textOf(Id);
        return control === undefined || arn === undefined
            ? []
            : [{ control, arn, account, region: textOf(Region) ?? region }];
    });
}

/**
 * With consolidated findings, `Compliance` names the control; without them, so do the fields of the standard, for example
 * `aws-foundational-security-best-practices/v/1.0.0/APIGateway.1`
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/sample-control-findings.html).
 */
function controlOf({ Compliance, ProductFields, GeneratorId }: Properties): ControlId | undefined {
    const names = [
        fieldOf(Compliance, "SecurityControlId"),
        fieldOf(ProductFields, "ControlId"),
        textOf(GeneratorId)?.split("/").at(-1),
    ];
    return names.find(isControl);
}

function isControl(name: unknown): name is ControlId {
    return typeof name === "string" && Object.hasOwn(CONTROLS, name);
}

function fieldOf(object: unknown, key: string): unknown {
    return isObject(object) ? object[key] : undefined;
}

function textOf(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}
