import { describeResource } from "../aws/apigateway/describe";
import { unencryptedCaches } from "../aws/apigateway/method-cache";
import { forKeys } from "../aws/apigateway/method-path";
import { methodSettingsFixes } from "../aws/apigateway/rest-stage-fix";
import { METHOD_SETTINGS, NATIVE_DEPLOYMENT, NATIVE_STAGE } from "../aws/apigateway/types";
import { resourcePolicy } from "../pack/policy";
import { remedyWithCode } from "../pack/remedy";

/**
 * The control looks at the encryption of methods that cache and at nothing else, whether or not the stage has a cache
 * cluster. AWS Config's rule api-gw-cache-enabled-and-encrypted is another one: it also requires caching.
 */
export default resourcePolicy({
    name: "apigateway-method-settings-cache-encryption",
    displayName: "Method settings encrypt the cache",
    description: "API Gateway method settings that cache responses encrypt the cache.",
    mirrors: ["APIGateway.5"],
    tags: ["data-protection"],
    remediationSteps: "Set cacheDataEncrypted to true wherever cachingEnabled is true.",
    isOptional: true,
    types: [METHOD_SETTINGS, NATIVE_STAGE, NATIVE_DEPLOYMENT],
    remediates: true,
    evaluate: (resource) => {
        const caches = unencryptedCaches(resource);
        return caches.length === 0
            ? undefined
            : {
                  problem: `${describeResource(resource)} caches responses${forKeys(caches.map(({ key }) => key))}, but cacheDataEncrypted is not true.`,
                  advice: "Set cacheDataEncrypted to true: if it is left out, the cache is not encrypted, except that settings for one method keep what */* had when they were created.",
                  ...remedyWithCode(
                      resource,
                      caches.map(({ encryptedPath }) => ({ set: encryptedPath, to: true })),
                  ),
                  live: methodSettingsFixes(
                      resource,
                      caches.map(({ key }) => key),
                      (key) => ({ setting: "cache encryption", key }),
                  ),
              };
    },
});
