/** The links of the Markdown files that stay in the repository: to files, folders and headings. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const ROOT = join(__dirname, "..");
const FILES = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
    cwd: ROOT,
    encoding: "utf8",
})
    .split("\n")
    // A template's links are those of the page that is made of it.
    .filter((file) => file !== "" && existsSync(join(ROOT, file)) && !file.startsWith("tools/templates/"));

describe("links", () => {
    for (const file of FILES) {
        it(`of ${file} lead to something`, () => assert.deepEqual(brokenLinks(textOf(file), file), []));
    }

    const rows: readonly (readonly [when: string, text: string, broken: readonly string[]])[] = [
        ["a file that exists", "[a](README.md)", []],
        ["a folder that exists", "[a](docs/policies)", []],
        ["a file that does not exist", "[a](docs/nothing.md)", ["docs/nothing.md"]],
        ["a reference to a file that does not exist", "[a]\n\n[a]: docs/nothing.md", ["docs/nothing.md"]],
        ["a picture that does not exist", "![a](docs/nothing.png)", ["docs/nothing.png"]],
        ["a picture in HTML that does not exist", '<img src="docs/nothing.png">', ["docs/nothing.png"]],
        ["a heading of the page", "# `a.b` of A & B\n[a](#ab-of-a--b)", []],
        ["the second of two headings alike", "# A\n# A\n[a](#a-1)", []],
        ["the third of two headings alike", "# A\n# A\n[a](#a-2)", ["#a-2"]],
        ["a heading that does not exist", "# A\n[a](#b)", ["#b"]],
        ["a heading of another page that does not exist", "[a](SECURITY.md#nothing)", ["SECURITY.md#nothing"]],
        ["a heading of another page", "[a](SECURITY.md#secrets)", []],
        ["a heading in code", "```sh\n# a\n```\n[a](#a)", ["#a"]],
        ["a page elsewhere", "[a](https://example.com/nothing#b)", []],
        ["a link in code", "```md\n[a](nothing.md)\n```\n`[a](nothing.md)`", []],
    ];
    for (const [when, text, broken] of rows) {
        it(`to ${when}: ${broken.length === 0 ? "fine" : "broken"}`, () =>
            assert.deepEqual(brokenLinks(text, "page.md"), broken));
    }
});

function textOf(file: string): string {
    return readFileSync(join(ROOT, file), "utf8");
}

const LINKS = [/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g, /^\[[^\]]+\]:\s+<?(\S+?)>?$/gm, /\b(?:src|href)="([^"]+)"/g];

/** The links of a page that lead to no file and no heading. Those to other sites are left alone. */
function brokenLinks(text: string, page: string): string[] {
    const prose = withoutCode(text).replace(/`[^`\n]*`/g, "");
    const links = LINKS.flatMap((pattern) => [...prose.matchAll(pattern)].map(([, link = ""]) => link));
    return links.filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(link, page, text));
}

function leadsSomewhere(link: string, page: string, text: string): boolean {
    const [path = "", heading] = link.split("#");
    const target = path === "" ? page : normalize(join(dirname(page), decodeURIComponent(path)));
    if (path !== "" && !existsSync(join(ROOT, target))) {
        return false;
    }
    return heading === undefined || anchorsOf(path === "" ? text : textOf(target)).includes(heading);
}

/** The anchors that GitHub gives to headings: of headings alike, those after the first are numbered. */
function anchorsOf(text: string): string[] {
    const seen = new Map<string, number>();
    return [...withoutCode(text).matchAll(/^#{1,6} +(.+?)(?: +#+)?$/gm)].map(([, heading = ""]) => {
        const anchor = anchorOf(heading);
        const count = seen.get(anchor) ?? 0;
        seen.set(anchor, count + 1);
        return count === 0 ? anchor : `${anchor}-${count}`;
    });
}

function anchorOf(heading: string): string {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
    return plain
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-");
}

function withoutCode(text: string): string {
    return text.replace(/^ *(```+|~~~+)[^\n]*\n[\s\S]*?^ *\1 *$/gm, "");
}
