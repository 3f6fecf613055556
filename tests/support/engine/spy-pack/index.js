// A pack that writes down what the engine sends it: one JSON document per line, to the file that SPY_FILE names.
const { appendFileSync } = require("node:fs");
const { PolicyPack } = require("@pulumi/policy");

function record(entry) {
    if (process.env.SPY_FILE) {
        appendFileSync(process.env.SPY_FILE, `${JSON.stringify(entry)}\n`);
    }
}

/** In a preview the SDK hands out proxies that throw when a value that is not known yet is read. */
function readable(value) {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Reflect.ownKeys(value)
        .filter((key) => !(Array.isArray(value) && key === "length"))
        .map((key) => {
            try {
                return [key, readable(value[key])];
            } catch {
                return [key, "UNKNOWN"];
            }
        });
    return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

new PolicyPack("spy", {
    policies: [
        {
            name: "spy-resource",
            description: "Writes down every resource.",
            enforcementLevel: "advisory",
            validateResource: ({ type, name, props }) =>
                record({ kind: "resource", type, name, props: readable(props) }),
        },
        {
            name: "spy-stack",
            description: "Writes down the whole stack.",
            enforcementLevel: "advisory",
            validateStack: ({ resources }) => {
                for (const { type, name, urn, props, parent, dependencies, propertyDependencies } of resources) {
                    record({
                        kind: "stack",
                        type,
                        name,
                        urn,
                        props: readable(props),
                        parent: parent?.urn,
                        dependencies: dependencies.map((one) => one.urn),
                        propertyDependencies: Object.fromEntries(
                            Object.entries(propertyDependencies).map(([key, ones]) => [
                                key,
                                ones.map((one) => one.urn),
                            ]),
                        ),
                    });
                }
            },
        },
        {
            name: "spy-remediation",
            description: "Describes every API.",
            enforcementLevel: "disabled",
            remediateResource: ({ type, props }) => {
                if (type === "aws:apigateway/restApi:RestApi") {
                    props.description = "remediated";
                    return props;
                }
            },
        },
        {
            name: "spy-complaint",
            description: "Complains of every API.",
            enforcementLevel: "disabled",
            validateResource: ({ type, name }, report) => {
                if (type === "aws:apigateway/restApi:RestApi") {
                    console.error(`complaining of ${name}`);
                    report(`API "${name}" is an API.\nIt should not be.`);
                }
            },
        },
        {
            name: "spy-stack-complaint",
            description: "Complains of every stack.",
            enforcementLevel: "disabled",
            validateStack: (_, report) => report("A stack."),
        },
    ],
});
