/** Declares the arguments, options and help of `inceptc init`. */
import type { Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import type { InitOptions } from "../commands/init.ts";
import { examples } from "./shared-options.ts";

export function declareInit(program: Command, context: CommandContext): void {
  const command = program
    .command("init")
    .summary("copy one of the specifications that come with inceptc")
    .description(
      "Copies a specification that comes with inceptc, and the modules it imports, into a folder.\nExisting files are never replaced.",
    )
    .argument("[dir]", "the folder, created if it is missing (default: the current folder)")
    .option("-t, --template <name>", "the specification to start from", "starter")
    .option("--list", "print the names of the templates")
    .addHelpText(
      "after",
      examples("inceptc init", "inceptc init nets --template inception-v4", "inceptc init --list"),
    );
  onRun<InitOptions>(command, context, async ([dir], options) => {
    const { runInit } = await import("../commands/init.ts");
    return runInit(dir, options, context.terminal);
  });
}
