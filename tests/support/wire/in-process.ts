/** Required first, keeps the rows of tables in the process of the tests; see `table.ts`. */

process.env.ROWS = "in-process";
