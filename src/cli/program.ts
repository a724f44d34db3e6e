/** Assembles the commands into one program; their options and help are in `declarations/`. */
import { Command } from "commander";
import { TOOL_VERSION } from "../compiler/core/tool-version.ts";
import type { CommandContext } from "./command-context.ts";
import { declareCheck } from "./declarations/check.ts";
import { declareCompile } from "./declarations/compile.ts";
import { declareCompletion } from "./declarations/completion.ts";
import { declareDiff, declareGitDiffDriver } from "./declarations/diff.ts";
import { declareExplain } from "./declarations/explain.ts";
import { declareFmt } from "./declarations/fmt.ts";
import { declareGraph } from "./declarations/graph.ts";
import { declareInfo } from "./declarations/info.ts";
import { declareInit } from "./declarations/init.ts";
import { declareOps } from "./declarations/ops.ts";
import { declareReport } from "./declarations/report.ts";
import { declareReview } from "./declarations/review.ts";
import { declareRules, declareSchema } from "./declarations/rules.ts";
import { examples } from "./declarations/shared-options.ts";
import { declareWeights } from "./declarations/weights.ts";
import { printable } from "./printable.ts";

/** Builds the program. What a command does loads when it runs. */
export function createProgram(context: CommandContext): Command {
  const { stdout, stderr } = context.terminal;
  const program = new Command("inceptc")
    .description("Checks, measures and compiles .incept specifications of convolutional networks.")
    .version(TOOL_VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // What is said of a wrong command line quotes it.
      writeErr: (text) => stderr.write(printable(text, false)),
    })
    .showHelpAfterError("(inceptc --help lists the commands)")
    .addHelpText(
      "after",
      examples(
        "inceptc init",
        "inceptc check specs/inception-v4.incept",
        "inceptc report specs/inception-v4.incept:InceptionV4 --set classes=10",
        "inceptc compile specs/inception-v4.incept --out generated",
      ),
    );
  declareCheck(program, context);
  declareReport(program, context);
  declareCompile(program, context);
  declareGraph(program, context);
  declareFmt(program, context);
  declareDiff(program, context);
  declareReview(program, context);
  declareWeights(program, context);
  declareInit(program, context);
  declareOps(program, context);
  declareExplain(program, context);
  declareRules(program, context);
  declareSchema(program, context);
  declareGitDiffDriver(program, context);
  declareInfo(program, context);
  declareCompletion(program, context);
  return program;
}
