import { both, compare, either, quote } from "../../stack/text";
import { table } from "../support/rows";

table("quote", quote, [
    ["a name is quoted", "prod", '"prod"'],
    ["special characters are escaped", 'a"\\\n', '"a\\"\\\\\\n"'],
]);

table<readonly string[], string>("either", either, [
    ["two words are joined by or", ["ERROR", "INFO"], "ERROR or INFO"],
    ["the order of the words stays", ["INFO", "ERROR"], "INFO or ERROR"],
    ["one word stays as it is", ["INFO"], "INFO"],
    ["more words are joined by commas, the last one by or", ["a", "b", "c"], "a, b or c"],
]);

table<readonly string[], string>("both", both, [
    ["two words are joined by and", ["audit", "error"], "audit and error"],
    ["one word stays as it is", ["audit"], "audit"],
    ["more words are joined by commas, the last one by and", ["a", "b", "c"], "a, b and c"],
]);

table<readonly [string, string], number>("compare", ([a, b]) => compare(a, b), [
    ["capitals come before small letters", ["B", "a"], -1],
    ["small letters come after capitals", ["a", "B"], 1],
    ["a text is in no order with itself", ["a", "a"], 0],
]);
