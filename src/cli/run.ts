/** Runs the command line in this process. */
import { runCli } from "./main.ts";
import { createProcessTerminal } from "./terminal.ts";

export { runCli };

export async function runProcess(): Promise<void> {
  process.exitCode = await runCli(process.argv.slice(2), createProcessTerminal());
}
