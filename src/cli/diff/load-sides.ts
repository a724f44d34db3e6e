/** Loads base and head from the arguments of a comparison; a single argument is a variant, compared with its base. */
import { check, listFiles } from "../../compiler/index.ts";
import { othersThan } from "../choose-network.ts";
import { toCompilerOptions } from "../compiler-options.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { namesStdin } from "../network-reference.ts";
import { type SharedOptions, toSourceOptions } from "../options.ts";
import type { Printer } from "../printer.ts";
import type { Source } from "../source.ts";
import type { Terminal } from "../terminal.ts";
import { type CheckedNetwork, loadSide } from "./load-side.ts";
import { openSide } from "./open-side.ts";

/** Base and head; without a head, base is a variant. An empty side is `undefined`. */
export async function loadSides(
  base: string,
  head: string | undefined,
  options: SharedOptions,
  terminal: Terminal,
  printer: Printer,
): Promise<readonly [CheckedNetwork | undefined, CheckedNetwork | undefined]> {
  if (head === undefined) return loadVariant(base, options, terminal, printer);
  if (namesStdin(base) && namesStdin(head)) {
    throw new Failure(EXIT_CODES.usage, "standard input can be only one of the sides");
  }
  const sourceOptions = toSourceOptions(options, terminal);
  return [
    firstOf(await openSide(base, sourceOptions, terminal), options, printer),
    firstOf(await openSide(head, sourceOptions, terminal), options, printer),
  ];
}

function firstOf(
  source: Source | undefined,
  options: SharedOptions,
  printer: Printer,
): CheckedNetwork | undefined {
  if (!source) return undefined;
  const { network, names } = loadSide(source, options, printer);
  const others =
    source.network === undefined && othersThan(network.architecture.name, source.path, names);
  if (others && !options.quiet) printer.line(others);
  return network;
}

/** The variant and its declared base, which may be in an imported file. */
async function loadVariant(
  argument: string,
  options: SharedOptions,
  terminal: Terminal,
  printer: Printer,
): Promise<readonly [CheckedNetwork, CheckedNetwork]> {
  const source = await openSide(argument, toSourceOptions(options, terminal), terminal);
  const variant = source && loadSide(source, options, printer).network;
  const name = variant?.architecture.base;
  if (!source || !variant || name === undefined) {
    throw new Failure(
      EXIT_CODES.usage,
      `${variant?.architecture.name ?? argument} is not a variant, so it needs a second network to compare with`,
      "inceptc diff BASE HEAD",
    );
  }
  for (const path of listFiles(source)) {
    const candidate = { ...source, path, network: name };
    const { networks } = check({ path, host: source.host }, toCompilerOptions(options));
    if (!networks.includes(name)) continue;
    return [loadSide(candidate, options, printer).network, variant];
  }
  throw new Failure(
    EXIT_CODES.unreadable,
    `the network ${name}, the base of ${variant.architecture.name}, was not found`,
  );
}
