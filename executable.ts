#!/usr/bin/env node
/** The pack as an executable file. Pulumi 3.255 and later start it with the engine's address as its last argument. */

import { PACK } from "./pack/about";
import { sayTo } from "./pack/engine-log";
import { serve } from "./pack/server";
import { policies } from "./policies";

async function main(address: string | undefined): Promise<void> {
    if (address === undefined) {
        console.error("This is a Pulumi policy pack. Run it with: pulumi preview --policy-pack <this file>");
        process.exitCode = 2;
        return;
    }
    const port = await serve(
        policies,
        PACK,
        sayTo(() => address),
    );
    // The engine reads the port from the first line.
    console.log(String(port));
}

void main(process.argv.slice(2).at(-1));
