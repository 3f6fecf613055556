/** Stages of REST APIs, and method settings, which are resources of their own or inside a stage. */

import * as fc from "fast-check";
import type { Properties } from "../../../cli/inputs/properties";
import { computed, from } from "../wire/declare";
import { ACCESS_LOG, accessLogOf } from "./access-logs";
import { identifyingParent, idOf, pickApi } from "./apis";
import {
    after,
    before,
    componentAt,
    type Draft,
    flag,
    index,
    level,
    list,
    make,
    near,
    perhapsElsewhere,
    pick,
    place,
    type ShapeOf,
} from "./draft";

const METHOD = { loggingLevel: level, dataTraceEnabled: flag, cachingEnabled: flag, cacheDataEncrypted: flag };

export const REST_STAGES = {
    certificates: list(fc.record({ native: fc.boolean() }), 2),
    stages: list(
        fc.record({
            kind: fc.constantFrom("Stage", "Stage", "Deployment", "native", "native Deployment"),
            api: index,
            through: fc.constantFrom("api", "api", "component", "parent"),
            name: fc.constantFrom("prod", "prod", "prod", "test", "test", "test", "of a pet"),
            entries: fc.option(
                list(fc.record({ key: fc.constantFrom("/* *", "/~1pets GET", "/* GET"), ...METHOD }), 2),
                { nil: undefined },
            ),
            ownMethod: fc.record(METHOD),
            accessLog: ACCESS_LOG,
            certificate: fc.constantFrom("none", "output", "text"),
            tracing: flag,
            place,
            where: perhapsElsewhere,
            after,
        }),
        4,
    ),
    settings: list(
        fc.record({
            stage: index,
            through: fc.constantFrom("api", "stage", "component"),
            names: fc.constantFrom("output", "text", "another"),
            methodPath: fc.constantFrom("*/*", "*/*", "*/*", "/*/*", "~1pets/GET", "pets/{id}/POST", "*/GET"),
            method: fc.record(METHOD),
            place,
            where: perhapsElsewhere,
            after,
        }),
        4,
    ),
};

type Shape = ShapeOf<typeof REST_STAGES>;

export function addRestStages(draft: Draft, { certificates, stages, settings }: Shape): void {
    for (const { native } of certificates) {
        addCertificate(draft, native);
    }
    const pet = make(draft, "random:index/randomPet:RandomPet", {}).name;
    for (const shape of stages) {
        addStage(draft, shape, pet);
    }
    for (const shape of settings) {
        addSettings(draft, shape);
    }
}

function addCertificate(draft: Draft, native: boolean): void {
    const [type, idName] = native
        ? ["aws-native:apigateway:ClientCertificate", "clientCertificateId"]
        : ["aws:apigateway/clientCertificate:ClientCertificate", "id"];
    const id = computed(certificateId(draft.certificates.length));
    draft.certificates.push(make(draft, type, {}, { outputs: { [idName]: id } }));
}

export function certificateId(number: number): string {
    return `cert${number}`;
}

const TYPES: Readonly<Record<Shape["stages"][number]["kind"], string>> = {
    Stage: "aws:apigateway/stage:Stage",
    Deployment: "aws:apigateway/deployment:Deployment",
    native: "aws-native:apigateway:Stage",
    "native Deployment": "aws-native:apigateway:Deployment",
};

function addStage(draft: Draft, shape: Shape["stages"][number], pet: string): void {
    const { stages } = draft;
    const api = pickApi(draft, "rest", shape.api);
    if (api === undefined) {
        return;
    }
    const kind = shape.kind === "native Deployment" ? "native" : shape.kind;
    const isPet = draft.kind === "any" && shape.name === "of a pet";
    // A stage that cannot be distinguished from another before the deployment gets a name of its own.
    const isOwn = shape.name === "of a pet" || shape.through === "component";
    const name = isOwn ? `cat${stages.length}` : shape.name;
    const namesakes = stages.filter((other) => other.api === api && other.name === name);
    // Two resources may make one stage, but not with aws-native, which creates every resource.
    if (namesakes.some((other) => other.kind === "native" || kind === "native")) {
        return;
    }
    const parent = identifyingParent(draft, api, shape.through);
    const nameInput = isPet ? from(pet, name) : name;
    const dependsOn = [...before(draft, shape.after), ...(parent && api.made ? [api.made.name] : [])];
    const made = make(
        draft,
        TYPES[shape.kind],
        {
            ...(parent === undefined
                ? { [kind === "native" ? "restApiId" : "restApi"]: idOf(draft, api, shape.through) }
                : {}),
            stageName: nameInput,
            ...settingsOf(draft, shape),
        },
        {
            // The association of a web ACL comes after the stage.
            ...(kind === "Stage" ? { outputs: { webAclArn: computed("") } } : {}),
            dependsOn,
            where: near(api, shape.where),
            parent: parent ?? componentAt(draft, shape.place),
        },
    );
    stages.push({ made, api, kind, name, nameInput, isParental: parent !== undefined, dependsOn, settings: [] });
}

/** What a stage sets, which depends on its type. */
function settingsOf(draft: Draft, shape: Shape["stages"][number]): Properties {
    if (shape.kind === "Deployment") {
        return {};
    }
    const accessLog = accessLogOf(draft, shape.accessLog);
    const clientCertificateId = certificateOf(draft, shape);
    if (shape.kind === "Stage") {
        return { clientCertificateId, xrayTracingEnabled: shape.tracing, accessLogSettings: accessLog };
    }
    const methodSettings = shape.entries?.map(({ key, ...entry }) => {
        const [resourcePath, httpMethod] = key.split(" ");
        return { resourcePath, httpMethod, ...entry };
    });
    const own = { methodSettings, clientCertificateId, tracingEnabled: shape.tracing, accessLogSetting: accessLog };
    return shape.kind === "native" ? own : { stageDescription: { ...own, ...shape.ownMethod } };
}

function certificateOf(draft: Draft, { certificate, place: at }: Shape["stages"][number]): unknown {
    const made = pick(draft.certificates, at);
    if (certificate === "output" && made !== undefined) {
        return from(made.name, certificateId(draft.certificates.indexOf(made)));
    }
    return certificate === "text" ? "another" : undefined;
}

function addSettings(draft: Draft, shape: Shape["settings"][number]): void {
    const { names, through, method } = shape;
    const candidates = draft.stages.filter(({ kind }) => kind !== "native");
    const stage = pick(candidates, shape.stage);
    if (stage === undefined) {
        return;
    }
    const { api } = stage;
    const another = stage.name === "prod" ? "test" : "prod";
    // A stage that does not set its API cannot pass it on; the settings would depend on another stage.
    const isPassedOn = through === "stage" && names !== "another" && !stage.isParental;
    const dependsOn = before(draft, shape.after);
    // The provider returns the level that AWS chose.
    const settings = { ...method, loggingLevel: computed("OFF"), throttlingBurstLimit: computed(-1) };
    make(
        draft,
        "aws:apigateway/methodSettings:MethodSettings",
        {
            restApi: isPassedOn && api.made ? from(stage.made.name, api.id) : idOf(draft, api, through),
            stageName: { output: from(stage.made.name, stage.name), text: stage.nameInput, another }[names],
            methodPath: shape.methodPath,
            settings: method,
        },
        {
            dependsOn,
            where: near(api, shape.where),
            parent: componentAt(draft, shape.place),
            ...(method.loggingLevel === undefined ? { outputs: { settings } } : {}),
        },
    );
    if (names !== "another") {
        stage.settings.push(dependsOn);
    }
}
