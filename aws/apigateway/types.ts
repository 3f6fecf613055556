/** The type tokens of API Gateway resources in @pulumi/aws and, as NATIVE_*, in @pulumi/aws-native. */

export const REST_API = "aws:apigateway/restApi:RestApi";
export const STAGE = "aws:apigateway/stage:Stage";
export const DEPLOYMENT = "aws:apigateway/deployment:Deployment";
export const METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
export const ACCOUNT = "aws:apigateway/account:Account";
export const DOMAIN_NAME = "aws:apigateway/domainName:DomainName";
export const V2_API = "aws:apigatewayv2/api:Api";
export const V2_STAGE = "aws:apigatewayv2/stage:Stage";
export const V2_ROUTE = "aws:apigatewayv2/route:Route";
export const V2_INTEGRATION = "aws:apigatewayv2/integration:Integration";
export const NATIVE_REST_API = "aws-native:apigateway:RestApi";
export const NATIVE_STAGE = "aws-native:apigateway:Stage";
export const NATIVE_DEPLOYMENT = "aws-native:apigateway:Deployment";
export const NATIVE_ACCOUNT = "aws-native:apigateway:Account";
export const NATIVE_DOMAIN_NAME = "aws-native:apigateway:DomainName";
export const NATIVE_V2_API = "aws-native:apigatewayv2:Api";
export const NATIVE_V2_STAGE = "aws-native:apigatewayv2:Stage";
export const NATIVE_V2_ROUTE = "aws-native:apigatewayv2:Route";
export const NATIVE_V2_INTEGRATION = "aws-native:apigatewayv2:Integration";
export const NATIVE_V2_MANAGED_OVERRIDES = "aws-native:apigatewayv2:ApiGatewayManagedOverrides";
