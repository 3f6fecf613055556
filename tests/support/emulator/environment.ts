/** The environment in which the AWS SDK and the AWS CLI talk to a server on loopback, with made-up credentials. */

const NONE = "/dev/null";

export function awsEnvironment(url: string): Readonly<Record<string, string>> {
    return {
        AWS_ENDPOINT_URL: url,
        AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_DEFAULT_REGION: "eu-west-1",
        // Nothing of the machine that the tests run on.
        AWS_CONFIG_FILE: NONE,
        AWS_SHARED_CREDENTIALS_FILE: NONE,
        AWS_EC2_METADATA_DISABLED: "true",
        // The SDK warns of Node versions that it will no longer support.
        NODE_NO_WARNINGS: "1",
    };
}

/** Runs something with other environment variables; those that are undefined are not set. */
export async function withEnvironment<T>(
    variables: Readonly<Record<string, string | undefined>>,
    run: () => Promise<T>,
): Promise<T> {
    const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
    set(Object.entries(variables));
    try {
        return await run();
    } finally {
        set(before);
    }
}

function set(variables: readonly (readonly [string, string | undefined])[]): void {
    for (const [name, value] of variables) {
        if (value === undefined) {
            delete process.env[name];
        } else {
            process.env[name] = value;
        }
    }
}
