import { inlineEntries, nativeRestStages } from "../../../aws/apigateway/rest-stage";
import { UNKNOWN } from "../../../stack/values";
import { table } from "../../support/rows";
import { stack } from "../../support/stack";
import { type Declared, nativeStage, UNKNOWN_VALUE } from "../../support/wire/declare";

const prod = (methodSettings: unknown) => nativeStage("prod", { restApiId: "a1", stageName: "prod", methodSettings });

table(
    "the method settings of aws-native stages",
    (declared: Declared) =>
        nativeRestStages(stack([declared], "deployed").stack).map(({ settings, candidates }) => ({
            settings: settings.length,
            candidates: candidates.length,
        })),
    [
        ["are the entries inside", prod([{ resourcePath: "/*", httpMethod: "*" }]), [{ settings: 1, candidates: 0 }]],
        ["are none where there is no list", prod(undefined), [{ settings: 0, candidates: 0 }]],
    ],
);

table(
    "an entry of an aws-native stage",
    (entry: object) => inlineEntries({ type: "aws-native:apigateway:Stage", props: { methodSettings: [entry] } }),
    [
        [
            "for all methods has their key",
            { resourcePath: "/*", httpMethod: "*", loggingLevel: "INFO" },
            [
                {
                    key: "*/*",
                    coversAllMethods: true,
                    level: "INFO",
                    dataTrace: false,
                    path: ["methodSettings", 0],
                },
            ],
        ],
        [
            "may be for all methods while its path is not known",
            { resourcePath: UNKNOWN_VALUE, httpMethod: "*", dataTraceEnabled: true },
            [
                {
                    key: UNKNOWN,
                    coversAllMethods: UNKNOWN,
                    level: undefined,
                    dataTrace: true,
                    path: ["methodSettings", 0],
                },
            ],
        ],
    ],
);
