import { ACCOUNT_ID, type Aws, alphanumeric, hex, type Props, text } from "./values";

/** What a template can name beside the properties of its resource. */
export interface Names {
    id: string;
    /** What ids are made of. */
    seed: string;
    aws: Aws;
}

/**
 * `template` with its braces filled in: `{restApi}` is a property, `{region}` and `{account}` are where the resource is,
 * `{id}` is its id and `{id:1}` the second part of an id with bars. Made of the seed are `{random:6}`
 * (lower-case letters and digits), `{RANDOM:6}` (upper-case), `{hex:7}` and `{uuid}`.
 */
export function resolve(template: string, props: Props, names: Names): string {
    return template.replaceAll(/\{(\w+)(?::(\d+))?\}/g, (_, name, number) =>
        filling(name, Number(number), props, names),
    );
}

function filling(name: string, number: number, props: Props, { id, seed, aws }: Names): string {
    switch (name) {
        case "account":
            return ACCOUNT_ID;
        case "region":
            return aws.region;
        case "id":
            return Number.isNaN(number) ? id : (id.split("|")[number] ?? "");
        case "random":
            return alphanumeric(seed, number);
        case "RANDOM":
            return alphanumeric(seed, number).toUpperCase();
        case "hex":
            return hex(seed, number);
        case "uuid":
            return hex(seed, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
        default:
            return text(props[name]);
    }
}
