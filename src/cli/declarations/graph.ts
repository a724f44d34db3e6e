/** Declares the arguments, options and help of `inceptc graph`. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Layout, Theme } from "../../compiler/index.ts";
import { type CommandContext, onRun } from "../command-context.ts";
import type { GraphCommandOptions } from "../commands/graph.ts";
import type { DrawnFormat } from "../own-output.ts";
import { addSourceOptions, collect, examples } from "./shared-options.ts";

/** The words that options take. Typed as records, so that none can be missing; the compiler itself loads later. */
const FORMATS: Readonly<Record<DrawnFormat, true>> = {
  svg: true,
  pdf: true,
  html: true,
  dot: true,
  mermaid: true,
};
const LAYOUTS: Readonly<Record<Layout, true>> = { down: true, right: true, columns: true };
const THEMES: Readonly<Record<Theme, true>> = { auto: true, light: true, dark: true };

/** By unit. */
const MILLIMETRES: Readonly<Record<string, number>> = {
  mm: 1,
  cm: 10,
  in: 25.4,
  pt: 25.4 / 72,
  px: 25.4 / 96,
};
/** Between a stamp and a poster. */
const WIDTHS = { least: 20, most: 2000 };

function toMillimetres(text: string): number {
  const [, amount = "", unit = ""] = /^(\d{1,5}(?:\.\d{1,4})?)(mm|cm|in|pt|px)$/.exec(text) ?? [];
  const length = Number(amount) * (MILLIMETRES[unit] ?? Number.NaN);
  if (amount !== "" && length >= WIDTHS.least && length <= WIDTHS.most) return length;
  throw new InvalidArgumentError(
    `A length with its unit is expected, such as 85mm, 8.5cm, 3.35in, 241pt or 600px, from ${WIDTHS.least}mm to ${WIDTHS.most}mm.`,
  );
}

export function declareGraph(program: Command, context: CommandContext): void {
  const command = program
    .command("graph")
    .summary("draw a network: SVG, PDF, a page to explore, DOT or Mermaid")
    .description(
      "Draws a network with the shape on every edge and the share of multiply-adds as colour. A module is one block, and a repeat is one\nblock with a count, unless it is expanded. Without a name it draws the first network of the file.",
    )
    .argument("<file>", "FILE or FILE:Network; - reads standard input")
    .argument("[head]", "with --diff: the new network")
    .addOption(
      new Option(
        "--format <format>",
        "picture format (default: by the extension of --out, or svg)",
      ).choices(Object.keys(FORMATS)),
    )
    .option("-o, --out <file>", "file or folder to write to (default: - for standard output)")
    .addOption(
      new Option(
        "--expand <path>",
        "show the contents of a module or repeat and of everything around it; all for everything; may be repeated",
      )
        .argParser(collect)
        .default([], "none"),
    )
    .option(
      "--diff",
      "draw FILE and HEAD, or a variant and its base, side by side with differences marked; sides are as in diff",
    )
    .option("--unchanged", "with --diff: show what is unchanged too, not one block for each run")
    .addOption(
      new Option("--theme <theme>", "colours of SVG and HTML; auto follows the reader's system")
        .choices(Object.keys(THEMES))
        .default("auto"),
    )
    .addOption(
      new Option(
        "--layout <layout>",
        "which way the tensors flow; columns breaks the network into several, of SVG and PDF",
      )
        .choices(Object.keys(LAYOUTS))
        .default("down"),
    )
    .addOption(
      new Option(
        "--width <length>",
        "width of SVG and PDF in print, such as 85mm, 3.35in or 600px; blocks get as narrow as it requires",
      ).argParser(toMillimetres),
    )
    .option("--no-heat", "leave out the share of the multiply-adds as fill colour")
    .option("--no-counts", "leave out parameters and multiply-adds")
    .option("--no-shapes", "leave out the shapes at the edges");
  command.option("--force", "also replace a file that is not a picture of this format");
  command.option("--watch", "draw again whenever a file that was read changes");
  addSourceOptions(command).addHelpText(
    "after",
    examples(
      "inceptc graph specs/inception-v4.incept > inception-v4.svg",
      "inceptc graph specs/inception-v4.incept --expand all --layout right --out figure.pdf",
      "inceptc graph specs/inception-resnet-v2.incept --expand a --expand stem --out net.html",
      "inceptc graph specs/inception-v4.incept --expand a --width 85mm --out inception-a.pdf",
      "inceptc graph net.incept:Small --format mermaid",
      "inceptc graph --diff HEAD:net.incept net.incept --expand a --out diff.svg",
    ),
  );
  onRun<GraphCommandOptions>(command, context, async ([file = "", head], options) => {
    const { runGraph } = await import("../commands/graph.ts");
    return runGraph(file, head, options, context.terminal);
  });
}
