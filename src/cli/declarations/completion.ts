/** Declares the arguments and help of `inceptc completion`. */
import { Argument, type Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import type { Shell } from "../completion/render-completion.ts";
import { examples } from "./shared-options.ts";

const SHELLS: readonly Shell[] = ["bash", "zsh", "fish", "pwsh"];

export function declareCompletion(program: Command, context: CommandContext): void {
  const command = program
    .command("completion")
    .summary("print a script that completes inceptc's commands in a shell")
    .description("Prints a script that completes inceptc's commands, options and files in a shell.")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .addHelpText(
      "after",
      examples(
        "inceptc completion bash > ~/.local/share/bash-completion/completions/inceptc",
        "inceptc completion zsh > ~/.zfunc/_inceptc",
        "inceptc completion fish > ~/.config/fish/completions/inceptc.fish",
        "inceptc completion pwsh >> $PROFILE",
      ),
    );
  onRun(command, context, async ([word]) => {
    const shell = SHELLS.find((one) => one === word) ?? "bash";
    const { runCompletion } = await import("../commands/completion.ts");
    return runCompletion(shell, program, context.terminal);
  });
}
