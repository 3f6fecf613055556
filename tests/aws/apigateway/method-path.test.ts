import { coverage, describeKey, keyOf } from "../../../aws/apigateway/method-path";
import { table } from "../../support/rows";

const EVERYTHING = { covers: "all methods" } as const;
const NOTHING = { covers: "no method" } as const;
const one = (method: string, path: string) => ({ covers: "one method", method, path }) as const;
const GET_PET = one("GET", "/pets/{id}");
const GET_ROOT = one("GET", "/");

table("coverage", coverage, [
    ["*/* is every method of every path", "*/*", EVERYTHING],
    ["*/* with a leading slash is a key that API Gateway does not know", "/*/*", NOTHING],
    ["CloudFormation has the same two wildcards in two properties", keyOf("/*", "*"), EVERYTHING],

    ["the key AWS stores has its slashes encoded", "~1pets~1{id}/GET", GET_PET],
    ["a patch path has a leading slash before the encoded ones", "/~1pets~1{id}/GET", GET_PET],
    ["CloudFormation's path and method make the same key", keyOf("/~1pets~1{id}", "GET"), GET_PET],
    ["a raw path means the same path", "pets/{id}/GET", GET_PET],
    ["a raw path with a leading slash means the same path", "/pets/{id}/GET", GET_PET],
    ["a path may be encoded in part", "~1pets/{id}/GET", GET_PET],
    ["a raw path of one segment is accepted", "pets/POST", one("POST", "/pets")],
    ["an encoded path of one segment is the same", "~1pets/POST", one("POST", "/pets")],
    ["a greedy parameter is a path like any other", "~1{proxy+}/DELETE", one("DELETE", "/{proxy+}")],
    ["an asterisk inside a longer path is a plain character", "~1*~1a/GET", one("GET", "/*/a")],

    ["the root path is one encoded slash", "~1/GET", GET_ROOT],
    ["the root path has a leading slash in a patch path", "/~1/GET", GET_ROOT],
    ["CloudFormation's root path is a raw slash", keyOf("/", "GET"), GET_ROOT],

    ["a wildcard for the method only is rejected", "~1pets/*", NOTHING],
    ["a wildcard for the path only is rejected", "*/GET", NOTHING],
    ["a wildcard for the path only is rejected with a leading slash, too", "/*/GET", NOTHING],
    ["ANY is rejected", "~1pets/ANY", NOTHING],
    ["ANY is rejected for every path", "*/ANY", NOTHING],
    ["one wildcard is not a key", "*", NOTHING],
    ["a method alone is not a key", "GET", NOTHING],
    ["a method after a leading slash is not a key", "/GET", NOTHING],
    ["an empty key covers nothing", "", NOTHING],
    ["a slash covers nothing", "/", NOTHING],
    ["a path without a method covers nothing", "~1pets/", NOTHING],
    ["three wildcards cover nothing", "*/*/*", NOTHING],
]);

table("describeKey", describeKey, [
    ["a key for all methods is shown as it is", "*/*", "*/*"],
    ["a key for one method is shown as the method and the decoded path", "~1pets~1{id}/GET", "GET /pets/{id}"],
    ["a key that covers nothing is shown as it is written", "/*/GET", "/*/GET"],
]);
