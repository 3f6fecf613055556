/** What a stack holds beside its APIs. */

import { ACCOUNT_ID, arnOf, autoNamed, component, hash, REGION, type Recorded, resource, TIME } from "./recorded";

/** One service in so many has databases. */
const DATABASES_EVERY = 20;

/** Services one after the other, each a component that makes a role, a bucket, a function and a queue; some have databases. */
export function* services(): Generator<Recorded, never> {
    for (let index = 0; ; index++) {
        const name = `service-${index}`;
        const parent = component("shop:index:Service", name);
        const role = roleFor("lambda.amazonaws.com", name, parent);
        const bucket = bucketOf(name, parent);
        yield* [parent, role, bucket, functionOf(name, parent, role, bucket), queueOf(name, parent)];
        yield* index % DATABASES_EVERY === 0 ? databasesOf(name, parent) : [];
    }
}

/** The role that a service of AWS may assume. */
export function roleFor(service: string, name: string, parent?: Recorded): Recorded {
    const called = autoNamed(name);
    const Statement = [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: service } }];
    return resource("aws:iam/role:Role", name, {
        id: called,
        inputs: {
            assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement }),
            forceDetachPolicies: false,
            maxSessionDuration: 3600,
            name: called,
            path: "/",
        },
        computed: {
            arn: `arn:aws:iam::${ACCOUNT_ID}:role/${called}`,
            createDate: TIME,
            description: "",
            inlinePolicies: [],
            managedPolicyArns: [],
            uniqueId: `AROA${hash(name, 17).toUpperCase()}`,
        },
        ...(parent && { parent }),
    });
}

function bucketOf(name: string, parent: Recorded): Recorded {
    const called = autoNamed(name);
    const encryption = { kmsMasterKeyId: "", sseAlgorithm: "AES256" };
    return resource("aws:s3/bucket:Bucket", name, {
        id: called,
        inputs: { bucket: called, forceDestroy: false, versioning: { enabled: true, mfaDelete: false } },
        computed: {
            arn: `arn:aws:s3:::${called}`,
            bucketDomainName: `${called}.s3.amazonaws.com`,
            bucketRegionalDomainName: `${called}.s3.${REGION}.amazonaws.com`,
            corsRules: [],
            grants: [],
            hostedZoneId: "Z3AQBSTGFYJSTF",
            lifecycleRules: [],
            loggings: [],
            objectLockEnabled: false,
            requestPayer: "BucketOwner",
            serverSideEncryptionConfiguration: {
                rule: { applyServerSideEncryptionByDefault: encryption, bucketKeyEnabled: false },
            },
        },
        parent,
    });
}

function functionOf(name: string, parent: Recorded, role: Recorded, bucket: Recorded): Recorded {
    const called = autoNamed(name);
    const arn = arnOf("lambda", `function:${called}`);
    return resource("aws:lambda/function:Function", name, {
        id: called,
        inputs: {
            environment: { variables: { BUCKET: bucket.id, TOKEN: secretOf(name) } },
            handler: "index.handler",
            memorySize: 256,
            name: called,
            packageType: "Zip",
            publish: false,
            role: role.outputs?.arn,
            runtime: "nodejs20.x",
            timeout: 30,
        },
        computed: {
            architectures: ["x86_64"],
            arn,
            ephemeralStorage: { size: 512 },
            invokeArn: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`,
            lastModified: TIME,
            loggingConfig: { logFormat: "Text", logGroup: `/aws/lambda/${called}`, systemLogLevel: "" },
            qualifiedArn: `${arn}:$LATEST`,
            reservedConcurrentExecutions: -1,
            sourceCodeSize: 2048,
            tracingConfig: { mode: "PassThrough" },
            version: "$LATEST",
        },
        from: { environment: bucket, role },
        parent,
    });
}

/** As with `--show-secrets`: the engine takes no state with encrypted ones without what opens them. */
function secretOf(name: string): object {
    return {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        plaintext: JSON.stringify(hash(name, 64)),
    };
}

/** A database that exports no logs, and a cluster that exports those of an audit that is not on. */
function databasesOf(name: string, parent: Recorded): Recorded[] {
    const instance = resource("aws:rds/instance:Instance", name, {
        id: `db-${hash(name, 26).toUpperCase()}`,
        inputs: { allocatedStorage: 20, engine: "postgres", identifier: name, instanceClass: "db.t4g.micro" },
        computed: { arn: arnOf("rds", `db:${name}`), engineVersionActual: "16.3", port: 5432 },
        parent,
    });
    const parameters = resource("aws:rds/clusterParameterGroup:ClusterParameterGroup", name, {
        id: name,
        inputs: { family: "aurora-mysql8.0", name, parameters: [{ name: "server_audit_logging", value: "0" }] },
        computed: { arn: arnOf("rds", `cluster-pg:${name}`), description: "Managed by Pulumi" },
        parent,
    });
    const cluster = resource("aws:rds/cluster:Cluster", name, {
        id: `${name}-cluster`,
        inputs: {
            clusterIdentifier: `${name}-cluster`,
            dbClusterParameterGroupName: parameters.id,
            enabledCloudwatchLogsExports: ["audit"],
            engine: "aurora-mysql",
            engineMode: "provisioned",
        },
        computed: { arn: arnOf("rds", `cluster:${name}-cluster`), port: 3306 },
        from: { dbClusterParameterGroupName: parameters },
        parent,
    });
    return [instance, parameters, cluster];
}

function queueOf(name: string, parent: Recorded): Recorded {
    const called = autoNamed(name);
    return resource("aws:sqs/queue:Queue", name, {
        id: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT_ID}/${called}`,
        inputs: { messageRetentionSeconds: 345600, name: called, visibilityTimeoutSeconds: 60 },
        computed: {
            arn: arnOf("sqs", called),
            delaySeconds: 0,
            fifoQueue: false,
            maxMessageSize: 262144,
            policy: "",
            receiveWaitTimeSeconds: 0,
            redrivePolicy: "",
            sqsManagedSseEnabled: true,
        },
        parent,
    });
}
