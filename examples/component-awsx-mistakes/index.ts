import * as awsx from "@pulumi/awsx";

/** A REST API made by awsx, which makes a stage and no method settings. */
export = () => {
    const api = new awsx.classic.apigateway.API("orders", {
        stageName: "prod",
        routes: [{ path: "/", target: { type: "http_proxy", uri: "https://example.com/" } }],
    });
    return { url: api.url };
};
