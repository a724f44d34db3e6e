/** Loads a network, the names of its tensors and a checkpoint, and fits one to the other. */
import { resolve } from "node:path";
import { type LayersResult, layers } from "../../../compiler/index.ts";
import { readFileBytes } from "../../../node/file-bytes.ts";
import {
  type Checkpoint,
  type CheckpointFit,
  fitCheckpoint,
  type Naming,
  parseNamings,
} from "../../../weights/index.ts";
import { noNetworkIn, requireNetwork } from "../../choose-network.ts";
import { toCompilerOptions } from "../../compiler-options.ts";
import { EXIT_CODES, type ExitCode } from "../../exit-codes.ts";
import { Failure } from "../../failure.ts";
import { createMessagePrinter, type SharedOptions, toSourceOptions } from "../../options.ts";
import { exitCodeOf, printFindings } from "../../print-findings.ts";
import { openSource, type Source } from "../../source.ts";
import { nearest } from "../../suggestion.ts";
import type { Terminal } from "../../terminal.ts";
import { failOnBadCheckpoint } from "./open-weights.ts";

export interface WeightsOptions extends SharedOptions {
  readonly format: "text" | "json";
  readonly names?: string;
  readonly naming?: string;
}

/** A network and the names by which a checkpoint was fitted to it. */
export interface Fitted {
  readonly network: string;
  readonly naming: Naming;
  readonly fit: CheckpointFit;
}

/** A specification that was opened, with the namings for it. */
export interface NamedSource {
  readonly source: Source;
  readonly namings: readonly Naming[];
  readonly networks: readonly string[];
  /** Fits a checkpoint to one network by one naming. */
  fit(checkpoint: Checkpoint, network: string, naming: Naming): Fitted;
}

/** Opens both files. Gives an exit code where the specification has errors, which are printed then. */
export async function openNamedSource(
  argument: string,
  options: WeightsOptions,
  terminal: Terminal,
): Promise<NamedSource | ExitCode> {
  const printer = createMessagePrinter(options, terminal);
  const source = await openSource(argument, toSourceOptions(options, terminal), terminal, () => {});
  const compilerOptions = toCompilerOptions(options);
  const lowerNetwork = (network: string | undefined): LayersResult =>
    layers(source, { ...compilerOptions, ...(network === undefined ? {} : { network }) });
  const { diagnostics, networks, lowered } = lowerNetwork(source.network);
  requireNetwork(source, networks, diagnostics);
  printFindings(diagnostics, options, printer);
  const exitCode = exitCodeOf(diagnostics, options, printer);
  if (exitCode !== EXIT_CODES.ok) return exitCode;
  if (lowered === undefined) throw noNetworkIn(source.path);
  return {
    source,
    namings: await readNamings(source, options, terminal),
    networks,
    fit(checkpoint, network, naming) {
      const graph =
        network === lowered.network ? lowered.graph : lowerNetwork(network).lowered?.graph;
      if (graph === undefined) throw noNetworkIn(source.path);
      return { network, naming, fit: fitCheckpoint(graph, naming, checkpoint) };
    },
  };
}

/** Names of 10,000 modules are about a megabyte. */
const MAX_NAMES_BYTES = 16 * 1024 * 1024;

async function readNamings(
  { path }: Source,
  { names }: WeightsOptions,
  { cwd }: Terminal,
): Promise<readonly Naming[]> {
  const file = names ?? path.replace(/(\.incept)?$/, ".names.json");
  const read = readFileBytes(resolve(cwd, file), {
    maxBytes: MAX_NAMES_BYTES,
    allowStreams: false,
  });
  if ("bytes" in read) {
    return failOnBadCheckpoint(async () =>
      parseNamings(file, new TextDecoder().decode(read.bytes)),
    );
  }
  const reason = read.problem === "not-found" ? "does not exist" : read.detail;
  throw new Failure(
    EXIT_CODES.unreadable,
    `the file of names ${file} ${reason}`,
    "it says what a framework calls the layers of a network: pass one with --names; docs/weights.md shows how to write it",
  );
}

/** The naming that the options name, or the one that is for the network; each that is for it where there are several. */
export function namingsFor(
  network: string,
  { naming }: WeightsOptions,
  { namings }: NamedSource,
): readonly Naming[] {
  if (naming !== undefined) {
    const named = namings.find(({ name }) => name === naming);
    if (named !== undefined) return [named];
    const known = namings.map(({ name }) => name);
    throw new Failure(
      EXIT_CODES.usage,
      `there are no names called \`${naming}\``,
      nearest(naming, known) ?? `there are ${known.join(", ")}`,
    );
  }
  const own = namings.filter(({ networks }) => networks.includes(network));
  if (own.length > 0) return own;
  const others = namings.map(({ name, networks }) => `${name} (for ${networks.join(", ")})`);
  throw new Failure(
    EXIT_CODES.usage,
    `no names are for the network ${network}`,
    `pass --naming with one of ${others.join("; ")}`,
  );
}

/** The best of several fits: the one with the better verdict, then with more tensors. */
export function bestOf(fits: readonly Fitted[]): Fitted {
  const [best] = [...fits].sort(
    (a, b) => rankOf(b.fit) - rankOf(a.fit) || faultsOf(a.fit) - faultsOf(b.fit),
  );
  if (best === undefined) throw new RangeError("nothing was fitted");
  return best;
}

const VERDICTS = ["none", "partial", "permuted", "full"] as const;

function rankOf({ verdict }: CheckpointFit): number {
  return VERDICTS.indexOf(verdict);
}

function faultsOf({ missing, mismatched, extra }: CheckpointFit): number {
  return missing.length + mismatched.length + extra.length;
}

/** Every network with every naming that is for it. */
export function fitAll(source: NamedSource, checkpoint: Checkpoint): readonly Fitted[] {
  return source.networks.flatMap((network) =>
    source.namings
      .filter(({ networks }) => networks.includes(network))
      .map((naming) => source.fit(checkpoint, network, naming)),
  );
}

export function fitsWhole({ verdict }: CheckpointFit): boolean {
  return verdict === "full" || verdict === "permuted";
}
