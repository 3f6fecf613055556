import { ACCOUNT_ID, type Aws, isObject, type Props } from "./values";

type Invoke = (args: Props, aws: Aws) => Props;

/** The few lookups that programs about API Gateway make. */
const INVOKES: { [token: string]: Invoke } = {
    "aws:index/getRegion:getRegion": (args, aws) => {
        const region = args.region ?? aws.region;
        return { id: region, region, name: region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
    },
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({
        accountId: ACCOUNT_ID,
        arn: `arn:aws:iam::${ACCOUNT_ID}:user/test`,
        id: ACCOUNT_ID,
        userId: "AIDATEST",
    }),
    "aws:index/getPartition:getPartition": () => ({
        dnsSuffix: "amazonaws.com",
        id: "aws",
        partition: "aws",
        reverseDnsPrefix: "com.amazonaws",
    }),
    "aws:iam/getPolicyDocument:getPolicyDocument": (args) => {
        const json = JSON.stringify({ Version: "2012-10-17", Statement: list(args.statements).map(statement) });
        return { ...args, id: "policy", json, minifiedJson: json };
    },
};

export function invoke(token: string, args: Props, aws: Aws): Props | undefined {
    return INVOKES[token]?.(args, aws);
}

function statement(value: unknown): Props {
    const { effect, actions, resources, principals }: Props = isObject(value) ? value : {};
    const identifiers = list(principals).map((principal) =>
        isObject(principal) ? [String(principal.type), principal.identifiers] : [],
    );
    return {
        Effect: effect ?? "Allow",
        Action: actions,
        ...(resources ? { Resource: resources } : {}),
        ...(identifiers.length > 0 ? { Principal: Object.fromEntries(identifiers) } : {}),
    };
}

function list(value: unknown): unknown[] {
    return Array.isArray(value) ? value : [];
}
