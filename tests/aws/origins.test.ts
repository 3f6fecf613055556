import { carriesValues, isOfAnotherProgram, originsOf } from "../../aws/origins";
import { table } from "../support/rows";
import { names, stack } from "../support/stack";
import { computed, type Declared, declare, from, idOf, logGroup, restApi } from "../support/wire/declare";

/** Whether a resource of a type carries values of any kind, and whether those are another program's. */
function kinds(type: string): readonly [boolean, boolean] {
    const { named } = stack([declare(type, "one", {})]);
    return [carriesValues(named("one")), isOfAnotherProgram(named("one"))];
}

table("what carries values, and what carries those of another program", kinds, [
    ["a resource of AWS does not", "aws:s3/bucket:Bucket", [false, false]],
    ["a resource of aws-native does not", "aws-native:s3:Bucket", [false, false]],
    ["a parameter does both", "aws:ssm/parameter:Parameter", [true, true]],
    ["a parameter of aws-native does both", "aws-native:ssm:Parameter", [true, true]],
    ["a StackReference does both", "pulumi:pulumi:StackReference", [true, true]],
    ["a random name carries the program's own", "random:index/randomPet:RandomPet", [true, false]],
    [
        "a package whose name ends with that of AWS's carries the program's own",
        "my-aws:s3/bucket:Bucket",
        [true, false],
    ],
]);

const parameter = (value: unknown) => declare("aws:ssm/parameter:Parameter", "parameter", { value });
const NAMED = logGroup("of", { name: from("parameter", "x") });

/** The origins of the name of "of" among REST APIs, and whether it may be from outside of the stack. */
function originsOfName(declared: readonly Declared[]) {
    const { stack: all, named } = stack(declared);
    const isApi = ({ type }: { readonly type: string }) => type === "aws:apigateway/restApi:RestApi";
    const { origins, isExternal } = originsOf(all, named("of"), "name", isApi, () => ["value"]);
    return { origins: names(origins), isExternal };
}

table("originsOf", originsOfName, [
    [
        "a value without dependencies is from outside",
        [logGroup("of", { name: computed("x") })],
        { origins: [], isExternal: true },
    ],
    [
        "a value of an API is from inside",
        [restApi("orders"), logGroup("of", { name: idOf("orders") })],
        { origins: ["orders"], isExternal: false },
    ],
    ["a value of a parameter may be from outside", [parameter("x"), NAMED], { origins: [], isExternal: true }],
    [
        "a value of a parameter that has it from an API is from inside",
        [restApi("orders"), parameter(idOf("orders")), NAMED],
        { origins: ["orders"], isExternal: false },
    ],
]);
