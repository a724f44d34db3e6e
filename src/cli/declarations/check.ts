/** Declares the arguments, options and help of `inceptc check`. */
import { type Command, Option } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import type { CheckOptions } from "../commands/check.ts";
import { addFormatOptions, addSourceOptions, examples } from "./shared-options.ts";

const FIX_LEVELS: readonly string[] = ["safe", "suggested"];

export function declareCheck(program: Command, context: CommandContext): void {
  const command = program
    .command("check")
    .summary("find every mistake in specifications")
    .description(
      "Finds every mistake in the given files in one pass. Files change only with --fix, which makes the safe repairs:\nthose that leave what is computed as it was written.\nFindings go to standard error; with --format json, github or sarif to standard output.",
    )
    .argument("<file...>", "FILE or FILE:Network; - reads standard input");
  addFormatOptions(command, "output format of the findings", ["text", "json", "github", "sarif"]);
  command.addOption(
    new Option(
      "--fix [level]",
      "apply safe fixes to the files; --fix=suggested also those that change what is computed",
    ).choices([...FIX_LEVELS]),
  );
  nameFixLevel(command);
  command.option("--watch", "check again whenever a file that was read changes");
  addSourceOptions(command).addHelpText(
    "after",
    examples(
      "inceptc check specs/*.incept",
      "inceptc check net.incept:Narrow --set classes=10",
      "inceptc check --json net.incept > findings.json",
      "inceptc check --fix net.incept",
      "inceptc check --fix=suggested net.incept",
      "inceptc check - --stdin-filepath specs/net.incept < unsaved.incept",
    ),
  );
  onRun<CheckOptions>(command, context, async (files, options) => {
    const { runCheck } = await import("../commands/check.ts");
    return runCheck(files, options, context.terminal);
  });
}

/** `--fix` alone is `--fix=safe`. An argument after it that is no level is a file: commander would take it for the level. */
function nameFixLevel(command: Command): void {
  const parseOptions = command.parseOptions.bind(command);
  command.parseOptions = (args) => {
    const end = args.includes("--") ? args.indexOf("--") : args.length;
    return parseOptions(
      args.map((arg, index) =>
        arg === "--fix" && index < end && !FIX_LEVELS.includes(args[index + 1] ?? "")
          ? "--fix=safe"
          : arg,
      ),
    );
  };
}
