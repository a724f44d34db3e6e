/** Owns how `inceptc report` is called. */
import type { Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import type { ReportOptions } from "../commands/report.ts";
import { addFormatOptions, addSourceOptions, examples, toCount } from "./shared-options.ts";

export function declareReport(program: Command, context: CommandContext): void {
  const command = program
    .command("report")
    .summary("say what a network costs: parameters, multiply-adds, memory")
    .description(
      "Says what a network costs: parameters, multiply-adds, FLOPs, depth, receptive field, memory, and all of it by module.\nWithout a name it reports on the first network of the file, or on the first variant where there is none.",
    )
    .argument("<file>", "FILE or FILE:Network; - reads standard input");
  addFormatOptions(command, "form of the report", ["text", "json", "csv", "markdown"]);
  command.option("--levels <n>", "how deep to list blocks within blocks", toCount, 1);
  addSourceOptions(command).addHelpText(
    "after",
    examples(
      "inceptc report specs/inception-v4.incept",
      "inceptc report specs/inception-v4.incept:InceptionV4Slim1001 --json",
      "inceptc report specs/inception-v4.incept --levels 2",
      "inceptc report net.incept --set classes=10 --format csv > modules.csv",
    ),
  );
  onRun<ReportOptions>(command, context, async ([file = ""], options) => {
    const { runReport } = await import("../commands/report.ts");
    return runReport(file, options, context.terminal);
  });
}
