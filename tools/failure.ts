/** How the scripts of this folder end when something is wrong: a message, and exit code 2 for bad usage, else 1. */
export function fail(error: unknown): void {
    const { message, code } = error as NodeJS.ErrnoException;
    console.error(message);
    process.exitCode = code?.startsWith("ERR_PARSE_ARGS") ? 2 : 1;
}

/** An error like those that `parseArgs` throws. */
export function badUsage(message: string): Error {
    return Object.assign(new Error(message), { code: "ERR_PARSE_ARGS" });
}
