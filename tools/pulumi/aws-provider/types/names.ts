import { type Props, text } from "../values";

/** The name that a program gives, or one of Terraform's own: the program's prefix or the provider's, and 26 digits. */
export function nameOr(property: string, prefix = ""): (props: Props) => string {
    return (props) => {
        if (text(props[property]) !== "") {
            return `{${property}}`;
        }
        return `${text(props[`${property}Prefix`]) === "" ? prefix : `{${property}Prefix}`}{hex:26}`;
    };
}

/** The prefix that the state has: none beside a name of the program's own. */
export function prefixOf(props: Props, property: string, byDefault = ""): string {
    return text(props[`${property}Prefix`]) || (props[property] === undefined ? byDefault : "");
}
