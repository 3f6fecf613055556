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

/** What a document of Security Hub has. */
export interface HubFindings {
    /** Those of the controls that we know, each once: without consolidated findings there is one for each standard. */
    readonly known: readonly HubFinding[];
    /** The others that failed, by the name of what found them; "" for those that name nothing. */
    readonly others: ReadonlyMap<string, number>;
    /** How many failed findings of controls that we know name no resource. */
    readonly withoutResource: number;
}

/**
 * The findings that failed, and that nobody has closed.
 *
 * @throws BadInput if the document is something else
 */
export function readHubFindings(document: unknown): HubFindings {
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
    const known = new Map<string, HubFinding>();
    const others = new Map<string, number>();
    let withoutResource = 0;
    for (const finding of all.filter(isOpen)) {
        const names = namesOf(finding);
        const control = names.find(isControl);
        if (control === undefined) {
            const name = names[0] ?? "";
            others.set(name, (others.get(name) ?? 0) + 1);
            continue;
        }
        const failures = failuresOf(finding, control);
        withoutResource += failures.length === 0 ? 1 : 0;
        for (const one of failures) {
            known.set(JSON.stringify([one.control, one.arn]), one);
        }
    }
    return { known: [...known.values()], others, withoutResource };
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

function failuresOf(finding: Properties, control: ControlId): HubFinding[] {
    const account = textOf(finding.AwsAccountId);
    const region = textOf(finding.Region);
    return (finding.Resources as Properties[]).flatMap(({ Id, Region }) => {
        const arn = textOf(Id);
        return arn === undefined ? [] : [{ control, arn, account, region: textOf(Region) ?? region }];
    });
}

/**
 * With consolidated findings, `Compliance` names the control; without them, so do the fields of the standard, for example
 * `aws-foundational-security-best-practices/v/1.0.0/APIGateway.1`
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/sample-control-findings.html).
 */
function namesOf({ Compliance, ProductFields, GeneratorId }: Properties): string[] {
    return [
        textOf(fieldOf(Compliance, "SecurityControlId")),
        textOf(fieldOf(ProductFields, "ControlId")),
        textOf(textOf(GeneratorId)?.split("/").at(-1)),
    ].filter((name) => name !== undefined);
}

function isControl(name: string): name is ControlId {
    return Object.hasOwn(CONTROLS, name);
}

function fieldOf(object: unknown, key: string): unknown {
    return isObject(object) ? object[key] : undefined;
}

function textOf(value: unknown): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}
