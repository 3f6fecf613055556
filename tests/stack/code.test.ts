import { assignment, type Code, isList, partsOfType, textAround, type Value } from "../../stack/code";
import { typeScript } from "../../stack/code/typescript";
import { table } from "../support/rows";

const declared = (options?: object): Code => ({
    declare: [
        { type: "aws:cloudwatch/logGroup:LogGroup", name: 'the "logs"', inputs: {}, ...(options && { options }) },
    ],
});

table("code in TypeScript", typeScript, [
    ["inputs are fields", { inputs: { a: "x", b: 1, c: true } }, 'a: "x", b: 1, c: true'],
    ["a dependency is an option", { options: { dependsOn: { variable: "role" } } }, "{ dependsOn: [role] }"],
    [
        "a list of dependencies is spread",
        { options: { dependsOn: { variable: "roles", isList: true } } },
        "{ dependsOn: [...roles] }",
    ],
    ["retention on deletion is an option", { options: { retainOnDelete: true } }, "{ retainOnDelete: true }"],
    [
        "options are separated",
        { options: { dependsOn: { variable: "role" }, retainOnDelete: true } },
        "{ dependsOn: [role], retainOnDelete: true }",
    ],
    ["a new resource has a quoted name", declared(), 'new aws.cloudwatch.LogGroup("the \\"logs\\"", {  })'],
    [
        "a new resource has its options last",
        declared({ retainOnDelete: true }),
        'new aws.cloudwatch.LogGroup("the \\"logs\\"", {  }, { retainOnDelete: true })',
    ],
    [
        "new resources are separated",
        { declare: ["a", "b"].map((name) => ({ type: "aws:s3/bucket:Bucket", name, inputs: {} })) },
        'new aws.s3.Bucket("a", {  }); new aws.s3.Bucket("b", {  })',
    ],
]);

table("a value in TypeScript", (value: Value) => typeScript({ inputs: { a: value } }), [
    ["text is quoted", "x", 'a: "x"'],
    ["a list is a list", ["x", 1], 'a: ["x", 1]'],
    ["a block is an object", { block: { b: "x", c: 1 } }, 'a: { b: "x", c: 1 }'],
    ["a map is an object", { entries: { b: "x", c: "y" } }, 'a: { b: "x", c: "y" }'],
    ["a variable is itself", { variable: "group.arn" }, "a: group.arn"],
    ["text in JSON is made by the program", { json: { id: "x", at: "y" } }, 'a: JSON.stringify({ id: "x", at: "y" })'],
    [
        "text around a variable is a template",
        textAround("api.id", (id) => `/${id}/x`),
        "a: pulumi.interpolate`/${api.id}/x`",
    ],
    [
        "what means something in a template is escaped",
        { joined: ["`\\${b}", { variable: "c" }, "$5 {d}"] },
        "a: pulumi.interpolate`\\`\\\\\\${b}${c}$5 {d}`",
    ],
    ["a line break in a template is written as one", { joined: ["x\ny", "\r"] }, "a: pulumi.interpolate`x\\ny\\r`"],
]);

table("an assignment", (path: readonly [string, ...string[]]) => typeScript(assignment(path, 1)), [
    ["of a property", ["a"], "a: 1"],
    ["of a property inside another", ["a", "b"], "a: { b: 1 }"],
    ["of a property deep inside", ["a", "b", "c"], "a: { b: { c: 1 } }"],
]);

table("partsOfType", partsOfType, [
    [
        "a module may have a file",
        "aws:cloudwatch/logGroup:LogGroup",
        { pkg: "aws", module: "cloudwatch", name: "LogGroup" },
    ],
    ["a module may have none", "aws-native:logs:LogGroup", { pkg: "aws-native", module: "logs", name: "LogGroup" }],
    [
        "a file may be in a folder",
        "aws:cloudwatch/log/group:LogGroup",
        { pkg: "aws", module: "cloudwatch", name: "LogGroup" },
    ],
]);

table("isList", isList, [
    ["a list is one", ["a"], true],
    ["a block is not", { block: {} }, false],
]);
