import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

/** A REST API made by awsx, with the logging that it leaves to its user. */
export = () => {
    const api = new awsx.classic.apigateway.API("orders", {
        stageName: "prod",
        routes: [{ path: "/", target: { type: "http_proxy", uri: "https://example.com/" } }],
    });

    // The stage is made inside the component; what switches its log on waits for the log group in its place.
    const log = new aws.cloudwatch.LogGroup("orders-prod", {
        name: pulumi.interpolate`API-Gateway-Execution-Logs_${api.restAPI.id}/prod`,
        retentionInDays: 90,
    });
    new aws.apigateway.MethodSettings(
        "orders",
        {
            restApi: api.restAPI.id,
            stageName: api.stage.stageName,
            methodPath: "*/*",
            settings: { loggingLevel: "ERROR" },
        },
        { dependsOn: [log] },
    );

    return { url: api.url };
};
