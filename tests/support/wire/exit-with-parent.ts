// Preloaded into a served pack: it exits when its test does, and exits normally, so that coverage is written.
process.once("disconnect", () => process.exit());
