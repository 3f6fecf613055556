import { ACCOUNT_ID, type Aws, type Props } from "./values";

/** Answers the lookups that programs make here. */
export function invoke(token: string, args: Props, aws: Aws): Props {
    if (token === "aws:index/getRegion:getRegion") {
        const region = args.region ?? aws.region;
        return { id: region, region, name: region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
    }
    if (token === "aws:index/getCallerIdentity:getCallerIdentity") {
        return {
            accountId: ACCOUNT_ID,
            arn: `arn:aws:iam::${ACCOUNT_ID}:user/test`,
            id: ACCOUNT_ID,
            userId: "AIDATEST",
        };
    }
    throw new Error(`the test provider does not answer ${token}`);
}
