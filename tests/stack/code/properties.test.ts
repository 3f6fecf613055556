import { assignment, type Code } from "../../../stack/code";
import { valuesSetIn } from "../../../stack/code/properties";
import { table } from "../../support/rows";

const LEVEL = "loggingLevel";
const DECLARED: Code = {
    declare: [
        { type: "a:b:C", name: "one", inputs: { loggingLevel: "INFO" } },
        { type: "a:b:C", name: "two", inputs: { stageName: "v1", loggingLevel: "ERROR" } },
    ],
};

table("valuesSetIn", (code: Code) => valuesSetIn(code, LEVEL), [
    ["an input", { inputs: { loggingLevel: "INFO", days: 1 } }, ["INFO"]],
    ["an input of an object", assignment(["settings", LEVEL], "ERROR"), ["ERROR"]],
    ["an input of objects in a list", { inputs: { all: [{ block: { loggingLevel: "OFF" } }, "x"] } }, ["OFF"]],
    ["inputs of new resources", DECLARED, ["INFO", "ERROR"]],
    [
        "nothing among entries, whose keys are not properties",
        { inputs: { tags: { entries: { loggingLevel: "x" } } } },
        [],
    ],
    ["nothing among options", { options: { retainOnDelete: true } }, []],
]);
