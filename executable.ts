#!/usr/bin/env node
/** The pack as an executable file. Pulumi 3.255 and later start it with the engine's address as its last argument. */

if (process.argv.length < 3) {
    console.error("This is a Pulumi policy pack. Run it with: pulumi preview --policy-pack <this file>");
    process.exit(2);
}

// As if Pulumi had started the folder. Through a link, too, __dirname is the folder of the file itself.
process.chdir(__dirname);
process.argv.push(__dirname);
require("@pulumi/pulumi/cmd/run-policy-pack");
