import { describeResource } from "../aws/apigateway/describe";
import { makesStage, stagePath } from "../aws/apigateway/rest-stage";
import { NATIVE_DEPLOYMENT, NATIVE_STAGE, STAGE } from "../aws/apigateway/types";
import { cannot } from "../aws/command";
import { resourcePolicy } from "../pack/policy";
import { assignment, variable } from "../stack/code";
import { either, quote } from "../stack/text";
import { type Maybe, text, UNKNOWN } from "../stack/values";

/**
 * With a client certificate, API Gateway proves to HTTP backends that a request comes from it
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html).
 */
export default resourcePolicy({
    name: "apigateway-stage-client-certificate",
    displayName: "REST API stages have a client certificate",
    description: "Stages of REST APIs have a client certificate, with which API Gateway authenticates to backends.",
    mirrors: ["APIGateway.2"],
    remediationSteps: "Create an aws.apigateway.ClientCertificate and set clientCertificateId of the stage to its id.",
    isOptional: true,
    types: [STAGE, NATIVE_STAGE, NATIVE_DEPLOYMENT],
    config: {
        // The parameter CertificateIDs of https://docs.aws.amazon.com/config/latest/developerguide/api-gw-ssl-enabled.html.
        certificateIds: {
            description: "The ids of the client certificates that stages may have; an empty list allows any.",
            type: "array",
            items: { type: "string", minLength: 1 },
            uniqueItems: true,
            default: [],
        },
    },
    evaluate: (resource, { certificateIds }) => {
        const path = stagePath(resource, "clientCertificateId");
        const problem = makesStage(resource) ? problemOf(text(resource, ...path), certificateIds) : undefined;
        const [first] = certificateIds;
        const created = resource.type === STAGE ? "certificate.id" : "certificate.clientCertificateId";
        return problem === undefined
            ? undefined
            : {
                  problem: `${describeResource(resource)} ${problem}.`,
                  advice: `Set clientCertificateId to ${first === undefined ? "the id of a ClientCertificate" : either(certificateIds)}, and let the backends verify it.`,
                  code: assignment(path, first ?? variable(created)),
                  live: [
                      cannot(
                          "The backends have to verify the certificate, so which one it is needs a decision. Then use aws apigateway update-stage with /clientCertificateId.",
                      ),
                  ],
              };
    },
});

/** What is wrong, if anything. A certificate whose id is not known yet is one that the program sets. */
function problemOf(certificate: Maybe<string>, allowed: readonly string[]): string | undefined {
    if (certificate === undefined) {
        return "has no client certificate, so backends cannot verify that requests come from API Gateway";
    }
    return certificate === UNKNOWN || allowed.length === 0 || allowed.includes(certificate)
        ? undefined
        : `has the client certificate ${quote(certificate)}, which certificateIds does not allow`;
}
