/** The error that ends a command early, with one sentence for the user and an exit code. */
import type { ExitCode } from "./exit-codes.ts";

/** Thrown by commands for what is not a finding in a specification: wrong usage, unreadable input, unwritable output. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly exitCode: ExitCode;
  readonly help: string | undefined;

  constructor(exitCode: ExitCode, message: string, help?: string) {
    super(message);
    this.exitCode = exitCode;
    this.help = help;
  }
}
