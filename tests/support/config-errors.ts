/** Policy configs that the engine rejects, with its words; a test in the engine compares them. */

export interface ConfigError {
    readonly when: string;
    readonly config: object;
    readonly says: string;
}

const REASON = "Only for load tests";
const MATCH = {
    policies: ["cloudwatch-log-group-retention"],
    targets: ["urn:pulumi:dev::shop::aws:cloudwatch/logGroup:LogGroup::orders"],
};
const LEVEL = "apigateway-method-settings-logging-level";
const RETENTION = "cloudwatch-log-group-retention";

export const CONFIG_ERRORS: readonly ConfigError[] = [
    {
        when: "with an unknown level for all",
        config: { all: "loud" },
        says: 'parsing enforcement level for "all": "loud" is not a valid enforcement level',
    },
    {
        when: "with a level that is a number",
        config: { [RETENTION]: { enforcementLevel: 5 } },
        says: `parsing enforcement level for "${RETENTION}": 5 is not a valid enforcement level; must be a string`,
    },
    {
        when: "with nothing for a policy",
        config: { [RETENTION]: null },
        says: `parsing "${RETENTION}": <nil> is not a valid value; must be a string or object`,
    },
    {
        when: "with a boolean for a policy",
        config: { [RETENTION]: true },
        says: `parsing "${RETENTION}": true is not a valid value; must be a string or object`,
    },
    {
        when: "with environments that are not a list",
        config: { environments: "shop/dev" },
        says: '"environments" must be an array of strings, got string',
    },
    {
        when: "with environments that are an object",
        config: { environments: {} },
        says: '"environments" must be an array of strings, got map[string]interface {}',
    },
    {
        when: "with environments that are null",
        config: { environments: null },
        says: '"environments" must be an array of strings, got <nil>',
    },
    {
        when: "with an environment that is a number",
        config: { environments: ["shop/dev", 1] },
        says: '"environments[1]" must be a string, got float64',
    },
    {
        when: "with a number below its range",
        config: { [RETENTION]: { minDays: 0 } },
        says: invalid(`${RETENTION}: minDays: Must be greater than or equal to 1`),
    },
    {
        when: "with a number above its range",
        config: { [RETENTION]: { maxDays: 5000 } },
        says: invalid(`${RETENTION}: maxDays: Must be less than or equal to 3653`),
    },
    {
        when: "with a text for a number",
        config: { [RETENTION]: { minDays: "30" } },
        says: invalid(`${RETENTION}: minDays: Invalid type. Expected: integer, given: string`),
    },
    {
        when: "with a fraction for a whole number",
        config: { [RETENTION]: { minDays: 1.5 } },
        says: invalid(`${RETENTION}: minDays: Invalid type. Expected: integer, given: number`),
    },
    {
        when: "with null for a number",
        config: { [RETENTION]: { setDays: null } },
        says: invalid(`${RETENTION}: setDays: Invalid type. Expected: integer, given: null`),
    },
    {
        when: "with a text for a list",
        config: { [LEVEL]: { levels: "ERROR" } },
        says: invalid(`${LEVEL}: levels: Invalid type. Expected: array, given: string`),
    },
    {
        when: "with an empty list",
        config: { [LEVEL]: { levels: [] } },
        says: invalid(`${LEVEL}: levels: Array must have at least 1 items`),
    },
    {
        when: "with a value that is not among those allowed",
        config: { [LEVEL]: { levels: ["OFF"] } },
        says: invalid(`${LEVEL}: levels.0: levels.0 must be one of the following: "ERROR", "INFO"`),
    },
    {
        when: "with a value twice",
        config: { [LEVEL]: { levels: ["INFO", "ERROR", "ERROR"] } },
        says: invalid(`${LEVEL}: levels: array items[1,2] must be unique`),
    },
    {
        when: "with a value of the wrong type among those allowed, which is reported once",
        config: { [LEVEL]: { levels: [1] } },
        says: invalid(`${LEVEL}: levels.0: Invalid type. Expected: string, given: integer`),
    },
    {
        when: "with an empty text",
        config: { [RETENTION]: { exclude: [""] } },
        says: invalid(`${RETENTION}: exclude.0: String length must be greater than or equal to 1`),
    },
    {
        when: "with lists and objects for texts",
        config: { [RETENTION]: { include: [[1], {}] } },
        says: invalid(
            `${RETENTION}: include.0: Invalid type. Expected: string, given: array`,
            `${RETENTION}: include.1: Invalid type. Expected: string, given: object`,
        ),
    },
    {
        when: "with a text for a boolean, also in a policy that is disabled",
        config: { "apigateway-account-cloudwatch-role": { enforcementLevel: "disabled", requireInStack: "yes" } },
        says: invalid(
            "apigateway-account-cloudwatch-role: requireInStack: Invalid type. Expected: boolean, given: string",
        ),
    },
    {
        when: "with an exemption without a reason",
        config: { [RETENTION]: { exemptions: [{ match: "orders" }] } },
        says: invalid(`${RETENTION}: exemptions.0: reason is required`),
    },
    {
        when: "with an exemption whose end is misspelt",
        config: { [RETENTION]: { exemptions: [{ match: "orders", reason: REASON, untill: "2027-03-31" }] } },
        says: invalid(`${RETENTION}: exemptions.0: Additional property untill is not allowed`),
    },
    {
        when: "with an exemption that has what every object inherits",
        config: { [RETENTION]: { exemptions: [{ match: "orders", reason: REASON, constructor: "2027-03-31" }] } },
        says: invalid(`${RETENTION}: exemptions.0: Additional property constructor is not allowed`),
    },
    {
        when: "with an exemption of a few words",
        config: { [RETENTION]: { exemptions: [{ match: "", reason: "Old" }] } },
        says: invalid(
            `${RETENTION}: exemptions.0.match: String length must be greater than or equal to 1`,
            `${RETENTION}: exemptions.0.reason: String length must be greater than or equal to 10`,
        ),
    },
    {
        when: "with an exemption that is a name",
        config: { [RETENTION]: { exemptions: ["orders"] } },
        says: invalid(`${RETENTION}: exemptions.0: Invalid type. Expected: object, given: string`),
    },
    {
        when: "with an exemption that says nothing",
        config: { [RETENTION]: { exemptions: [{}] } },
        says: invalid(
            `${RETENTION}: exemptions.0: match is required`,
            `${RETENTION}: exemptions.0: reason is required`,
        ),
    },
    {
        when: "with nothing in place of an exemption",
        config: { [RETENTION]: { exemptions: [null] } },
        says: invalid(`${RETENTION}: exemptions.0: Invalid type. Expected: object, given: null`),
    },
    { when: "of version 1", config: { version: 1 }, says: '"version" must be 2' },
    {
        when: "of a version to come",
        config: { version: 3 },
        says: "policy pack config version 3 isn't supported; try upgrading the Pulumi CLI",
    },
    {
        when: "of version 2 with an unknown level",
        config: { version: 2, policies: { [RETENTION]: "loud" } },
        says: `parsing enforcement level for "${RETENTION}": "loud" is not a valid enforcement level`,
    },
    {
        when: "with an exception whose ID has a blank",
        config: { version: 2, exceptions: { "OPS 7": {} } },
        says: `policy exception "OPS 7": the ID must be non-empty and contain only letters, digits, '-', '.' and '_'`,
    },
    {
        when: "with exceptions that are a list",
        config: { version: 2, exceptions: [] },
        says: '"exceptions" must be an object that maps exception IDs to exceptions',
    },
];

/** Exceptions that the engine rejects, and what it says of each: it says it of all that it finds, in the order of their ids. */
export const EXCEPTION_ERRORS: readonly ExceptionError[] = [
    ["a text in its place", "x", "must be an object"],
    ["a match that is not a list", { match: {} }, '"match" must be a list of {"policies", "targets"} entries'],
    ["a blank reason", { reason: " ", match: [MATCH] }, '"reason" is required'],
    [
        "null for a match",
        { reason: REASON, match: null },
        '"match" must list at least one {"policies", "targets"} entry',
    ],
    ["no match", { reason: REASON }, '"match" must list at least one {"policies", "targets"} entry'],
    ["a match that is a text", { reason: REASON, match: [MATCH, "x"] }, "match[1]: must be an object"],
    ["no policies", of({ policies: [] }), 'match[0]: "policies" must list at least one policy'],
    ["an empty policy", of({ policies: [""] }), 'match[0]: "policies" can\'t contain an empty name'],
    [
        "all policies and an empty one",
        of({ policies: ["all", ""] }),
        'match[0]: "policies" must name policies; "all" isn\'t allowed',
    ],
    ["all policies", of({ policies: ["all"] }), 'match[0]: "policies" must name policies; "all" isn\'t allowed'],
    ["no targets", of({ targets: [] }), 'match[0]: "targets" must list at least one URN'],
    [
        "a target that is a name",
        of({ targets: ["orders"] }),
        'match[0]: target "orders" is not a valid URN: invalid URN "orders"',
    ],
    ["an empty target", of({ targets: [""] }), 'match[0]: target "" is not a valid URN: missing required URN'],
];

export type ExceptionError = readonly [wrong: string, exception: unknown, says: string];

function of(match: object): object {
    return { reason: REASON, match: [{ ...MATCH, ...match }] };
}

function invalid(...violations: readonly string[]): string {
    return `is not a valid policy config: ${violations.join("; ")}`;
}
