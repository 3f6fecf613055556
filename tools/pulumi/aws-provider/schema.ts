import { TYPES, type Type } from "./types";

const ANY = { $ref: "pulumi.json#/Any" };

/** The part of the provider's schema that programs in YAML need: their host asks for the types and properties they use. */
export function schemaOf(name: string): object {
    if (name !== "aws") {
        return { name, version: "0.0.0" };
    }
    const resources = Object.entries(TYPES).map(([token, type]) => {
        const properties = Object.fromEntries(propertiesOf(type).map((property) => [property, ANY]));
        return [token, { properties, inputProperties: properties }];
    });
    return {
        name,
        version: "0.0.0",
        // The module of `aws:apigateway/restApi:RestApi` is `apigateway`.
        meta: { moduleFormat: "(.*)(?:/[^/]*)" },
        resources: Object.fromEntries(resources.filter(([token]) => String(token).startsWith("aws:"))),
    };
}

function propertiesOf({ required = [], autoName, defaults, computed, unset }: Type): string[] {
    const named = [defaults, typeof computed === "function" ? {} : computed, unset];
    return [...required, ...(autoName ? [autoName] : []), ...named.flatMap((props = {}) => Object.keys(props))];
}
