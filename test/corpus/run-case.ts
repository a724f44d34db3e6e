/** Runs a case of the corpus and returns the expected contents of each file beside its input. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type CompilerOptions,
  check,
  compile,
  type Diagnostic,
  renderDiagnostics,
  report,
  type SourceInput,
} from "../../src/compiler/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { parseClean } from "../support/parse-text.ts";
import { syntaxToJson } from "../support/syntax-json.ts";
import { dumpArchitecture } from "./dump-architecture.ts";
import type { CorpusCase } from "./find-cases.ts";

/** The files that a case may have; `diagnostics.txt` is absent exactly where there are none. */
export const EXPECTED_FILES = [
  "ast.json",
  "diagnostics.txt",
  "report.json",
  "ir.txt",
  "ir.json",
  "out.ts",
] as const;

export type ExpectedFile = (typeof EXPECTED_FILES)[number];

/** `options.json` of a case: limits, settings, the network, another main file; all optional. */
interface CaseOptions extends CompilerOptions {
  readonly main?: string;
}

function readOptions(folder: string): CaseOptions {
  const path = join(folder, "options.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as CaseOptions) : {};
}

/** The text that the compiler makes of the case for one of its files. */
export async function produce({ name, folder }: CorpusCase, file: ExpectedFile): Promise<string> {
  const host = createNodeHost({ cwd: folder, root: folder });
  const { main = "input.incept", ...options } = readOptions(folder);
  const input: SourceInput = { path: main, host };
  switch (file) {
    case "ast.json":
      return toJson(syntaxToJson(parseClean(readFileSync(join(folder, "input.incept"), "utf8"))));
    case "diagnostics.txt":
      // What only emission finds, a check does not see.
      return renderDiagnostics(
        (name.startsWith("emit/") ? await compile(input, options) : check(input, options))
          .diagnostics,
      );
    case "report.json":
      return toJson(demand(report(input, options).report, check(input, options).diagnostics));
    case "ir.txt":
      return dumpArchitecture(JSON.parse(await produce({ name, folder }, "ir.json")));
    case "ir.json":
    case "out.ts": {
      const target = file === "ir.json" ? "ir" : "tfjs-layers";
      const { files, diagnostics } = await compile(input, { ...options, target });
      const [first] = files;
      return String(demand(first, diagnostics).content);
    }
  }
}

function demand<T>(result: T | undefined, diagnostics: readonly Diagnostic[]): T {
  if (result === undefined) throw new Error(renderDiagnostics(diagnostics) || "no network");
  return result;
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
