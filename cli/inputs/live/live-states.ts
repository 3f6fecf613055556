/** A document of `live`, as the stacks that it stands for: one for each region. */

import { type ValidationError, validate } from "jsonschema";
import { ACCOUNT } from "../../../aws/apigateway/types";
import { LOG_DELIVERY, LOG_DELIVERY_SOURCE, LOG_GROUP } from "../../../aws/logs/types";
import schema from "../../../docs/live.schema.json";
import { BadInput } from "../../errors";
import type { LiveState } from "../../state";
import type { Properties } from "../properties";
import { type RecordedStack, treeOf } from "../recorded";
import { LIVE_VERSION, type LiveDocument, type LiveRegion } from "./document";
import { gapsOf } from "./gaps";
import { type LivePlace, livePlace } from "./live-resource";
import { logResources } from "./log-resources";
import { restResources } from "./rest-resources";
import { unreadLines } from "./unread-lines";
import { v2Resources } from "./v2-resources";

/** @throws BadInput if the document is of an unknown version, or broken */
export function readLiveDocument(document: Properties): RecordedStack[] {
    if (typeof document.version === "number" && document.version > LIVE_VERSION) {
        throw new BadInput(
            `is a live account in version ${document.version} of the format; version ${LIVE_VERSION} can be read. Is there a newer apigateway-guard?`,
            true,
        );
    }
    const [error] = validate(document, OPEN_SCHEMA).errors;
    if (error !== undefined) {
        throw new BadInput(
            `is a live account that is broken at ${placeIn(error)}: it ${wordsOf(error)}. Run apigateway-guard live again`,
            true,
        );
    }
    const live = document as unknown as LiveDocument;
    return live.regions.map((region) => stateOf(livePlace(live, region.region), region));
}

/** A newer release may have added fields, so those that this one does not know are let pass. */
const OPEN_SCHEMA: object = JSON.parse(JSON.stringify(schema), (key, value) =>
    key === "additionalProperties" && value === false ? undefined : value,
);

function wordsOf({ name, argument, message }: ValidationError): string {
    return name === "type" ? `must be ${argument.join(" or ")}` : message;
}

function placeIn({ path }: ValidationError): string {
    return path.length === 0 ? "its top" : `/${path.join("/")}`;
}

function stateOf(place: LivePlace, region: LiveRegion): RecordedStack {
    const resources = [...restResources(place, region), ...v2Resources(place, region), ...logResources(place, region)];
    return {
        name: `${place.account}/${place.region}`,
        resources,
        byUrn: treeOf("live account", resources),
        providers: new Map([[place.provider, { region: place.region }]]),
        live: liveOf(region),
    };
}

/** What may be there all the same, if an operation fails. Of an API whose stages could not be read, nothing is asked. */
const TYPES: Readonly<Record<string, string>> = {
    GetAccount: ACCOUNT,
    DescribeLogGroups: LOG_GROUP,
    DescribeDeliverySources: LOG_DELIVERY_SOURCE,
    DescribeDeliveries: LOG_DELIVERY,
};

function liveOf({ region, unread }: LiveRegion): LiveState {
    const types = unread.map(({ operation }) => TYPES[operation]).filter((type) => type !== undefined);
    return {
        unread: new Set(types),
        problem:
            unread.length === 0
                ? undefined
                : `could not be read completely in ${region}: ${unreadLines(unread).join("; ")}`,
        gaps: gapsOf(unread),
    };
}
