/** The type tokens of Amazon Data Firehose in @pulumi/aws and, as NATIVE_*, in @pulumi/aws-native. */

export const DELIVERY_STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
export const NATIVE_DELIVERY_STREAM = "aws-native:kinesisfirehose:DeliveryStream";
