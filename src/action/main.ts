/** Owns the start of the action's process, the only one that is given a way to the network. */
import { createProcessTerminal } from "../cli/terminal.ts";
import { runAction } from "./run-action.ts";

process.exitCode = await runAction(createProcessTerminal(), fetch);
