import { version } from "../package.json";

/** What outputs call the program that made them. */
export const TOOL = { name: "apigateway-guard", version } as const;
