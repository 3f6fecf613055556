import { isKnown, type Maybe } from "../../stack/values";

/**
 * What a method settings key covers.
 *
 * API Gateway accepts two forms of key: every method of every path, or one method of one path. It rejects `ANY` and
 * wildcards for only the path or only the method ("Invalid method setting path"), so those cover no method.
 */
export type Coverage =
    | { readonly covers: "all methods" }
    | { readonly covers: "one method"; readonly method: string; readonly path: string }
    | { readonly covers: "no method" };

/**
 * Reads the forms of a key that are in use: `~1pets~1{id}/GET` (slashes encoded, as AWS stores it) and
 * `pets/{id}/GET` (raw), both also with a leading slash, and CloudFormation's `/~1pets~1{id}` + `/` + `GET`.
 * Sources: hashicorp/terraform-provider-aws#9738, #15855; AWS CLI examples of get-stage and update-stage.
 */
export function coverage(methodPath: string): Coverage {
    // The provider would send "//*/*", which API Gateway does not know.
    if (methodPath === "/*/*") {
        return { covers: "no method" };
    }
    const key = methodPath.replace(/^\//, "");
    const slash = key.lastIndexOf("/");
    const method = key.slice(slash + 1);
    const path = key.slice(0, Math.max(slash, 0));
    if (path === "*" && method === "*") {
        return { covers: "all methods" };
    }
    if (slash < 0 || method === "" || method === "*" || method === "ANY" || path === "*") {
        return { covers: "no method" };
    }
    return { covers: "one method", method, path: `/${path.replaceAll("~1", "/").replace(/^\//, "")}` };
}

/** The path and the method of a CloudFormation entry, as one key. */
export function keyOf(resourcePath: string, httpMethod: string): string {
    const key = `${resourcePath}/${httpMethod}`;
    return key === "/*/*" ? "*/*" : key;
}

/** A key as messages show it: `*\/*`, `GET /pets/{id}`, or as it is written if it covers no method. */
export function describeKey(methodPath: string): string {
    const covered = coverage(methodPath);
    switch (covered.covers) {
        case "all methods":
            return "*/*";
        case "one method":
            return `${covered.method} ${covered.path}`;
        case "no method":
            return methodPath;
    }
}

/** ` for *\/*, GET /pets`, for a sentence about entries of method settings; keys that are not known are left out. */
export function forKeys(keys: readonly Maybe<string>[]): string {
    const known = keys.filter(isKnown).map(describeKey);
    return known.length > 0 ? ` for ${known.join(", ")}` : "";
}
