/**
 * The pack's two servers in one process, which prints their ports in this order: the policy SDK's, and the pack's own.
 * The arguments are the addresses of an engine for each, in the opposite order: the folder takes the last that it finds.
 */

import { PACK } from "../../../pack/about";
import { sayTo } from "../../../pack/engine-log";
import { serve } from "../../../pack/server";
import { policies } from "../../../policies";

const [ownEngine] = process.argv.slice(2);
// It prints its port itself.
const print = console.log;
console.log = (port: string) => {
    console.log = print;
    void serve(
        policies,
        PACK,
        sayTo(() => ownEngine),
    ).then((own) => console.log(`${port} ${own}`));
};
require("../../../index");
