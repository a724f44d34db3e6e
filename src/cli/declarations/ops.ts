/** Declares the arguments, options and help of `inceptc ops`. */
import type { Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import type { OpsOptions } from "../commands/ops.ts";
import { addFormatOptions, colorOption, examples } from "./shared-options.ts";

export function declareOps(program: Command, context: CommandContext): void {
  const command = program
    .command("ops")
    .summary("list the operators with their attributes, defaults and ranges")
    .description(
      "Lists the operators of the language. With a name it shows one operator's attributes with defaults and ranges.",
    )
    .argument("[operator]", "the name of an operator, such as conv");
  addFormatOptions(command, "output format of the list", ["text", "json"]);
  command
    .addOption(colorOption())
    .addHelpText("after", examples("inceptc ops", "inceptc ops conv", "inceptc ops --json"));
  onRun<OpsOptions>(command, context, async ([operator], options) => {
    const { runOps } = await import("../commands/ops.ts");
    return runOps(operator, options, context.terminal);
  });
}
