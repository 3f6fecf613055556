/** Calls to AWS: many at once but not too many, page by page, and what became of those that failed. */

import type { Unread } from "../inputs/live/document";

/** An operation of AWS, and the resource that it is about. */
export type Call = Pick<Unread, "service" | "operation"> & { readonly resource?: string };

/** Makes calls, and notes those that fail. */
export interface Calls {
    /** What could not be read so far. */
    readonly unread: readonly Unread[];
    /** The entries of all pages. If one fails, that is noted, and those before it are the answer. */
    all<T>(call: Call, pages: AsyncIterable<readonly T[] | undefined>): Promise<T[]>;
    /** The answer of one call; undefined if it fails, which is noted. */
    one<T>(call: Call, run: () => Promise<T>): Promise<T | undefined>;
}

/** @param profile of the AWS config files, for the words of an error */
export function callsTo(region: string, profile: string | undefined): Calls {
    const unread: Unread[] = [];
    const note = (call: Call, error: unknown) => {
        // What was deleted since it was listed is not there to be read.
        if ((error as Error).name !== "NotFoundException") {
            unread.push({ region, resource: null, ...call, reason: reasonOf(error, profile) });
        }
    };
    return {
        unread,
        all: async (call, pages) => {
            const found = [];
            try {
                for await (const page of pages) {
                    found.push(...(page ?? []));
                }
            } catch (error) {
                note(call, error);
            }
            return found;
        },
        one: async (call, run) => {
            try {
                return await run();
            } catch (error) {
                note(call, error);
                return undefined;
            }
        },
    };
}

/** What of each answer is wanted. */
export async function* each<Answer, Wanted>(
    answers: AsyncIterable<Answer>,
    wanted: (answer: Answer) => Wanted,
): AsyncGenerator<Wanted> {
    for await (const answer of answers) {
        yield wanted(answer);
    }
}

/** The pages of an operation for which the SDK has no paginator. */
export async function* pages<T>(
    fetch: (
        token: string | undefined,
    ) => Promise<{ readonly Items?: T[] | undefined; readonly NextToken?: string | undefined }>,
): AsyncGenerator<readonly T[] | undefined> {
    let token: string | undefined;
    do {
        const { Items, NextToken } = await fetch(token);
        yield Items;
        token = NextToken === token ? undefined : NextToken;
    } while (token);
}

/** API Gateway allows few calls a second; the SDK slows down and retries where AWS asks for it. */
const AT_ONCE = 4;

/** Answers for all things, in their order; only a few are asked for at once. */
export async function mapLimit<T, Answer>(things: readonly T[], ask: (thing: T) => Promise<Answer>): Promise<Answer[]> {
    const answers: Answer[] = [];
    const open = [...things.entries()].reverse();
    const work = async () => {
        for (let next = open.pop(); next !== undefined; next = open.pop()) {
            answers[next[0]] = await ask(next[1]);
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return answers;
}

const NO_CREDENTIALS = ["CredentialsProviderError", "TokenProviderError"];
const REFUSED_CREDENTIALS = ["InvalidClientTokenId", "UnrecognizedClientException"];
const NO_SUCH_HOST = ["ENOTFOUND", "EAI_AGAIN"];

/** One line; what the SDK says of credentials is left out, because it may contain some. */
function reasonOf(error: unknown, profile: string | undefined): string {
    const { name, message, code = "" } = error as NodeJS.ErrnoException;
    if (NO_CREDENTIALS.includes(name)) {
        return profile === undefined
            ? "there are no credentials. Set AWS_PROFILE or --profile, or sign in"
            : `the profile ${JSON.stringify(profile)} does not exist or gives no credentials`;
    }
    if (NO_SUCH_HOST.includes(code)) {
        return "its endpoint was not found. Is the name of the region right, and is there a network?";
    }
    // What AWS says of a signature repeats the request, with the token of temporary credentials.
    if (/Signature/i.test(name)) {
        return `${name}: AWS refuses the signature. Is the secret key right, and the clock of this machine?`;
    }
    const words = [name === "Error" ? "" : name, message || code].filter(Boolean).join(": ").replace(/\s+/g, " ");
    return REFUSED_CREDENTIALS.includes(name) ? `${words} Is the region switched on for this account?` : words;
}
