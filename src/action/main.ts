/** Entry point of the GitHub action: the only place that passes `fetch` on. */
import { createProcessTerminal } from "../cli/terminal.ts";
import { runAction } from "./run-action.ts";

process.exitCode = await runAction(createProcessTerminal(), fetch);
