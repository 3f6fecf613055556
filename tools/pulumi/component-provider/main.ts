import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { type ConstructResult, main, type Provider } from "@pulumi/pulumi/provider";

/** A resource of the AWS provider by its token: `@pulumi/aws` takes seconds to load, and it is not needed. */
class Aws extends pulumi.CustomResource {
    declare readonly invokeUrl: pulumi.Output<string>;

    constructor(token: string, name: string, props: pulumi.Inputs, parent: pulumi.Resource) {
        // The component brings an AWS SDK of its own, so its children have another default provider than the program's.
        super(token, name, { ...props, invokeUrl: undefined }, { parent, version: "7.0.0" });
    }
}

/**
 * The remote component of `@pulumi/aws-apigateway` with the children it creates, named as it names them
 * (pulumi-aws-apigateway, aws-apigateway/apigateway/api.ts). What its routes make of Lambda and S3 is left out.
 */
class RestAPI extends pulumi.ComponentResource {
    readonly state: pulumi.Inputs;

    constructor(name: string, inputs: pulumi.Inputs, options: pulumi.ComponentResourceOptions) {
        super("aws-apigateway:index:RestAPI", name, {}, options);
        const body = pulumi
            .output(inputs.swaggerString ?? inputs.routes ?? [])
            .apply((routes) => (typeof routes === "string" ? routes : swagger(name, routes)));
        const api = new Aws(
            "aws:apigateway/restApi:RestApi",
            name,
            {
                name,
                body,
                binaryMediaTypes: inputs.binaryMediaTypes ?? ["*/*"],
                description: inputs.description,
                tags: inputs.tags,
            },
            this,
        );
        const version = body.apply((text) => createHash("sha1").update(text).digest("hex").slice(0, 8));
        const deployment = new Aws(
            "aws:apigateway/deployment:Deployment",
            name,
            { restApi: api, variables: { version } },
            this,
        );
        const stage = new Aws(
            "aws:apigateway/stage:Stage",
            name,
            { restApi: api, deployment, stageName: inputs.stageName ?? "stage", tags: inputs.tags },
            this,
        );
        this.state = { api, deployment, stage, url: pulumi.interpolate`${stage.invokeUrl}/` };
        this.registerOutputs(this.state);
    }
}

function swagger(title: string, routes: { path?: string; method?: string }[]): string {
    const paths = routes.map(({ path, method }) => [path, { [(method ?? "any").toLowerCase()]: {} }]);
    return JSON.stringify({ swagger: "2.0", info: { title, version: "1.0" }, paths: Object.fromEntries(paths) });
}

const provider: Provider = {
    version: "3.0.0",
    async construct(name, _type, inputs, options): Promise<ConstructResult> {
        const component = new RestAPI(name, inputs, options);
        return { urn: component.urn, state: component.state };
    },
};

main(provider, process.argv.slice(2));
