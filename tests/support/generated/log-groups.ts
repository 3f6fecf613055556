/** Log groups for the execution logs of stages, and deliveries that take such a log elsewhere. */

import * as fc from "fast-check";
import { from } from "../wire/declare";
import { textOf } from "./apis";
import {
    componentAt,
    type Draft,
    index,
    isFree,
    list,
    make,
    perhapsElsewhere,
    pick,
    place,
    type ShapeOf,
} from "./draft";

export const LOG_GROUPS = {
    logGroups: list(
        fc.record({
            native: fc.boolean(),
            stage: index,
            named: fc.constantFrom("by text", "by text", "after the stage", "otherwise"),
            retentionInDays: fc.constantFrom(undefined, 0, 1, 42, 90, 3653),
            logGroupClass: fc.constantFrom(undefined, undefined, "DELIVERY"),
            dependents: fc.constantFrom("stage", "stage", "settings", "some settings", "none", "all stages"),
            place,
            where: perhapsElsewhere,
        }),
        4,
    ),
    deliveries: list(
        fc.record({
            native: fc.boolean(),
            stage: index,
            named: fc.constantFrom("by text", "after the stage"),
            logType: fc.constantFrom("EXECUTION_LOGS", "ACCESS_LOGS"),
            linked: fc.constantFrom("output", "text", "not"),
        }),
        1,
    ),
};

type Shape = ShapeOf<typeof LOG_GROUPS>;

export function addLogGroups(draft: Draft, { logGroups, deliveries }: Shape): void {
    for (const shape of logGroups) {
        addLogGroup(draft, shape);
    }
    for (const shape of deliveries) {
        addDelivery(draft, shape);
    }
}

function addLogGroup(draft: Draft, shape: Shape["logGroups"][number]): void {
    const { native, retentionInDays, logGroupClass } = shape;
    const stage = pick(draft.stages, shape.stage);
    if (stage === undefined) {
        return;
    }
    const { api, kind, made } = stage;
    const isOutput = shape.named === "after the stage" || typeof stage.nameInput !== "string";
    const begin = kind === "v2" ? "/aws/apigateway/" : "API-Gateway-Execution-Logs_";
    const name = shape.named === "otherwise" ? "/aws/lambda/fn" : `${begin}${api.id}/${stage.name ?? ""}`;
    const there = shape.where ?? api.where;
    if (!isFree(draft, name, there)) {
        return;
    }
    // A resource that depends on a component depends on all resources inside, and on what these depend on.
    const isAmbiguous = draft.kind === "ordinary" && draft.reliedOn.size > 0;
    const group = make(
        draft,
        native ? "aws-native:logs:LogGroup" : "aws:cloudwatch/logGroup:LogGroup",
        {
            [native ? "logGroupName" : "name"]:
                shape.named === "otherwise" ? name : textOf([api.made, isOutput ? made : undefined], name),
            retentionInDays,
            logGroupClass,
        },
        {
            where: there,
            parent: isAmbiguous ? undefined : componentAt(draft, shape.place),
        },
    );
    // A group named after a stage's output cannot exist before the stage.
    const dependents = {
        stage: isOutput ? [] : [stage.dependsOn],
        settings: stage.settings,
        "some settings": stage.settings.slice(0, 1),
        none: [],
        "all stages": draft.kind === "any" && !isOutput ? draft.stages.map(({ dependsOn }) => dependsOn) : [],
    }[shape.dependents];
    for (const dependsOn of isAmbiguous ? [] : dependents) {
        dependsOn.push(group.name);
    }
}

function addDelivery(draft: Draft, { native, stage: at, named, logType, linked }: Shape["deliveries"][number]): void {
    const [sourceType, deliveryType] = native
        ? ["aws-native:logs:DeliverySource", "aws-native:logs:Delivery"]
        : ["aws:cloudwatch/logDeliverySource:LogDeliverySource", "aws:cloudwatch/logDelivery:LogDelivery"];
    const candidates = draft.stages.filter(({ kind }) => kind !== "v2");
    const stage = pick(candidates, at);
    if (stage === undefined) {
        return;
    }
    const { api, made, name, nameInput } = stage;
    const isOutput = named === "after the stage" || draft.kind === "ordinary" || typeof nameInput !== "string";
    const arn = `arn:aws:apigateway:eu-west-1:123456789012:/restapis/${api.id}/stages/${name}`;
    const source = make(draft, sourceType, {
        name: "execution",
        logType,
        resourceArn: textOf([isOutput ? made : api.made], arn),
    });
    make(draft, deliveryType, {
        deliverySourceName: { output: from(source.name, "execution"), text: "execution", not: "another" }[linked],
    });
}
