/** Owns `inceptc diff`: what differs between two networks, whether weights still fit, and what it costs. */
import { basename, dirname, resolve } from "node:path";
import {
  type Comparison,
  compareNetworks,
  compareWithNothing,
  DIFF_RULE_IDS,
  type DiffRuleId,
  type Finding,
  type FindingClass,
  isAtLeast,
  isDiffRuleId,
  type NetworkDiff,
  type SelectedFindings,
  selectFindings,
} from "../../compiler/index.ts";
import { WriteError, writeFiles } from "../../node/write-files.ts";
import { type CostLimit, keepsLimit, parseCostLimit } from "../diff/cost-limit.ts";
import {
  costRows,
  counted,
  countSentence,
  type DiffView,
  sameSentence,
} from "../diff/diff-sentences.ts";
import type { CheckedNetwork } from "../diff/load-side.ts";
import { loadSides } from "../diff/load-sides.ts";
import { readApprovals, readPathMap, toPathMapText } from "../diff/read-diff-files.ts";
import { renderDiffGithub } from "../diff/render-diff-github.ts";
import { renderDiffHtml } from "../diff/render-diff-html.ts";
import { renderDiffMarkdown } from "../diff/render-diff-markdown.ts";
import { type DiffDepth, renderDiffText } from "../diff/render-diff-text.ts";
import { renderDiffUnified } from "../diff/render-diff-unified.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { startLaps } from "../laps.ts";
import { createMessagePrinter, type SharedOptions } from "../options.ts";
import { createPrinter } from "../printer.ts";
import { nearest } from "../suggestion.ts";
import type { Terminal } from "../terminal.ts";

export interface DiffOptions extends SharedOptions {
  readonly format: "text" | "json" | "unified" | "markdown" | "github" | "html";
  readonly level: DiffDepth;
  readonly stat?: true;
  readonly all?: true;
  readonly only: readonly string[];
  readonly exclude: readonly string[];
  readonly ignore: readonly string[];
  readonly ignoreNames?: true;
  readonly map?: string;
  readonly mapOnly?: true;
  readonly emitMap?: string;
  readonly approvals?: string;
  readonly exitCode?: true;
  readonly failOn?: FindingClass | "any";
  readonly maxParams?: string;
  readonly maxMacs?: string;
}

/** Compares two sides; one side alone is a variant, and is compared with the network that it is made from. */
export async function runDiff(
  base: string,
  head: string | undefined,
  options: DiffOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const printer = createMessagePrinter(options, terminal);
  const settings = readSettings(options, terminal);
  const laps = startLaps();
  const [one, other] = await loadSides(base, head, options, terminal, printer);
  laps.end("load");
  const comparison = compareSides(one, other, settings);
  laps.end("compare");
  const exitCode = showComparison(comparison, options, settings, terminal);
  laps.end("print");
  if (options.stats) laps.print(printer);
  return exitCode;
}

/** What the options say of findings and limits, once files are read and names are known. */
export interface DiffSettings {
  readonly map: ReturnType<typeof readPathMap> | undefined;
  readonly mapOnly: boolean;
  readonly approved: ReadonlySet<string> | undefined;
  readonly ignore: ReadonlySet<DiffRuleId>;
  readonly limits: readonly (readonly ["params" | "macs", CostLimit])[];
}

export function readSettings(options: DiffOptions, terminal: Terminal): DiffSettings {
  const { map, mapOnly, approvals, maxParams, maxMacs } = options;
  if (mapOnly && map === undefined) {
    throw new Failure(EXIT_CODES.usage, "--map-only needs a map", "name one by --map FILE");
  }
  return {
    map: map === undefined ? undefined : readPathMap(map, terminal),
    mapOnly: mapOnly === true,
    approved: approvals === undefined ? undefined : readApprovals(approvals, terminal),
    ignore: new Set(options.ignore.map(toRule)),
    limits: [
      ...(maxParams === undefined ? [] : [["params", toLimit("--max-params", maxParams)] as const]),
      ...(maxMacs === undefined ? [] : [["macs", toLimit("--max-macs", maxMacs)] as const]),
    ],
  };
}

function toRule(id: string): DiffRuleId {
  if (isDiffRuleId(id)) return id;
  const help = nearest(id, DIFF_RULE_IDS) ?? "inceptc rules lists them";
  throw new Failure(EXIT_CODES.usage, `there is no rule \`${id}\``, help);
}

function toLimit(option: string, text: string): CostLimit {
  const limit = parseCostLimit(text);
  if (limit) return limit;
  throw new Failure(
    EXIT_CODES.usage,
    `\`${option} ${text}\` is not a limit`,
    `for example ${option} 13G, ${option} +2% or ${option} +100K`,
  );
}

export function compareSides(
  base: CheckedNetwork | undefined,
  head: CheckedNetwork | undefined,
  { map, mapOnly }: DiffSettings,
): Comparison {
  if (base && head) return compareNetworks(base, head, { mapOnly, ...(map ? { map } : {}) });
  if (head) return compareWithNothing(head, "head");
  if (base) return compareWithNothing(base, "base");
  throw new Failure(EXIT_CODES.usage, "both sides are empty");
}

/** Prints what was found in the form that was asked for, and gives the exit code that it means. */
export function showComparison(
  comparison: Comparison,
  options: DiffOptions,
  settings: DiffSettings,
  terminal: Terminal,
): ExitCode {
  const { diff, renamedPaths } = comparison;
  const { only, exclude, ignoreNames, all, emitMap } = options;
  const { ignore, approved } = settings;
  const selected = selectFindings(diff.findings, {
    only,
    exclude,
    ignore,
    ignoreNames: ignoreNames === true,
    all: all === true || options.failOn === "any",
    ...(approved ? { approved } : {}),
  });
  if (emitMap !== undefined) writeMap(emitMap, renamedPaths, terminal);
  // Forms for programs are what was asked for, however quiet.
  const isWanted = !options.quiet || options.format !== "text";
  if (isWanted) writeComparison(comparison, selected, options, terminal);
  const broken = brokenLimits(diff, settings);
  const printer = createMessagePrinter(options, terminal);
  for (const line of broken) printer.line(printer.style.error(line));
  const unused = (approved?.size ?? 0) - new Set(selected.approved.map(fingerprintOf)).size;
  if (unused > 0 && !options.quiet) {
    printer.line(`${counted(unused, "approval")} in ${options.approvals} without a finding`);
  }
  const hasFailed =
    broken.length > 0 ||
    (options.exitCode === true && selected.findings.length > 0) ||
    failsOn(selected, options.failOn);
  return hasFailed ? EXIT_CODES.findings : EXIT_CODES.ok;
}

function fingerprintOf({ fingerprint }: Finding): string {
  return fingerprint;
}

function failsOn({ findings }: SelectedFindings, failOn: DiffOptions["failOn"]): boolean {
  if (failOn === undefined) return false;
  return findings.some(({ class: of }) => failOn === "any" || isAtLeast(of, failOn));
}

function brokenLimits({ cost }: NetworkDiff, { limits }: DiffSettings): readonly string[] {
  return limits.flatMap(([name, limit]) => {
    if (keepsLimit(limit, cost[name])) return [];
    const { base, head } = cost[name];
    const most = limit.most(base);
    if (head === null || most === undefined) return [`--max-${name} ${limit.text}: not known`];
    return [`--max-${name} ${limit.text}: ${head} is more than ${Math.floor(most)}`];
  });
}

function writeMap(path: string, paths: ReadonlyMap<string, string>, { cwd }: Terminal): void {
  const target = resolve(cwd, path);
  try {
    writeFiles(dirname(target), [{ fileName: basename(target), text: toPathMapText(paths) }]);
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    throw new Failure(EXIT_CODES.unreadable, `${path} ${error.reason}`);
  }
}

function writeComparison(
  { diff, outline }: Comparison,
  selected: SelectedFindings,
  options: DiffOptions,
  terminal: Terminal,
): void {
  const view: DiffView = { diff, selected };
  const printer = createPrinter(terminal.stdout, terminal.env, options.color);
  switch (options.format) {
    case "text":
      printer.write(options.stat ? statLines(view) : renderDiffText(view, options.level, printer));
      break;
    case "unified":
      printer.write(renderDiffUnified(view, outline(), printer));
      break;
    case "json":
      terminal.stdout.write(
        `${JSON.stringify({ ...diff, findings: selected.findings }, null, 2)}\n`,
      );
      break;
    case "markdown":
      terminal.stdout.write(renderDiffMarkdown(view));
      break;
    case "github":
      terminal.stdout.write(renderDiffGithub(view));
      break;
    case "html":
      terminal.stdout.write(renderDiffHtml(view, outline()));
      break;
  }
}

/** Counts alone, a line each. */
function statLines(view: DiffView): string {
  const costs = costRows(view)
    .filter(([, , , delta]) => delta !== "")
    .map(([name, , , delta, share]) => `${name} ${delta}${share === "" ? "" : ` (${share})`}`);
  return [
    sameSentence(view) ?? countSentence(view.selected),
    `weights ${view.diff.weights.verdict}`,
    ...(costs.length > 0 ? [costs.join(", ")] : []),
    "",
  ].join("\n");
}
