/** Which stages of REST APIs other resources name by an ARN. */

import { append, getOrAdd } from "../../stack/maps";
import { dependenciesOf, isComponent, ofTypes } from "../../stack/relations";
import type { Resource } from "../../stack/resource";
import type { Stack } from "../../stack/stack";
import { isKnown, text, UNKNOWN, type Whether } from "../../stack/values";
import { originsOf } from "../origins";
import { type ApiIndex, type ApiReference, apiIndex, passedOn, referenceTo, sameApi } from "./api";
import type { RestStage } from "./rest-stage";
import { NATIVE_REST_API, REST_API } from "./types";

/** The resources that name a stage. */
export interface Namings {
    readonly by: readonly Resource[];
    /** Whether others may name it as well: which stage they name is not known yet. */
    readonly isOpen: boolean;
}

/** What an ARN names: these stages; one of these, and nothing else; or, where nothing is known of it, any stage. */
type Named = ReadonlyMap<RestStage, Exclude<Whether, false>> | { readonly oneOf: readonly RestStage[] } | "any";

/**
 * Answers which of some resources name a stage. An ARN that is not known yet names the stage that it comes from. If it
 * comes from several, or from an API alone, it names one of these stages, or one of the API's; and if there is a resource
 * for each of them, all are named.
 *
 * @param property the property that holds an ARN; no two resources name the same stage
 * @param otherTypes the types of what else such an ARN may name: a component may contain both
 */
export function stageNamings(
    stack: Stack,
    stages: readonly RestStage[],
    resources: readonly Resource[],
    property: string,
    otherTypes: readonly string[],
): (stage: RestStage) => Namings {
    const by = new Map<RestStage, Resource[]>();
    const open = new Set<RestStage>();
    const byChoice = new Map<readonly RestStage[], Resource[]>();
    let isAnyOpen = false;
    const namedBy = namedFinder(stack, stages, property, otherTypes);
    for (const resource of resources) {
        const named = namedBy(resource);
        if (named === "any") {
            isAnyOpen = true;
        } else if ("oneOf" in named) {
            append(byChoice, named.oneOf, resource);
        } else {
            for (const [stage, match] of named) {
                match === true ? append(by, stage, resource) : open.add(stage);
            }
        }
    }
    for (const [choice, namings] of byChoice) {
        const others = choice.filter((stage) => !by.has(stage));
        for (const stage of others) {
            namings.length >= others.length ? by.set(stage, namings) : open.add(stage);
        }
    }
    return (stage) => ({
        by: by.get(stage) ?? [],
        isOpen: open.has(stage) || (isAnyOpen && !isToBeCreated(stage.api)),
    });
}

/** The ARN of an API that is still to be created cannot come from outside of the stack. */
function isToBeCreated({ id, apis }: ApiReference): boolean {
    return !isKnown(id) && apis.size > 0;
}

/**
 * The ARN of a stage has no account id, but CloudWatch's deliveries take one that has
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html).
 */
const STAGE_ARN = /^arn:[^:]*:apigateway:[^:]*:[^:]*:\/restapis\/([^/]+)\/stages\/([^/]+)$/;

/** Stages by what an ARN may show of them. */
interface StagesByOrigin {
    readonly index: ApiIndex<RestStage>;
    readonly byMaker: ReadonlyMap<Resource, RestStage>;
    /** The stages that an API of the stack has, or may have. */
    stagesOf(api: Resource): readonly RestStage[];
}

function stagesByOrigin(stages: readonly RestStage[]): StagesByOrigin {
    const index = apiIndex<RestStage>();
    const byMaker = new Map<Resource, RestStage>();
    for (const stage of stages) {
        index.add(stage, stage.api, stage.name);
        for (const maker of stage.makers) {
            byMaker.set(maker, stage);
        }
    }
    const ofApi = new Map<Resource, readonly RestStage[]>();
    return {
        index,
        byMaker,
        stagesOf: (api) =>
            getOrAdd(ofApi, api, () => {
                const reference = referenceTo(api);
                return [...index.find(reference, UNKNOWN)].filter((stage) => sameApi(stage.api, reference) !== false);
            }),
    };
}

/** Answers what the ARN of a resource names. */
function namedFinder(
    stack: Stack,
    stages: readonly RestStage[],
    property: string,
    otherTypes: readonly string[],
): (resource: Resource) => Named {
    const known = stagesByOrigin(stages);
    const originsOfArn = arnOrigins(stack, property, known.byMaker, otherTypes);
    // ARNs that depend on the same resources have the same origins: a component's may be many.
    const byDependencies = new Map<string, Named>();
    return (resource) => {
        const arn = text(resource, property);
        if (isKnown(arn)) {
            return namedByArn(arn, resource, known.index);
        }
        if (arn === undefined) {
            return new Map();
        }
        const urns = dependenciesOf(resource, [property]).map(({ urn }) => urn);
        return getOrAdd(byDependencies, JSON.stringify(urns), () => namedByOrigins(originsOfArn(resource), known));
    };
}

function namedByArn(arn: string, resource: Resource, index: ApiIndex<RestStage>): Named {
    const [, id, name] = STAGE_ARN.exec(arn) ?? [];
    const named = new Map<RestStage, Exclude<Whether, false>>();
    const api: ApiReference = { id, apis: new Set(), place: resource };
    for (const stage of index.find(api, name)) {
        const match = sameApi(stage.api, api);
        if (match !== false) {
            named.set(stage, stage.name === name ? match : UNKNOWN);
        }
    }
    return named;
}

/** What an ARN that is not known yet comes from. */
interface ArnOrigins {
    readonly makers: readonly Resource[];
    readonly apis: readonly Resource[];
    readonly others: readonly Resource[];
    /** Whether a part of it may come from outside of the stack. */
    readonly isExternal: boolean;
}

const isRestApi = ofTypes(REST_API, NATIVE_REST_API);

function arnOrigins(
    stack: Stack,
    property: string,
    byMaker: ReadonlyMap<Resource, RestStage>,
    otherTypes: readonly string[],
): (resource: Resource) => ArnOrigins {
    const isMaker = (resource: Resource) => byMaker.has(resource);
    const isOther = ofTypes(...otherTypes);
    const isWanted = (one: Resource) => isMaker(one) || isRestApi(one) || isOther(one);
    const passesOn = (dependency: Resource) => [...passedOn(dependency), "stageName"];
    return (resource) => {
        const { origins, isExternal } = originsOf(stack, resource, property, isWanted, passesOn);
        const makers = origins.filter(isMaker);
        // A component with stages inside stands for these, not for an API beside them.
        const isOfComponent = makers.length > 0 && dependenciesOf(resource, [property]).every(isComponent);
        return {
            makers,
            apis: isOfComponent ? [] : origins.filter(isRestApi),
            others: origins.filter(isOther),
            isExternal,
        };
    };
}

function namedByOrigins(
    { makers, apis, others, isExternal }: ArnOrigins,
    { byMaker, stagesOf }: StagesByOrigin,
): Named {
    const ofApis = new Set(apis);
    const made = new Set(makers.map((maker) => byMaker.get(maker) as RestStage));
    // The ARN of an API with the name of another API's stage does not name that stage.
    const found = [...made].filter(({ api }) => apis.length === 0 || [...api.apis].some((one) => ofApis.has(one)));
    const [stage, anotherStage] = found;
    const [api, anotherApi] = apis;
    if (others.length > 0 || (stage === undefined && anotherApi !== undefined)) {
        const possible = stage !== undefined ? found : apis.flatMap(stagesOf);
        return new Map(possible.map((one) => [one, UNKNOWN]));
    }
    if (stage !== undefined) {
        return anotherStage === undefined ? new Map([[stage, true]]) : { oneOf: found };
    }
    return api !== undefined ? { oneOf: stagesOf(api) } : isExternal ? "any" : new Map();
}
