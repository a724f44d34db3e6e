/** Runs `inceptc completion`: prints the completion script of a shell. */
import type { Command } from "commander";
import { renderCompletion, type Shell } from "../completion/render-completion.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";

export function runCompletion(shell: Shell, program: Command, terminal: Terminal): ExitCode {
  terminal.stdout.write(renderCompletion(shell, program));
  return EXIT_CODES.ok;
}
