/** Runs `inceptc diff`: compares two networks and prints differences, whether weights still fit, and costs. */
import { basename, dirname, resolve } from "node:path";
import type { AlignOptions, Comparison } from "../../compiler/index.ts";
import { compareSides } from "../diff/compare-sides.ts";
import { costRows, countSentence, type DiffView, sameSentence } from "../diff/diff-sentences.ts";
import {
  createJudge,
  type Judge,
  type Judgement,
  type JudgeOptions,
} from "../diff/judge-comparison.ts";
import { loadSides } from "../diff/load-sides.ts";
import { isPathMap, readPathMap, toPathMapText } from "../diff/read-diff-files.ts";
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
import type { Terminal } from "../terminal.ts";
import { writeOutputs } from "../write-output.ts";

export interface DiffOptions extends SharedOptions, JudgeOptions {
  readonly format: "text" | "json" | "unified" | "markdown" | "github" | "html";
  readonly level: DiffDepth;
  readonly stat?: true;
  readonly map?: string;
  readonly mapOnly?: true;
  readonly emitMap?: string;
  readonly force?: true;
}

/** Compares two sides; one side alone is a variant, and is compared with its base. */
export async function runDiff(
  base: string,
  head: string | undefined,
  options: DiffOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const printer = createMessagePrinter(options, terminal);
  const judge = createJudge(options, terminal);
  const align = readAlignOptions(options, terminal);
  const laps = startLaps(options);
  const [one, other] = await loadSides(base, head, options, terminal, printer);
  laps.end("load");
  const comparison = compareSides(one, other, align);
  laps.end("compare");
  const exitCode = showComparison(comparison, judge, options, terminal);
  laps.end("print");
  laps.print(printer);
  return exitCode;
}

/** How parts are matched. Throws a {@link Failure} for a map that cannot be read. */
export function readAlignOptions(
  { map, mapOnly }: Pick<DiffOptions, "map" | "mapOnly">,
  terminal: Terminal,
): AlignOptions {
  if (mapOnly && map === undefined) {
    throw new Failure(EXIT_CODES.usage, "--map-only needs a map", "pass one with --map FILE");
  }
  return map === undefined ? {} : { map: readPathMap(map, terminal), mapOnly: mapOnly === true };
}

/** Prints what was found in the form that was asked for, and gives the exit code that it means. */
export function showComparison(
  comparison: Comparison,
  { judge, unusedApprovals }: Judge,
  options: DiffOptions,
  terminal: Terminal,
): ExitCode {
  const judgement = judge(comparison);
  const { emitMap } = options;
  if (emitMap !== undefined) writeMap(emitMap, comparison.renamedPaths, options, terminal);
  // Formats for programs are printed in full even with --quiet.
  const isWanted = !options.quiet || options.format !== "text";
  if (isWanted) writeComparison(comparison, judgement, options, terminal);
  const printer = createMessagePrinter(options, terminal);
  for (const line of judgement.brokenLimits) printer.line(printer.style.error(line));
  const unused = unusedApprovals([judgement]);
  if (unused !== undefined && !options.quiet) printer.line(unused);
  return judgement.hasFailed ? EXIT_CODES.findings : EXIT_CODES.ok;
}

function writeMap(
  path: string,
  paths: ReadonlyMap<string, string>,
  { force }: DiffOptions,
  terminal: Terminal,
): void {
  const target = resolve(terminal.cwd, path);
  const file = { fileName: basename(target), content: toPathMapText(paths) };
  writeOutputs(dirname(target), [file], { isOwn: isPathMap, force }, terminal);
}

function writeComparison(
  { outline }: Comparison,
  judgement: Judgement,
  options: DiffOptions,
  terminal: Terminal,
): void {
  const printer = createPrinter(terminal.stdout, terminal.env, options.color);
  switch (options.format) {
    case "text":
      printer.write(
        options.stat ? statLines(judgement) : renderDiffText(judgement, options.level, printer),
      );
      break;
    case "unified":
      printer.write(renderDiffUnified(judgement, outline(), printer));
      break;
    case "json":
      terminal.stdout.write(
        `${JSON.stringify({ ...judgement.diff, findings: judgement.selected.findings }, null, 2)}\n`,
      );
      break;
    case "markdown":
      terminal.stdout.write(renderDiffMarkdown(judgement));
      break;
    case "github":
      terminal.stdout.write(renderDiffGithub(judgement));
      break;
    case "html":
      terminal.stdout.write(renderDiffHtml(judgement, outline()));
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
