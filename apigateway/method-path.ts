/**
 * What a method settings key covers.
 *
 * API Gateway accepts two forms of key: every method of every path, or one method of one path. It rejects `ANY` and
 * wildcards in only one half ("Invalid method setting path"), so those cover nothing.
 */
export type Coverage =
    | { readonly covers: "everything" }
    | { readonly covers: "method"; readonly method: string; readonly path: string }
    | { readonly covers: "nothing" };

/**
 * Reads the forms in use for one key: `~1pets~1{id}/GET` (slashes encoded, as AWS stores it), `pets/{id}/GET` (raw),
 * either with a leading slash, and CloudFormation's `/~1pets~1{id}` + `/` + `GET`.
 * Sources: hashicorp/terraform-provider-aws#9738, #15855; AWS CLI examples of get-stage and update-stage.
 */
export function coverage(methodPath: string): Coverage {
    const key = methodPath.replace(/^\//, "");
    const slash = key.lastIndexOf("/");
    const method = key.slice(slash + 1);
    const path = key.slice(0, Math.max(slash, 0));
    if (path === "*" && method === "*") {
        return { covers: "everything" };
    }
    if (slash < 0 || method === "" || method === "*" || method === "ANY" || path === "*") {
        return { covers: "nothing" };
    }
    return { covers: "method", method, path: `/${path.replaceAll("~1", "/").replace(/^\//, "")}` };
}

/** Both halves of a CloudFormation entry as one key. */
export function keyOf(resourcePath: string, httpMethod: string): string {
    return `${resourcePath}/${httpMethod}`;
}

/** A key as people say it: `*\/*`, `GET /pets/{id}`, or as it was written where it covers nothing. */
export function describeKey(methodPath: string): string {
    const covered = coverage(methodPath);
    switch (covered.covers) {
        case "everything":
            return "*/*";
        case "method":
            return `${covered.method} ${covered.path}`;
        case "nothing":
            return methodPath;
    }
}
