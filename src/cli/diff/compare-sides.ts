/** Compares the networks of two sides: one with another or with nothing, or all of two files matched by name. */
import {
  type AlignOptions,
  type Comparison,
  compareNetworks,
  compareWithNothing,
} from "../../compiler/index.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { CheckedNetwork } from "./load-side.ts";

export function compareSides(
  base: CheckedNetwork | undefined,
  head: CheckedNetwork | undefined,
  options: AlignOptions,
): Comparison {
  if (base && head) return compareNetworks(base, head, options);
  if (head) return compareWithNothing(head, "head");
  if (base) return compareWithNothing(base, "base");
  throw new Failure(EXIT_CODES.usage, "both sides are empty");
}

/** Every network of either side with the one that has its name: in the order of head, then those that only base has. */
export function compareByName(
  base: readonly CheckedNetwork[],
  head: readonly CheckedNetwork[],
  options: AlignOptions,
): readonly Comparison[] {
  const bases = byName(base);
  const heads = byName(head);
  const names = new Set([...heads.keys(), ...bases.keys()]);
  return [...names].map((name) => compareSides(bases.get(name), heads.get(name), options));
}

function byName(networks: readonly CheckedNetwork[]): ReadonlyMap<string, CheckedNetwork> {
  return new Map(networks.map((network) => [network.architecture.name, network]));
}
