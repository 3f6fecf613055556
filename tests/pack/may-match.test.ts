import { mayMatch } from "../../pack/may-match";
import { table } from "../support/rows";

const STAGE = ["orders/", undefined];

table("mayMatch", ([pattern, ...parts]: readonly [string, ...(string | undefined)[]]) => mayMatch(pattern, parts), [
    ["a known text matches itself", ["orders", "orders"], true],
    ["a known text does not match another", ["orders", "order"], false],
    ["a known text does not match a part of it", ["order", "orders"], false],
    ["a `*` matches any text", ["*", "orders/dev"], true],
    ["a `*` matches no text", ["orders*", "orders"], true],
    ["a `*` matches the middle", ["o*s", "orders"], true],
    ["a `*` does not match what follows", ["o*t", "orders"], false],
    ["an unknown part may be any name", ["orders/dev", ...STAGE], true],
    ["an unknown part may have any beginning", ["orders/*-dev", ...STAGE], true],
    ["an unknown part may be of a longer pattern", ["*/dev-*", ...STAGE], true],
    ["an unknown part does not change what is known", ["returns/*", ...STAGE], false],
    ["an unknown part has no colon", ["*::dev", ...STAGE], false],
    ["an unknown part has no slash", ["orders/dev/*", ...STAGE], false],
    ["an unknown part may come first", ["a1b2c3/prod", undefined, "/prod"], true],
    ["what follows an unknown part has to match", ["a1b2c3/dev", undefined, "/prod"], false],
    ["two parts may be unknown", ["a1b2c3/dev", undefined, "/", undefined], true],
]);
