/** Loads, binds and checks the declarations of a source, so that any network in it can be elaborated. */
import type { SharedShapes } from "../check/infer-shapes.ts";
import { fingerprint } from "../core/fingerprint.ts";
import type { Limits } from "../core/limits.ts";
import { remember } from "../core/remember.ts";
import { createSourceFile, type SourceFile } from "../core/source-file.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticCollector, type Outcome, type Report } from "../diagnostics/outcome.ts";
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
import type { CompilerHost } from "../host.ts";
import { bind } from "../names/bind.ts";
import type { BindCache } from "../names/bind-cache.ts";
import type { BoundFile, BoundNetwork, BoundProgram } from "../names/bound-program.ts";
import { loadFiles, type ParseCache, sourceFor } from "../names/load-files.ts";
import type { OnPhaseEnd } from "./phase.ts";

/** The text of a file that imports nothing, or a file that a host can read, together with what it imports. */
export type SourceInput = string | { readonly path: string; readonly host: CompilerHost };

/** Values for network parameters: numbers and truth values, or text in the language (`3x3`, `relu`, `2 * 8`). */
export type Settings = Readonly<Record<string, string | number | boolean>>;

export interface Program {
  readonly bound: BoundProgram;
  readonly facts: FileFacts;
  readonly options: ElaborateOptions;
  /** Where inferred shapes are kept from one network to the next. */
  readonly shapes: SharedShapes;
  /** The networks and variants of the main file, networks first, each in the order of the file. */
  readonly networks: readonly BoundNetwork[];
  /** Stands for the texts of all files and the settings. */
  readonly hash: string;
  /** What there is to elaborate; nothing where the declaration has errors of its own. */
  sourceOf(network: BoundNetwork): NetworkSource | undefined;
}

/** Remembers programs, and what was made of modules that did not change since. */
export interface OpenCache extends ParseCache, BindCache {
  readonly instances: SharedInstances;
  readonly shapes: SharedShapes;
  /** By bound program, then by limits and settings. */
  readonly opened: WeakMap<BoundProgram, Map<string, Outcome<Program>>>;
}

export interface OpenOptions {
  readonly limits: Limits;
  readonly set: Settings;
  readonly cache: OpenCache;
  readonly onPhaseEnd: OnPhaseEnd;
}

/** What a text without a path is called in messages. */
const NAMELESS = "input.incept";

const NO_FILES: CompilerHost = {
  read: () => ({ problem: "not-found" }),
  resolve: (specifier) => specifier,
};

export function openProgram(input: SourceInput, options: OpenOptions): Outcome<Program> {
  const { report, add, diagnostics } = createDiagnosticCollector();
  const host = typeof input === "string" ? NO_FILES : input.host;
  const main =
    typeof input === "string"
      ? sourceFor(NAMELESS, input, options.cache)
      : readMain(input.path, host, options.cache, report);
  const files = loadFiles(main, host, options.limits, options.cache);
  add(files.diagnostics);
  options.onPhaseEnd("parse");
  const bound = bind(files.value, options.cache);
  add(bound.diagnostics);
  options.onPhaseEnd("bind");
  const { limits, set, cache } = options;
  const key = JSON.stringify([limits, set]);
  const opened = remember(cache.opened, bound.value, key, () => openBound(bound.value, options));
  add(opened.diagnostics);
  options.onPhaseEnd("declarations");
  return { value: opened.value, diagnostics };
}

function openBound(bound: BoundProgram, { limits, set, cache }: OpenOptions): Outcome<Program> {
  const { report, add, diagnostics } = createDiagnosticCollector();
  const declarations = checkDeclarations(bound);
  add(declarations.diagnostics);
  const { broken } = declarations.value;
  const settings = readSettings(set, limits, bound.main, add);
  const { tree, networks } = bound.main;
  const program: Program = {
    bound,
    hash: fingerprint([...bound.files.map(({ source }) => source.text), JSON.stringify(set)]),
    facts: createFileFacts(bound, report),
    options: {
      limits,
      shared: cache.instances,
      isBroken: (module) => broken.has(module.declaration),
    },
    shapes: cache.shapes,
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

function readMain(path: string, host: CompilerHost, cache: ParseCache, report: Report): SourceFile {
  const result = host.read(path);
  if ("text" in result) return sourceFor(path, result.text, cache);
  const file = createSourceFile(path, "");
  const detail =
    result.detail ?? (result.problem === "not-found" ? "it does not exist" : result.problem);
  report("name/file-not-readable", { file, start: 0, end: 0 }, { path, detail });
  return file;
}

/** Values from outside are `set` edits after all others. */
function readSettings(
  set: Settings,
  limits: Limits,
  file: BoundFile,
  add: (diagnostics: readonly Diagnostic[]) => void,
): readonly PlacedEdit[] {
  return Object.entries(set).flatMap(([name, value]) => {
    const { value: edit, diagnostics } = parseSetting(name, String(value), file, limits);
    add(diagnostics);
    return edit ? [{ edit, file }] : [];
  });
}
