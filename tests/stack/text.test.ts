import { either, quote } from "../../stack/text";
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
