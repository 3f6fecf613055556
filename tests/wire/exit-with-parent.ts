// Preloaded into a served pack: it ends with the test that started it, and ends properly, so that coverage is written.
process.once("disconnect", () => process.exit());
