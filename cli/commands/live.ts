/** `apigateway-guard live`: what an AWS account has, as a document that `check` reads. */

import { BadInput } from "../inputs/files";
import { unreadLines } from "../live/calls";
import type { LiveDocument } from "../live/document";
import { type LiveOptions, readLive } from "../live/read";
import { jsonOf } from "../report/formats/characters";
import { plural } from "../report/model";

/** The document as text, and what could not be read, in lines for people. */
export interface Live {
    readonly text: string;
    readonly unread: readonly string[];
    /** `2 REST APIs, 1 HTTP or WebSocket API, 3 log groups of account 123456789012 in eu-west-1`. */
    readonly summary: string;
}

/** @throws BadInput if an option is wrong, or the AWS SDK is not installed */
export async function live(options: LiveOptions): Promise<Live> {
    const wrong = options.regions.find((region) => !REGION.test(region));
    if (wrong !== undefined) {
        throw new BadInput(`--region ${JSON.stringify(wrong)} is not the name of a region, such as eu-west-1`);
    }
    const document = await readLive(options);
    return { text: jsonOf(document), unread: unreadIn(document), summary: summaryOf(document) };
}

/** It becomes a part of the names of hosts. */
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

function unreadIn({ regions }: LiveDocument): string[] {
    return regions.flatMap(({ region, unread }) =>
        unreadLines(unread).map((line) => `${region} could not be read completely: ${line}`),
    );
}

function summaryOf({ account, regions }: LiveDocument): string {
    const count = (kind: "restApis" | "apis" | "logGroups") => regions.reduce((sum, one) => sum + one[kind].length, 0);
    const counts = [
        plural(count("restApis"), "REST API"),
        plural(count("apis"), "HTTP or WebSocket API"),
        plural(count("logGroups"), "log group"),
    ];
    return `${counts.join(", ")} of account ${account ?? "unknown"} in ${regions.map(({ region }) => region).join(", ")}`;
}
