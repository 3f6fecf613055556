import { describeIntegration } from "../aws/apigateway/describe";
import { HTTP } from "../aws/apigateway/protocol";
import { NATIVE_V2_INTEGRATION, V2_INTEGRATION } from "../aws/apigateway/types";
import { type V2Integration, v2Integrations } from "../aws/apigateway/v2-integration";
import { cannot } from "../aws/command";
import type { Answer } from "../pack/finding";
import { stackPolicy } from "../pack/policy";
import { assignment } from "../stack/code";
import { UNKNOWN } from "../stack/values";

/** Only HTTP APIs have `tlsConfig`, so the policy needs the protocol of the API. */
export default stackPolicy({
    name: "apigatewayv2-integration-private-https",
    displayName: "Private integrations of HTTP APIs use HTTPS",
    description: "Integrations of HTTP APIs that go through a VPC link have a TLS configuration, so they use HTTPS.",
    mirrors: ["APIGateway.10"],
    tags: ["data-protection"],
    isOptional: true,
    remediationSteps: "Set tlsConfig, which may be empty, on every integration with connectionType VPC_LINK.",
    types: [V2_INTEGRATION, NATIVE_V2_INTEGRATION],
    evaluate: (stack) => v2Integrations(stack).map(answerFor),
});

function answerFor(integration: V2Integration): Answer | undefined {
    const { resource, protocol, isPrivate, hasTls } = integration;
    if (!isPrivate || hasTls === true || (protocol !== HTTP && protocol !== UNKNOWN)) {
        return undefined;
    }
    const [unknown] = [
        ...(protocol === UNKNOWN ? ["it is not known whether its API is an HTTP API"] : []),
        ...(isPrivate === UNKNOWN ? ["its connection type is not known yet"] : []),
        ...(hasTls === UNKNOWN ? ["its TLS configuration is not known yet"] : []),
    ];
    return unknown === undefined
        ? {
              resource,
              problem: `${describeIntegration(integration)} goes through a VPC link without TLS: it has no tlsConfig.`,
              advice:
                  "Set tlsConfig, and let the listener or service behind the VPC link use HTTPS. " +
                  "serverNameToVerify is the name on its certificate.",
              code: assignment(["tlsConfig", "serverNameToVerify"], "<name on the certificate>"),
              live: [
                  cannot(
                      "What is behind the VPC link has to use HTTPS first. Then use aws apigatewayv2 update-integration --tls-config ServerNameToVerify=NAME.",
                  ),
              ],
          }
        : { undecided: `${describeIntegration(integration)}: ${unknown}` };
}
