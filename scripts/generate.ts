/**
 * Writes generated/: what the compiler makes of the networks of specs/. With `--check` it writes nothing and fails where a
 * file is missing, stale or left over.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { compile, type GeneratedFile, renderDiagnostics } from "../src/compiler/index.ts";
import { createNodeHost } from "../src/node/node-host.ts";
import { compareFile, writeFiles } from "../src/node/write-files.ts";

import { GENERATED_NETWORKS } from "./generated-networks.ts";

const ROOT = join(import.meta.dirname, "..");
const FOLDER = join(ROOT, "generated");

async function compileAll(): Promise<readonly GeneratedFile[]> {
  const host = createNodeHost({ cwd: ROOT, root: ROOT });
  const files: GeneratedFile[] = [];
  for (const { path, network, fileName } of GENERATED_NETWORKS) {
    const result = await compile({ path, host }, { network });
    const [file] = result.files;
    if (file?.fileName !== fileName) {
      const why = renderDiagnostics(result.diagnostics);
      throw new Error(
        `${path}:${network} gives ${file?.fileName ?? "nothing"}, not ${fileName}\n${why}`,
      );
    }
    files.push(file);
  }
  return files;
}

const files = await compileAll();
const names = new Set(files.map(({ fileName }) => fileName));
const present = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
const leftOver = present.filter((name) => name.endsWith(".ts") && !names.has(name));
if (process.argv.includes("--check")) {
  const stale = files.filter((file) => compareFile(FOLDER, file) !== "unchanged");
  const wrong = [...stale.map(({ fileName }) => fileName), ...leftOver];
  for (const name of wrong) console.error(`generated/${name} is not what the compiler writes now`);
  if (wrong.length > 0) {
    console.error("npm run generate writes it anew");
    process.exitCode = 1;
  }
} else {
  writeFiles(FOLDER, files);
  for (const name of leftOver) rmSync(join(FOLDER, name));
}
