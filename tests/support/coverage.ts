/** Measures the coverage of the tests themselves, and not that of the many programs that they start: c8 would read it all. */

// Node has read the variable when it started; what a worker of mocha starts gets none.
if (process.env.MOCHA_WORKER_ID !== undefined) {
    delete process.env.NODE_V8_COVERAGE;
}
