/** The type tokens of CloudWatch Logs resources in @pulumi/aws and, as NATIVE_*, in @pulumi/aws-native. */

export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const LOG_DELIVERY = "aws:cloudwatch/logDelivery:LogDelivery";
export const LOG_DELIVERY_SOURCE = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
export const NATIVE_LOG_GROUP = "aws-native:logs:LogGroup";
export const NATIVE_LOG_DELIVERY = "aws-native:logs:Delivery";
export const NATIVE_LOG_DELIVERY_SOURCE = "aws-native:logs:DeliverySource";
