/** Declares the help of `inceptc info`. */
import type { Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import { examples } from "./shared-options.ts";

export function declareInfo(program: Command, context: CommandContext): void {
  const command = program
    .command("info")
    .summary("print versions and paths for a bug report")
    .description(
      "Prints the versions of inceptc, Node and TensorFlow.js, and the active configuration file.",
    )
    .addHelpText("after", examples("inceptc info"));
  onRun(command, context, async () => {
    const { runInfo } = await import("../commands/info.ts");
    return runInfo(context.terminal);
  });
}
