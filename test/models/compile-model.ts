/** Compiles the text of a specification and loads the generated code. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile, renderDiagnostics, type SourceInput } from "../../src/compiler/index.ts";
import type { GeneratedModule } from "./run-model.ts";

/** Ignored by git; below the root, so that the tests' loader finds tfjs from there. */
const FOLDER = join(import.meta.dirname, "../../.cache/models");

/** Compiles the first network of a source and imports the result; `name` tells the files of tests apart. */
export async function compileModel(name: string, source: SourceInput): Promise<GeneratedModule> {
  const { files, diagnostics } = await compile(source);
  const [file] = files;
  if (!file) throw new Error(renderDiagnostics(diagnostics));
  return loadGenerated(name, String(file.content));
}

/** Imports the text of a generated file. */
export async function loadGenerated(name: string, text: string): Promise<GeneratedModule> {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.ts`);
  writeFileSync(path, text);
  return import(/* @vite-ignore */ path);
}
