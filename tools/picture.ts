/** `npm run picture`: docs/preview.svg, a picture of what a real preview of examples/rest-api-mistakes prints. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import ansiToSvg from "ansi-to-svg";
import { programOf } from "../examples";
import { withStack } from "./pulumi/engine";

const EXAMPLE = "rest-api-mistakes";
const PICTURE = join(__dirname, "..", "docs", "preview.svg");

async function main(): Promise<void> {
    const options = { project: EXAMPLE, stack: "dev", config: "config/advisory.json", color: true };
    const { stdout } = await withStack(programOf(EXAMPLE), options, (stack) => stack.preview());
    const [, findings = ""] = /^(.*Policies:.*?)\n[^\n]*(?:Diagnostics|Outputs):/ms.exec(stdout) ?? [];
    const policies = findings.slice(findings.lastIndexOf("\n", findings.indexOf("Policies:")) + 1);
    const svg = ansiToSvg(policies.replace(/ \(local: [^)]*\)/, ""), {
        paddingTop: 12,
        paddingBottom: 12,
        paddingLeft: 12,
        paddingRight: 12,
    });
    // The fonts it names are on few machines; every one has a monospaced font.
    writeFileSync(PICTURE, `${svg.replace(/font-family="[^"]*"/, 'font-family="monospace"')}\n`);
    console.log(PICTURE);
}

if (require.main === module) {
    void main();
}
