/**
 * Runs mocha for Stryker, in one process for all mutants. Stryker's own runner for mocha 12 needs Node 22.
 *
 * Each run is of the tests that reach the mutant only, so that it takes milliseconds.
 */

import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { commonTokens, declareClassPlugin, PluginKind, tokens } from "@stryker-mutator/api/plugin";
import {
    DryRunStatus,
    determineHitLimitReached,
    TestStatus,
    toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import Mocha, { Runner } from "mocha";

const { EVENT_TEST_PASS, EVENT_TEST_FAIL } = Runner.constants;

/** The results of the last run: a test by its full title. */
class Recorder {
    static tests = [];

    constructor(runner) {
        const tests = [];
        Recorder.tests = tests;
        runner.on(EVENT_TEST_PASS, (test) => tests.push(resultOf(test, { status: TestStatus.Success })));
        // Where a hook fails, mocha names the hook in place of the test.
        runner.on(EVENT_TEST_FAIL, (test, { message }) =>
            tests.push(resultOf(test.ctx?.currentTest ?? test, { status: TestStatus.Failed, failureMessage: message })),
        );
    }
}

/** The test files in a folder; or a test file itself. */
function testsIn(path) {
    if (statSync(path).isFile()) {
        return [path];
    }
    return readdirSync(path, { recursive: true })
        .filter((name) => name.endsWith(".test.ts"))
        .map((name) => join(path, name))
        .sort();
}

function resultOf(test, result) {
    return {
        id: test.fullTitle(),
        name: test.fullTitle(),
        timeSpentMs: test.duration ?? 0,
        fileName: test.file,
        ...result,
    };
}

class InProcessRunner {
    static inject = tokens(commonTokens.options);

    constructor({ inProcess }) {
        this.options = inProcess;
        // What the mutated code reads: the name is the one that Stryker writes into it.
        globalThis.__stryker__ ??= {};
        this.context = globalThis.__stryker__;
    }

    capabilities() {
        return { reloadEnvironment: false };
    }

    async init() {
        const require = createRequire(resolve("package.json"));
        for (const name of this.options.require) {
            require(name);
        }
        this.mocha = new Mocha({ reporter: Recorder, timeout: 0 });
        this.mocha.cleanReferencesAfterRun(false);
        for (const file of this.options.tests.flatMap(testsIn)) {
            this.mocha.addFile(resolve(file));
        }
        const { context } = this;
        this.mocha.suite.beforeEach(function () {
            context.currentTestId = this.currentTest.fullTitle();
        });
        await this.mocha.loadFilesAsync();
    }

    async dryRun({ disableBail }) {
        const result = await this.run(disableBail);
        return { ...result, mutantCoverage: this.context.mutantCoverage };
    }

    async mutantRun({ activeMutant, testFilter, disableBail, hitLimit }) {
        this.context.activeMutant = activeMutant.id;
        this.context.hitLimit = hitLimit;
        this.context.hitCount = hitLimit === undefined ? undefined : 0;
        const titles = new Set(testFilter);
        // Mocha asks for each full title whether it matches.
        this.mocha.grep({ test: (title) => testFilter === undefined || titles.has(title) });
        return toMutantRunResult(await this.run(disableBail));
    }

    async run(disableBail) {
        setBail(this.mocha.suite, !disableBail);
        await new Promise((done) => this.mocha.run(done));
        return (
            determineHitLimitReached(this.context.hitCount, this.context.hitLimit) ?? {
                status: DryRunStatus.Complete,
                tests: Recorder.tests,
            }
        );
    }

    dispose() {
        this.mocha?.dispose();
    }
}

function setBail(suite, bail) {
    suite.bail(bail);
    for (const inner of suite.suites) {
        setBail(inner, bail);
    }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessRunner)];
