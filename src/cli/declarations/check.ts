/** Declares the arguments, options and help of `inceptc check`. */
import type { Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import type { CheckOptions } from "../commands/check.ts";
import { addFormatOptions, addSourceOptions, examples } from "./shared-options.ts";

export function declareCheck(program: Command, context: CommandContext): void {
  const command = program
    .command("check")
    .summary("find every mistake in specifications")
    .description(
      "Finds every mistake in the given files in one pass. Files change only with --fix.\nFindings go to standard error; with --format json, github or sarif to standard output.",
    )
    .argument("<file...>", "FILE or FILE:Network; - reads standard input");
  addFormatOptions(command, "output format of the findings", ["text", "json", "github", "sarif"]);
  command.option("--fix", "apply quick fixes to the files");
  command.option("--watch", "check again whenever a file that was read changes");
  addSourceOptions(command).addHelpText(
    "after",
    examples(
      "inceptc check specs/*.incept",
      "inceptc check net.incept:Narrow --set classes=10",
      "inceptc check --json net.incept > findings.json",
      "inceptc check --fix net.incept",
      "inceptc check - --stdin-filepath specs/net.incept < unsaved.incept",
    ),
  );
  onRun<CheckOptions>(command, context, async (files, options) => {
    const { runCheck } = await import("../commands/check.ts");
    return runCheck(files, options, context.terminal);
  });
}
