#!/usr/bin/env node
/** Entry point of the `inceptc` process; everything else is loaded after the compile cache is on. */
import module from "node:module";
import v8 from "node:v8";

if ("enableCompileCache" in module && typeof module.enableCompileCache === "function") {
  module.enableCompileCache();
} else {
  // Node 20 keeps no compiled code between runs. Most runs are over before optimised code would pay for its making; what
  // takes long still gets it, later.
  v8.setFlagsFromString("--interrupt-budget=4000000");
}
const { runCli } = await import("./main.ts");
const { createProcessTerminal } = await import("./terminal.ts");
process.exitCode = await runCli(process.argv.slice(2), createProcessTerminal());
