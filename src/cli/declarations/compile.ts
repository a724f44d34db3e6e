/** Declares the arguments, options and help of `inceptc compile`. */
import { type Command, Option } from "commander";
import { TARGETS } from "../../compiler/emit/targets.ts";
import { type CommandContext, onRun } from "../command-context.ts";
import type { CompileCommandOptions } from "../commands/compile.ts";
import { addSourceOptions, examples } from "./shared-options.ts";

export function declareCompile(program: Command, context: CommandContext): void {
  const printed = TARGETS.filter(({ defaultOut }) => defaultOut === "stdout").map(
    ({ name }) => name,
  );
  const command = program
    .command("compile")
    .summary("write TypeScript for TensorFlow.js, one file per network")
    .description(
      "Writes one TypeScript file per network and variant of the file, or only for the named one, and prints the paths.\nEither every file is written or none.",
    )
    .argument("<file>", "FILE or FILE:Network; - reads standard input")
    .option(
      "-o, --out <dir>",
      `folder for the files, or - for standard output (default: the current folder; - for target ${printed.join(", ")})`,
    )
    .addOption(
      new Option(
        "--target <target>",
        `what to generate: ${TARGETS.map(({ name, doc }) => `${name}, ${doc}`).join("; ")}`,
      )
        .choices(TARGETS.map(({ name }) => name))
        .default(TARGETS[0].name),
    )
    .option("--tf <module>", "module that the code imports (default: @tensorflow/tfjs)")
    .option("--dry-run", "print which files would be new, changed or unchanged; write nothing")
    .option("--list-files", "print the paths that would be written; write nothing")
    .option("--check", "exit 1 and name the files that are missing or out of date; write nothing")
    .option("--force", "also replace files that inceptc did not write")
    .option("--watch", "compile again whenever a file that was read changes");
  addSourceOptions(command).addHelpText(
    "after",
    examples(
      "inceptc compile specs/inception-v4.incept --out generated",
      "inceptc compile specs/inception-v4.incept:InceptionV4 --out - | less",
      "inceptc compile specs/inception-v4.incept --out generated --check",
      "inceptc compile net.incept --target ir | jq .",
    ),
  );
  onRun<CompileCommandOptions>(command, context, async ([file = ""], options) => {
    const { runCompile } = await import("../commands/compile.ts");
    return runCompile(file, options, context.terminal);
  });
}
