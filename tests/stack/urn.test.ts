import { nameOf, stackNameOf, typeOf } from "../../stack/urn";
import { table } from "../support/rows";

const partsOf = (urn: string) => [stackNameOf(urn), typeOf(urn), nameOf(urn)];

table("the parts of a URN", partsOf, [
    ["a resource", "urn:pulumi:dev::shop::a:b:C::orders", ["shop/dev", "a:b:C", "orders"]],
    ["a child, whose name has colons", "urn:pulumi:dev::shop::a:b:C$d:e:F::x::y", ["shop/dev", "d:e:F", "x::y"]],
    ["what is not a URN", "orders", [undefined, "", ""]],
]);
