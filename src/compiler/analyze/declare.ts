/** Checks the declarations of a bound program, and prepares it for elaborating any network in it. */
import type { SharedShapes } from "../check/infer-shapes.ts";
import { fingerprint } from "../core/fingerprint.ts";
import type { Limits } from "../core/limits.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticCollector, type Outcome } from "../diagnostics/outcome.ts";
import { checkDeclarations } from "../elaborate/check-declarations.ts";
import {
  createFileFacts,
  type ElaborateOptions,
  type FileFacts,
} from "../elaborate/create-elaboration.ts";
import {
  type NetworkSource,
  networkSourceOf,
  type PlacedEdit,
} from "../elaborate/network-source.ts";
import { parseSetting } from "../elaborate/parse-setting.ts";
import type { SharedInstances } from "../elaborate/shared-instances.ts";
import type { BoundNetwork, BoundProgram } from "../names/bound-program.ts";
import type { Names } from "../names/resolution.ts";

/** Values for network parameters: numbers and truth values, or text in the language (`3x3`, `relu`, `2 * 8`). */
export type Settings = Readonly<Record<string, string | number | boolean>>;

export interface Program {
  readonly bound: BoundProgram;
  readonly facts: FileFacts;
  readonly options: ElaborateOptions;
  /** Inferred shapes, shared between networks. */
  readonly shapes: SharedShapes;
  /** The networks and variants of the main file, networks first, each in the order of the file. */
  readonly networks: readonly BoundNetwork[];
  /** A hash of the texts of all files and the settings. */
  readonly hash: string;
  /** The source to elaborate; nothing if the declaration itself has errors. */
  sourceOf(network: BoundNetwork): NetworkSource | undefined;
}

export interface DeclareOptions {
  readonly limits: Limits;
  readonly set: Settings;
}

/** What was made of modules that did not change since. */
export interface DeclareCache {
  readonly instances: SharedInstances;
  readonly shapes: SharedShapes;
}

/** Checks every declaration on its own; the networks of those without errors can be elaborated. */
export function declare(
  bound: BoundProgram,
  { limits, set }: DeclareOptions,
  { instances, shapes }: DeclareCache,
): Outcome<Program> {
  const { report, add, diagnostics } = createDiagnosticCollector();
  const declarations = checkDeclarations(bound);
  add(declarations.diagnostics);
  const { broken } = declarations.value;
  const { edits: settings, names } = readSettings(set, limits, bound, add);
  const { tree, networks } = bound.main;
  const program: Program = {
    bound,
    hash: fingerprint([...bound.files.map(({ source }) => source.text), JSON.stringify(set)]),
    facts: createFileFacts(bound.files, names, report),
    options: {
      limits,
      shared: instances,
      isBroken: (module) => broken.has(module.declaration),
    },
    shapes,
    networks: [...tree.networks, ...tree.variants].flatMap((declaration) => {
      const network = networks.get(declaration.name.text);
      return network?.declaration === declaration ? [network] : [];
    }),
    sourceOf: (network) => {
      const source = networkSourceOf(network, (declaration) => broken.has(declaration));
      return source && { ...source, edits: [...source.edits, ...settings] };
    },
  };
  return { value: program, diagnostics };
}

/** Values from outside are `set` edits after all others. */
function readSettings(
  set: Settings,
  limits: Limits,
  { main, names: ofProgram }: BoundProgram,
  add: (diagnostics: readonly Diagnostic[]) => void,
): { readonly edits: readonly PlacedEdit[]; readonly names: Names } {
  const edits: PlacedEdit[] = [];
  let names: Names = ofProgram;
  for (const [name, value] of Object.entries(set)) {
    const { value: setting, diagnostics } = parseSetting(name, String(value), main, names, limits);
    add(diagnostics);
    if (!setting) continue;
    edits.push({ edit: setting.edit, file: main });
    names = setting.names;
  }
  return { edits, names };
}
