/** What the pack says of itself to the engine and to Pulumi Cloud. */

import manifest from "../package.json";
import { DEFAULT_LEVEL } from "./policy";

/** For Pulumi Cloud, which shows it beside the policies. README.md is for those who have the repository: its links lead there. */
const README = `Checks, before anything is deployed, that AWS API Gateway writes execution logs and that those logs expire.

It implements AWS Security Hub control APIGateway.1 and what makes it true in practice: the CloudWatch role of the account, log groups
that are declared and expire, and no override that turns logging off for a route or a method. Policies for other controls on API
Gateway, and for the logs of RDS databases, are disabled until a config enables them.

Without a config the policies are advisory: they warn, and do not block deployments. The repository has ready configs: \`advisory.json\`,
\`mandatory.json\`, \`remediate.json\` and \`security-hub.json\`.

Each finding names the resource, what is wrong with it, and the code to change. A page for each policy, in the repository, has
examples and says what the policy does not see.
`;

/** As much of package.json as the pack shows. */
interface Manifest {
    readonly version: string;
    /** Where the repository is; package.json may leave it out. */
    readonly repository?: string;
}

/** What the pack says of itself, by its package.json. */
export function aboutOf({ version, repository }: Manifest) {
    return {
        name: "apigateway-guard",
        version,
        enforcementLevel: DEFAULT_LEVEL,
        displayName: "API Gateway Guard",
        description: "Keeps AWS API Gateway logged, and its logs bounded, before anything is deployed.",
        readme: README,
        provider: "aws",
        tags: ["aws", "api-gateway", "logging", "security-hub"],
        ...(repository !== undefined && { repository }),
    } as const;
}

/** What this pack says of itself. */
export const PACK = aboutOf(manifest);
