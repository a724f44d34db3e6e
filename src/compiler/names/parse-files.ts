/** Parses the main file, wherever its text comes from, and all files that it imports. */
import { createSourceFile, type SourceFile } from "../core/source-file.ts";
import { createDiagnosticCollector, type Outcome, type Report } from "../diagnostics/outcome.ts";
import type { CompilerHost, SourceInput } from "../host.ts";
import {
  type LoadedFile,
  type LoadLimits,
  loadFiles,
  type ParseCache,
  sourceFor,
} from "./load-files.ts";

/** The name of a text without a path in messages. */
const NAMELESS = "input.incept";

const NO_FILES: CompilerHost = {
  read: () => ({ problem: "not-found" }),
  resolve: (specifier) => specifier,
};

/** The main file comes first; it is empty where it cannot be read. */
export function parseFiles(
  input: SourceInput,
  limits: LoadLimits,
  cache: ParseCache,
): Outcome<readonly LoadedFile[]> {
  const { report, add, diagnostics } = createDiagnosticCollector();
  const host = typeof input === "string" ? NO_FILES : input.host;
  const main =
    typeof input === "string"
      ? sourceFor(NAMELESS, input, cache)
      : readMain(input.path, host, cache, report);
  const files = loadFiles(main, host, limits, cache);
  add(files.diagnostics);
  return { value: files.value, diagnostics };
}

function readMain(path: string, host: CompilerHost, cache: ParseCache, report: Report): SourceFile {
  const result = host.read(path);
  if ("text" in result) return sourceFor(path, result.text, cache);
  const file = createSourceFile(path, "");
  const detail =
    result.detail ?? (result.problem === "not-found" ? "it does not exist" : result.problem);
  report("name/file-not-readable", { file, start: 0, end: 0 }, { path, detail });
  return file;
}
