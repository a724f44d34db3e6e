#!/usr/bin/env node
/** Entry point of the built `inceptc` process: loads the program with compiled code from an earlier run, or from the build. */
import module, { createRequire } from "node:module";
import { join } from "node:path";
import type * as Program from "./run.ts";
import { createScriptLoader } from "./script-loader.ts";

const { runProcess } = load(join(import.meta.dirname, "program/run.cjs")) as typeof Program;
await runProcess();

function load(path: string): unknown {
  // Node 22.8 and later keep compiled code between runs.
  if ("enableCompileCache" in module && typeof module.enableCompileCache === "function") {
    module.enableCompileCache();
    return createRequire(import.meta.url)(path);
  }
  return createScriptLoader().load(path);
}
