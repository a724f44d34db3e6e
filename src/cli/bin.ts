#!/usr/bin/env node
/** Owns the start of the `inceptc` process; everything else loads after the compile cache is on. */
import module from "node:module";

// Node 22.1 and later keep compiled code between runs; Node 20 has no such function.
if ("enableCompileCache" in module && typeof module.enableCompileCache === "function") {
  module.enableCompileCache();
}
const { runCli } = await import("./main.ts");
const { createProcessTerminal } = await import("./terminal.ts");
process.exitCode = await runCli(process.argv.slice(2), createProcessTerminal());
