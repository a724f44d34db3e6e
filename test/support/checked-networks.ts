/** Shortcuts to networks without errors for tests: from a text, or from the bundled specs. */
import { resolve } from "node:path";
import { analyze } from "../../src/compiler/compile.ts";
import type { CheckedArchitecture } from "../../src/compiler/ir/shaped.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { describeFindings } from "./parse-text.ts";

export const REPOSITORY = resolve(import.meta.dirname, "../..");

/** The first network of a text, which must have no errors. */
export function checkedText(text: string): CheckedArchitecture {
  return first(analyze(text, {}, "first"), text);
}

/** The first network with these statements and this input. */
export function checkedStatements(statements: string, input = "16x16x3"): CheckedArchitecture {
  return checkedText(`network N {\n  input ${input}\n${statements}\n}`);
}

/** A network or variant of a spec, by the spec's path from the repository. */
export function checkedSpec(path: string, network: string): CheckedArchitecture {
  const host = createNodeHost({ cwd: REPOSITORY, root: REPOSITORY });
  return first(analyze({ path, host }, { network }), `${path}:${network}`);
}

/** All networks and variants of a spec. */
export function checkedNetworks(path: string): readonly CheckedArchitecture[] {
  const host = createNodeHost({ cwd: REPOSITORY, root: REPOSITORY });
  const { diagnostics, checked } = analyze({ path, host });
  const all = checked();
  if (all.length === 0) throw new Error(describeFindings(diagnostics).join("\n"));
  return all;
}

function first(
  { checked, diagnostics }: ReturnType<typeof analyze>,
  source: string,
): CheckedArchitecture {
  const [network] = checked();
  if (!network) throw new Error(`${source}\n${describeFindings(diagnostics).join("\n")}`);
  return network;
}
