/** Declares the arguments, options and help of `inceptc fmt`. */
import type { Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import type { FmtOptions } from "../commands/fmt.ts";
import { colorOption, examples, limitOption } from "./shared-options.ts";

export function declareFmt(program: Command, context: CommandContext): void {
  const command = program
    .command("fmt")
    .summary("lay specifications out in the canonical form")
    .description(
      "Lays specifications out in the canonical form: indentation, spaces, columns. Line breaks and\ncomments stay. Prints the result, unless an option says what else to do with it.",
    )
    .argument("<file...>", "FILE; - reads standard input")
    .option("-w, --write", "write the files that change, and name them")
    .option(
      "--check",
      "write nothing; name the files that would change, and exit 1 if there are any",
    )
    .option("--diff", "print what would change, as a unified diff")
    .option("--stdin-filepath <path>", "the path that standard input stands for")
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
