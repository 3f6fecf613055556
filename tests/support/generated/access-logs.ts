/** The destinations of access logs, and the settings with which stages send them there. */

import * as fc from "fast-check";
import type { Properties } from "../../../cli/inputs/properties";
import { computed, from } from "../wire/declare";
import { pickApi, textOf } from "./apis";
import {
    componentAt,
    type Destination,
    type Draft,
    index,
    list,
    madeUp,
    make,
    nextName,
    parentOf,
    pick,
    place,
    type ShapeOf,
    stackReference,
    where,
} from "./draft";

export const ACCESS_LOGS = {
    destinations: list(
        fc.record({
            kind: fc.constantFrom("logs", "logs", "firehose"),
            native: fc.boolean(),
            named: fc.constantFrom("by text", "by text", "by Pulumi", "after an API"),
            isFit: fc.boolean(),
            api: index,
            place,
            where,
        }),
        2,
    ),
};

type Shape = ShapeOf<typeof ACCESS_LOGS>;

const TYPES = {
    logs: { classic: "aws:cloudwatch/logGroup:LogGroup", native: "aws-native:logs:LogGroup", name: "logGroupName" },
    firehose: {
        classic: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
        native: "aws-native:kinesisfirehose:DeliveryStream",
        name: "deliveryStreamName",
    },
};

export function addDestinations(draft: Draft, { destinations }: Shape): void {
    for (const shape of destinations) {
        draft.destinations.push(addDestination(draft, shape));
    }
}

function addDestination(draft: Draft, { kind, native, isFit, ...shape }: Shape["destinations"][number]): Destination {
    const own = nextName(draft);
    const begin = kind === "logs" ? "/access/" : isFit ? "amazon-apigateway-" : "access-";
    const api = pickApi(draft, "", shape.api);
    // Before the deployment, such a group may be the one of the execution log, and such a stream may have any name.
    const isOfApi = draft.kind === "any" && shape.named === "after an API" && api !== undefined;
    const name = isOfApi ? `${begin}${api.id}` : shape.named === "by Pulumi" ? madeUp(own) : `${begin}orders`;
    const { classic, name: nativeName, ...types } = TYPES[kind];
    const arn = arnOf(kind, name);
    const made = make(
        draft,
        native ? types.native : classic,
        {
            [native ? nativeName : "name"]: isOfApi ? textOf([api.made], name) : name,
            ...(kind === "logs" ? { retentionInDays: 90 } : {}),
        },
        {
            name: own,
            outputs: { arn: computed(arn) },
            where: shape.where,
            parent: componentAt(draft, shape.place),
        },
    );
    return { made, arn };
}

function arnOf(kind: "logs" | "firehose", name: string): string {
    const resource = kind === "logs" ? `log-group:${name}` : `deliverystream/${name}`;
    return `arn:aws:${kind}:eu-west-1:123456789012:${resource}`;
}

const ARNS = [
    arnOf("logs", "/access/orders"),
    arnOf("firehose", "amazon-apigateway-orders"),
    arnOf("firehose", "orders"),
    "arn:aws:s3:::orders",
];

/** What a stage sets for its access log. */
export const ACCESS_LOG = fc.record({
    is: fc.constantFrom(
        ...["left out", "left out", "empty", "without destination"],
        ...["output", "output", "of a component", "text", "of another stack"],
    ),
    destination: index,
    arn: fc.constantFrom(...ARNS),
});

export function accessLogOf(
    draft: Draft,
    shape: typeof ACCESS_LOG extends fc.Arbitrary<infer T> ? T : never,
): Properties | undefined {
    const format = "$context.requestId";
    const destination = pick(draft.destinations, shape.destination);
    switch (shape.is) {
        case "left out":
            return undefined;
        case "empty":
            return {};
        case "without destination":
            return { format };
        case "text":
            return { destinationArn: shape.arn, format };
        case "of another stack":
            return { destinationArn: textOf(draft.kind === "any" ? [stackReference(draft)] : [], shape.arn), format };
        default:
            return destination && { destinationArn: outputOf(draft, destination, shape.is), format };
    }
}

/** A component may contain other destinations as well. */
function outputOf(draft: Draft, { made, arn }: Destination, through: string): unknown {
    const around = through === "of a component" && draft.kind === "any" ? parentOf(draft, made) : undefined;
    if (around === undefined) {
        return from(made.name, arn);
    }
    draft.reliedOn.add(around.name);
    return from(around.name, arn);
}
