/** Puts compiled code beside the files of the built command line, for versions of Node that do not keep it themselves. */
import { writeFileSync } from "node:fs";
import module from "node:module";
import { join } from "node:path";
import type * as Program from "../../src/cli/run.ts";
import { compiledPath, createScriptLoader } from "../../src/cli/script-loader.ts";
import type { Terminal } from "../../src/cli/terminal.ts";

const ROOT = join(import.meta.dirname, "../..");
const SPEC = "specs/inception-v4.incept";

/** What they execute is stored. */
const COMMANDS: readonly (readonly string[])[] = [
  ["check", SPEC],
  ["report", SPEC],
  ["diff", `${SPEC}:InceptionV4Timm`],
];

const silent = { write: () => {}, isTty: false };
const terminal: Terminal = {
  cwd: ROOT,
  env: {},
  stdout: silent,
  stderr: silent,
  stdinIsTty: false,
  readStdin: async () => new Uint8Array(),
  interruption: () => new AbortController().signal,
};

if (!("enableCompileCache" in module)) await writeCompiledCode();

async function writeCompiledCode(): Promise<void> {
  const loader = createScriptLoader();
  const { runCli } = loader.load(join(ROOT, "dist/program/run.cjs")) as typeof Program;
  for (const args of COMMANDS) {
    const exitCode = await runCli(args, terminal);
    if (exitCode !== 0) throw new Error(`inceptc ${args.join(" ")} ended with ${exitCode}`);
  }
  for (const [path, script] of loader.scripts) {
    writeFileSync(compiledPath(path), script.createCachedData());
  }
}
