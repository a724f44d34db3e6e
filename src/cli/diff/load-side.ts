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
  readonly network: CheckedNetwork;
  /** Names of all networks of the file. */
  readonly names: readonly string[];
}

/**
 * The network that is named, or the file's first. A side with errors cannot be compared: they are printed, and a
 * {@link Failure} with exit code 3 is thrown, so that it never looks like no change.
 */
export function loadSide(source: Source, options: SharedOptions, printer: Printer): LoadedSide {
  const { networks, names } = loadNetworks(source, options, printer, "first");
  const [network] = networks;
  if (!network) throw noNetworkIn(source.path);
  return { network, names };
}

/** All networks that a file declares, perhaps none; throws as {@link loadSide} does. */
export function loadNetworks(
  source: Source,
  options: SharedOptions,
  printer: Printer,
  unnamed: "first" | "all",
): { readonly networks: readonly CheckedNetwork[]; readonly names: readonly string[] } {
  const { path, host, network } = source;
  const named = network === undefined ? {} : { network };
  const compilerOptions = { ...toCompilerOptions(options), ...named };
  const { checked, diagnostics, networks } = analyze({ path, host }, compilerOptions, unnamed);
  requireNetwork(source, networks);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  printFindings(errors, options, printer);
  if (errors.length > 0) {
    throw new Failure(EXIT_CODES.unreadable, `${path} has errors, so nothing was compared`);
  }
  return { networks: checked(), names: networks };
}
