/**
 * The pipeline on one page: all phases in order, and the conditions (gates) between them.
 *
 *     parse → bind → declarations → elaborate → infer → budgets → lint → lower → emit
 *
 * The first three always run. Every network is then elaborated and inferred as far as its errors allow; everything made
 * from a network requires a program without errors. `analyze/with-cache.ts` caches results between calls.
 */
import { analyzeNetwork, type ShapedNetwork, toChecked } from "./analyze/analyze-network.ts";
import { createIgnores } from "./analyze/apply-ignores.ts";
import { isClaim } from "./analyze/blame-edits.ts";
import { checkUnusedModules } from "./analyze/check-unused-modules.ts";
import { createCache } from "./analyze/compiler-cache.ts";
import { declare, type Program } from "./analyze/declare.ts";
import { createLevels } from "./analyze/lint-levels.ts";
import { lintProgram } from "./analyze/lint-program.ts";
import { IGNORE_PHASES, type OnPhaseEnd, type Phase } from "./analyze/phase.ts";
import { type CheckedProgram, chooseNetworks, type ProgramQuestion } from "./analyze/question.ts";
import { withCache } from "./analyze/with-cache.ts";
import type { ElaborateAt } from "./check/infer-at-size.ts";
import { inferShapes } from "./check/infer-shapes.ts";
import type {
  AnalyzeResult,
  CompileOptions,
  CompileResult,
  CompilerOptions,
} from "./compiler-options.ts";
import { limitsWith } from "./core/limits.ts";
import { checkBudgets } from "./cost/check-budgets.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import {
  createDiagnosticCollector,
  hasErrors,
  type Outcome,
  sortDiagnostics,
} from "./diagnostics/outcome.ts";
import { elaborateNetwork } from "./elaborate/elaborate-network.ts";
import type { NetworkSource } from "./elaborate/network-source.ts";
import { createFileCollector } from "./emit/collect-files.ts";
import { outputName } from "./emit/output-name.ts";
import { targetNamed } from "./emit/targets.ts";
import type { SourceInput } from "./host.ts";
import { isComplete } from "./ir/is-complete.ts";
import { verifyArchitecture } from "./ir/verify.ts";
import { lower } from "./lower/lower.ts";
import { bind } from "./names/bind.ts";
import { parseFiles } from "./names/parse-files.ts";

/** Code for the named network, or for every network of the file. */
export async function compile(
  input: SourceInput,
  options: CompileOptions = {},
): Promise<CompileResult> {
  const { diagnostics, networks, checked, withoutIgnored, specHash } = analyze(input, options);
  const { add, report, diagnostics: all } = createDiagnosticCollector();
  add(diagnostics);
  const files = createFileCollector(report);
  for (const one of checked()) {
    verifyArchitecture(one);
    const request = { baseName: outputName(one.architecture), specHash, tf: options.tf };
    const graph = lower(one.root);
    options.onPhaseEnd?.("lower");
    const emitted = await targetNamed(options.target).emit(one, graph, request);
    add(withoutIgnored(emitted.diagnostics));
    for (const file of emitted.value) files.add(file, one.architecture);
    options.onPhaseEnd?.("emit");
  }
  // Gate: all or nothing. If one network fails, no files are returned.
  const written = hasErrors(all) ? [] : files.files();
  return { diagnostics: sortDiagnostics(all), networks, files: written };
}

/** The phases up to checked architectures, from which reports, code and comparisons are made. */
export function analyze(
  input: SourceInput,
  options: CompilerOptions = {},
  unnamed: "all" | "first" = "all",
): AnalyzeResult {
  const { network: name, cache = createCache(), set = {}, onPhaseEnd = IGNORE_PHASES } = options;
  const limits = limitsWith(options.limits);
  const phases = withCache({ parse: parseFiles, bind, declare, checkNetworks }, cache);
  const { add, diagnostics: found } = createDiagnosticCollector();
  const after = <Value>(phase: Phase, { value, diagnostics }: Outcome<Value>): Value => {
    add(diagnostics);
    onPhaseEnd(phase);
    return value;
  };
  const files = after("parse", phases.parse(input, limits));
  const bound = after("bind", phases.bind(files));
  const program = after("declarations", phases.declare(bound, { limits, set }));
  const question = { name, unnamed, lintOptions: options, onPhaseEnd };
  const { value, diagnostics } = phases.checkNetworks(program, found, question);
  return {
    diagnostics: sortDiagnostics(diagnostics),
    networks: program.networks.map(({ declaration }) => declaration.name.text),
    checked: value.checked,
    withoutIgnored: value.ignores.apply,
    specHash: program.hash,
  };
}

/** The requested networks, each on its own; then the findings about the program as a whole. */
function checkNetworks(
  program: Program,
  found: readonly Diagnostic[],
  question: ProgramQuestion,
): Outcome<CheckedProgram> {
  const { name, unnamed, lintOptions, onPhaseEnd } = question;
  const { add, report, diagnostics: all } = createDiagnosticCollector();
  add(found);
  const networks = chooseNetworks(program, question, found, report).flatMap((network) => {
    // Gate: a declaration with errors of its own has no source.
    const source = program.sourceOf(network);
    if (!source) return [];
    const analyzed = analyzeNetwork(source, (edited) => shape(edited, program, onPhaseEnd));
    add(analyzed.diagnostics);
    return [{ ...analyzed.value, network }];
  });
  const isWhole = name === undefined && unnamed === "all";
  const lone = isWhole ? checkUnusedModules(program, networks) : { value: [], diagnostics: [] };
  add(lone.diagnostics);
  onPhaseEnd("infer");
  // Gate: errors come first. A misspelt name is one unknown name, and not also one unused name.
  const isSound = !hasErrors(all);
  const levelOf = createLevels(lintOptions);
  if (isSound) add(lintProgram(program, networks, lone.value, levelOf));
  onPhaseEnd("lint");
  const ignores = createIgnores(program.bound, levelOf);
  const diagnostics = [...ignores.apply(all), ...ignores.check(isSound && isWhole)];
  // Gate: a program with errors gives nothing. Computed on demand, since a check does not need it.
  const checked: CheckedProgram["checked"] = () =>
    hasErrors(diagnostics) ? [] : networks.map(toChecked).filter((one) => one !== undefined);
  return { value: { checked, ignores }, diagnostics };
}

/** Elaborates one network, infers its shapes and checks its budgets. */
function shape(source: NetworkSource, program: Program, onEnd: OnPhaseEnd): Outcome<ShapedNetwork> {
  const { report, diagnostics, add } = createDiagnosticCollector();
  const { value: architecture, ...elaborated } = elaborateNetwork(
    source,
    program.facts,
    program.options,
  );
  add(elaborated.diagnostics);
  onEnd("elaborate");
  if (!architecture) return { value: {}, diagnostics };
  const root = inferShapes(architecture, report, { shared: program.shapes });
  onEnd("infer");
  // Gate: costs of an incomplete network would be wrong. A contradicted shape does no harm: `width` contradicts nearly all.
  const isSound = diagnostics.every(({ code, severity }) => severity !== "error" || isClaim(code));
  if (isSound && isComplete(root)) checkBudgets(architecture, root, report);
  onEnd("budgets");
  const elaborateAt: ElaborateAt = (height, width) =>
    elaborateNetwork(source, program.facts, program.options, [height, width]);
  const resizing = architecture.readsSizes ? { elaborateAt } : {};
  return { value: { architecture, root, ...resizing }, diagnostics };
}
