/** Declares the argument and help of `inceptc explain`. */
import type { Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import { examples } from "./shared-options.ts";

export function declareExplain(program: Command, context: CommandContext): void {
  const command = program
    .command("explain")
    .summary("explain a finding, with a faulty and a corrected example")
    .description(
      "Explains a finding, with a faulty and a corrected example.\nWithout a code it lists all codes.",
    )
    .argument("[code]", "the code of a finding, such as shape/concat-mismatch")
    .addHelpText("after", examples("inceptc explain shape/concat-mismatch", "inceptc explain"));
  onRun(command, context, async ([code]) => {
    const { runExplain } = await import("../commands/explain.ts");
    return runExplain(code, context.terminal);
  });
}
