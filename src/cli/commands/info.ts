/** Runs `inceptc info`: prints the versions and settings that belong in a bug report. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { TOOL_VERSION } from "../../compiler/core/tool-version.ts";
import { TARGETS } from "../../compiler/emit/targets.ts";
import { packageFolder } from "../../node/package-folder.ts";
import { findConfigFile, isJsonObject } from "../config-file.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { renderTable } from "../render-table.ts";
import type { Terminal } from "../terminal.ts";

/** What generated code may run on, as found from the current folder. */
const TFJS_PACKAGES = [
  "@tensorflow/tfjs",
  "@tensorflow/tfjs-node",
  "@tensorflow/tfjs-backend-wasm",
] as const;

export function runInfo(terminal: Terminal): ExitCode {
  const { cwd, stdout } = terminal;
  const rows: readonly (readonly [string, string])[] = [
    ["inceptc", `${TOOL_VERSION} in ${packageFolder()}`],
    ["Node", `${process.version} on ${process.platform} ${process.arch}`],
    ...TFJS_PACKAGES.map((name) => [name, installedVersion(name, cwd) ?? "not found"] as const),
    ["targets", TARGETS.map(({ name }) => name).join(", ")],
    ["configuration", findConfigFile(cwd)?.path ?? "none"],
  ];
  for (const line of renderTable(rows, ["left", "left"])) stdout.write(`${line}\n`);
  return EXIT_CODES.ok;
}

function installedVersion(name: string, cwd: string): string | undefined {
  try {
    const manifest: unknown = createRequire(join(cwd, "_"))(`${name}/package.json`);
    return isJsonObject(manifest) ? String(manifest.version) : undefined;
  } catch {
    return undefined;
  }
}
