/** Runs `inceptc git-diff-driver`: compares the two versions of a file that git passes, network by network. */

import { displayMessage } from "../../compiler/diagnostics/display-text.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { readInputFile } from "../../node/read-input.ts";
import { findRootDirectory } from "../../node/root-directory.ts";
import { compareByName } from "../diff/compare-sides.ts";
import { createJudge } from "../diff/judge-comparison.ts";
import { type CheckedNetwork, loadNetworks } from "../diff/load-side.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { NOTHING } from "../network-reference.ts";
import { createMessagePrinter } from "../options.ts";
import type { Printer } from "../printer.ts";
import type { Terminal } from "../terminal.ts";
import { type DiffOptions, readAlignOptions, showComparison } from "./diff.ts";

/**
 * Git leaves the texts in temporary files; each stands for the file at its path, so that imports are found. They are read
 * as they are in the working tree, since git does not say which revision a text is of.
 *
 * Any exit code but 0 would end `git diff` before the remaining files, so a file that cannot be compared gives a
 * message instead.
 */
export async function runGitDiffDriver(
  [path = "", oldFile = "", , , newFile = "", , , newPath]: readonly string[],
  options: DiffOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (oldFile === "" && newFile === "") {
    // Git passes nothing but the path of a file with merge conflicts.
    terminal.stdout.write(`${displayMessage(path)}: not compared: it is not merged yet\n`);
    return EXIT_CODES.ok;
  }
  const printer = createMessagePrinter(options, terminal);
  const judge = createJudge(options, terminal);
  const align = readAlignOptions(options, terminal);
  try {
    const olds = networksOf(oldFile, path, options, printer, terminal);
    const news = networksOf(newFile, newPath ?? path, options, printer, terminal);
    const comparisons = compareByName(olds, news, align);
    if (comparisons.length === 0)
      terminal.stdout.write(`${displayMessage(path)}: not compared: it contains only modules\n`);
    for (const comparison of comparisons) showComparison(comparison, judge, options, terminal);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const sentence = displayMessage(`${path}: not compared: ${error.message}`);
    terminal.stdout.write(`${sentence}\n`);
  }
  return EXIT_CODES.ok;
}

function networksOf(
  file: string,
  path: string,
  options: DiffOptions,
  printer: Printer,
  { cwd }: Terminal,
): readonly CheckedNetwork[] {
  if (file === NOTHING) return [];
  const input = readInputFile(file, cwd);
  if ("problem" in input) throw new Failure(EXIT_CODES.unreadable, `${file} ${input.problem}`);
  const root = findRootDirectory(cwd);
  const host = createNodeHost({ cwd, root, overlay: { path, text: input.text } });
  const source = { path, host, network: undefined };
  return loadNetworks(source, options, printer, "all").networks;
}
