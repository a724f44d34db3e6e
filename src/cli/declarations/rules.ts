/** Declares the arguments, options and help of `inceptc rules` and `inceptc schema`. */
import type { Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import type { RulesOptions } from "../commands/rules.ts";
import { addFormatOptions, colorOption, examples } from "./shared-options.ts";

export function declareRules(program: Command, context: CommandContext): void {
  const command = program
    .command("rules")
    .summary("list the kinds of differences that diff finds")
    .description("Lists the kinds of differences that `inceptc diff` finds, by class.");
  addFormatOptions(command, "output format of the list", ["text", "json"]);
  command.addOption(colorOption()).addHelpText("after", examples("inceptc rules"));
  onRun<RulesOptions>(command, context, async (_, options) => {
    const { runRules } = await import("../commands/rules.ts");
    return runRules(options, context.terminal);
  });
}

export function declareSchema(program: Command, context: CommandContext): void {
  const command = program
    .command("schema")
    .summary("print the JSON Schema of an output")
    .description("Prints the JSON Schema of a command's --json output.")
    .argument("<output>", "diff or review")
    .addHelpText("after", examples("inceptc schema diff"));
  onRun(command, context, async ([output = ""]) => {
    const { runSchema } = await import("../commands/rules.ts");
    return runSchema(output, context.terminal);
  });
}
