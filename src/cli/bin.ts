#!/usr/bin/env node
/** Entry point of `inceptc` from its source; the built command starts in launch.ts. */
import { runProcess } from "./run.ts";

await runProcess();
