/**
 * Failures and hints about which network of a file is meant: an unknown name, no network, or the first one by default.
 */
import { displayMessage } from "../compiler/diagnostics/display-text.ts";
import type { Diagnostic } from "../compiler/index.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import type { Source } from "./source.ts";
import { nearest } from "./suggestion.ts";

/**
 * Throws a {@link Failure} when `source` names a network that is not among those of the file. A file that could not be read
 * as a specification declares none: its errors say why.
 */
export function requireNetwork(
  { path, network }: Source,
  networks: readonly string[],
  diagnostics: readonly Diagnostic[],
): void {
  if (network === undefined || networks.includes(network)) return;
  if (networks.length === 0 && diagnostics.some(({ severity }) => severity === "error")) return;
  const help =
    nearest(network, networks, (name) => `${path}:${name}`) ??
    (networks.length > 0 ? `it has ${networks.join(", ")}` : "it declares no network");
  throw new Failure(EXIT_CODES.usage, `${path} has no network \`${network}\``, help);
}

/** The sentence for a file that holds modules at most. */
export function noNetworkIn(path: string): Failure {
  return new Failure(
    EXIT_CODES.findings,
    `${path} declares no network`,
    "write `network Name { input 299x299x3 … }`, or name a file that declares one",
  );
}

/** Says which other networks the file has, once one was taken by default. */
export function othersThan(
  chosen: string,
  file: string,
  networks: readonly string[],
): string | undefined {
  const path = displayMessage(file);
  const others = networks.filter((name) => name !== chosen);
  if (others.length === 0) return undefined;
  return `${chosen} is the first of ${networks.length} networks in ${path}; name another as ${path}:Name: ${others.join(", ")}`;
}
