/** `apigateway-guard live`: what an AWS account has, as a document that `check` reads. */

import { assertAwsOptions } from "../inputs/aws-options";
import type { LiveDocument } from "../inputs/live/document";
import { unreadLines } from "../inputs/live/unread-lines";
import { type LiveOptions, readLive } from "../live/read";
import { jsonOf } from "../report/formats/characters";
import { plural } from "../report/model";

/** The document as text, and what could not be read, in lines for people. */
export interface LiveOutput {
    readonly text: string;
    readonly unread: readonly string[];
    /** Whether the document lists nothing because nothing could be read. */
    readonly isEmpty: boolean;
    /** `2 REST APIs, 1 HTTP or WebSocket API, 3 log groups of account 123456789012 in eu-west-1`. */
    readonly summary: string;
}

/** @throws BadInput if an option is wrong, or the AWS SDK is not installed */
export async function live(options: LiveOptions): Promise<LiveOutput> {
    assertAwsOptions(options);
    const document = await readLive(options);
    return {
        text: jsonOf(document),
        unread: unreadIn(document),
        isEmpty: isEmpty(document),
        summary: summaryOf(document),
    };
}

function isEmpty({ account }: LiveDocument): boolean {
    // Without credentials that a region accepts, nothing else is asked there.
    return account === null;
}

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
