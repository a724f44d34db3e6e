/** Loads the checked networks of one side; a side with errors cannot be compared and is a failure. */
import {
  type AnalyzeResult,
  analyze,
  type CompilerCache,
  type Diagnostic,
} from "../../compiler/index.ts";
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
): Omit<AnalyzedSide, "errors"> {
  const { errors, networks, names } = analyzeSide(source, options, unnamed);
  requireNetwork(source, names, errors);
  printFindings(errors, options, printer);
  if (errors.length > 0) {
    throw new Failure(EXIT_CODES.unreadable, `${source.path} has errors, so nothing was compared`);
  }
  return { networks, names };
}

export interface AnalyzedSide {
  /** None where there are errors. */
  readonly networks: readonly CheckedNetwork[];
  /** Names of all networks of the file. */
  readonly names: readonly string[];
  readonly errors: readonly Diagnostic[];
}

/** The network that is named, or the file's first or all, if nothing is wrong with them. */
export function analyzeSide(
  { path, host, network }: Source,
  options: SharedOptions,
  unnamed: "first" | "all",
  cache?: CompilerCache,
): AnalyzedSide {
  const { checked, diagnostics, networks } = analyze(
    { path, host },
    {
      ...toCompilerOptions(options),
      ...(network === undefined ? {} : { network }),
      ...(cache === undefined ? {} : { cache }),
    },
    unnamed,
  );
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return { networks: errors.length > 0 ? [] : checked(), names: networks, errors };
}
