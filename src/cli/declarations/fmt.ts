/** Declares the arguments, options and help of `inceptc fmt`. */
import type { Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import type { FmtOptions } from "../commands/fmt.ts";
import { colorOption, examples, limitOption } from "./shared-options.ts";

export function declareFmt(program: Command, context: CommandContext): void {
  const command = program
    .command("fmt")
    .summary("format specifications")
    .description(
      "Formats specifications: indentation, spaces, columns. Line breaks and comments stay as they are.\nPrints the result, unless an option says otherwise.",
    )
    .argument("<file...>", "FILE; - reads standard input")
    .option("-w, --write", "write the files that change, and print their names")
    .option(
      "--check",
      "write nothing; print the names of files that would change, and exit 1 if there are any",
    )
    .option("--diff", "print what would change, as a unified diff")
    .option("--stdin-filepath <path>", "the path to report for standard input")
    .addOption(limitOption())
    .addOption(colorOption())
    .addHelpText(
      "after",
      examples(
        "inceptc fmt -w specs/*.incept",
        "inceptc fmt --check specs/*.incept",
        "inceptc fmt --diff net.incept",
        "inceptc fmt - < unsaved.incept",
      ),
    );
  onRun<FmtOptions>(command, context, async (files, options) => {
    const { runFmt } = await import("../commands/fmt.ts");
    return runFmt(files, options, context.terminal);
  });
}
