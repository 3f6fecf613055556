/** The part of the provider's schema that programs in YAML need: their host asks for the types and properties they use. */

const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
    "aws:apigateway/account:Account": ["cloudwatchRoleArn"],
    "aws:apigateway/deployment:Deployment": ["restApi", "triggers"],
    "aws:apigateway/integration:Integration": ["restApi", "resourceId", "httpMethod", "type", "requestTemplates"],
    "aws:apigateway/method:Method": ["restApi", "resourceId", "httpMethod", "authorization"],
    "aws:apigateway/methodSettings:MethodSettings": ["restApi", "stageName", "methodPath", "settings"],
    "aws:apigateway/resource:Resource": ["restApi", "parentId", "pathPart"],
    "aws:apigateway/restApi:RestApi": ["rootResourceId"],
    "aws:apigateway/stage:Stage": ["restApi", "stageName", "deployment"],
    "aws:cloudwatch/logGroup:LogGroup": ["name", "retentionInDays"],
};

const ANY = { $ref: "pulumi.json#/Any" };

export function schemaOf(name: string): object {
    if (name !== "aws") {
        return { name, version: "0.0.0" };
    }
    const resources = Object.entries(PROPERTIES).map(([type, names]) => {
        const properties = Object.fromEntries(names.map((property) => [property, ANY]));
        return [type, { properties, inputProperties: properties }];
    });
    return {
        name,
        version: "0.0.0",
        // The module of `aws:apigateway/restApi:RestApi` is `apigateway`.
        meta: { moduleFormat: "(.*)(?:/[^/]*)" },
        resources: Object.fromEntries(resources),
    };
}
