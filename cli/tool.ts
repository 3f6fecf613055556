/** What outputs call the program that made them. */
export const TOOL = {
    name: "apigateway-guard",
    version: (require("../package.json") as { version: string }).version,
} as const;
