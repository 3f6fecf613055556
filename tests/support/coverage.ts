/** Measures the coverage of the tests themselves, and not that of the many programs that they start: c8 would read it all. */

// Node has read the variable when it started; what a worker of mocha starts gets none.
if (process.env.MOCHA_WORKER_ID !== undefined && process.env.NODE_V8_COVERAGE !== undefined) {
    // Without the variable Node keeps source maps only if it is asked to, and c8 would take the lines of JavaScript for ours.
    process.setSourceMapsEnabled(true);
    // For the one program that is measured all the same: the pack's own server runs in no other.
    process.env.SERVER_COVERAGE = process.env.NODE_V8_COVERAGE;
    delete process.env.NODE_V8_COVERAGE;
}
