/** Owns getting from an opened side of a comparison to its networks, without errors or not at all. */
import { type AnalyzeResult, analyze } from "../../compiler/index.ts";
import { noNetworkIn, requireNetwork } from "../choose-network.ts";
import { toCompilerOptions } from "../compiler-options.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { SharedOptions } from "../options.ts";
import { printFindings } from "../print-findings.ts";
import type { Printer } from "../printer.ts";
import type { Source } from "../source.ts";

export type CheckedNetwork = ReturnType<AnalyzeResult["checked"]>[number];

export interface LoadedSide {
  /** At least one. */
  readonly found: readonly [CheckedNetwork, ...CheckedNetwork[]];
  /** Names of all networks of the file. */
  readonly names: readonly string[];
}

/**
 * The network that is named, or the file's first; all of them for `all`. A side with errors cannot be compared: they are
 * printed, and a {@link Failure} with exit code 3 is thrown, so that it never looks like no change.
 */
export function loadSide(
  source: Source,
  options: SharedOptions,
  printer: Printer,
  unnamed: "first" | "all",
): LoadedSide {
  const { path, host, network } = source;
  const { checked, diagnostics, networks } = analyze(
    { path, host },
    { ...toCompilerOptions(options), ...(network === undefined ? {} : { network }) },
    unnamed,
  );
  requireNetwork(source, networks);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  printFindings(errors, options, printer);
  if (errors.length > 0) {
    throw new Failure(EXIT_CODES.unreadable, `${path} has errors, so nothing was compared`);
  }
  const [first, ...others] = checked();
  if (!first) throw noNetworkIn(path);
  return { found: [first, ...others], names: networks };
}
