/** Declares the arguments, options and help of `inceptc weights` and its commands. */
import type { Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import type { ConvertOptions } from "../commands/weights/convert.ts";
import type { InspectOptions } from "../commands/weights/inspect.ts";
import type { WeightsOptions } from "../commands/weights/load-fit.ts";
import { addFormatOptions, addSourceOptions, colorOption, examples } from "./shared-options.ts";

const SPEC = "FILE or FILE:Network; - reads standard input";
const CHECKPOINT = "a checkpoint; its first bytes tell its format";

export function declareWeights(program: Command, context: CommandContext): void {
  const command = program
    .command("weights")
    .summary(
      "inspect checkpoints, check them against a network, and convert them for generated code",
    )
    .description(
      "Reads trained weights: what a file holds, whether it fits a network, and in the form of generated code.",
    )
    .helpCommand(false);
  declareInspect(command, context);
  declareCheckWeights(command, context);
  declareConvert(command, context);
}

function declareInspect(weights: Command, context: CommandContext): void {
  const command = weights
    .command("inspect")
    .summary("list the tensors of a checkpoint")
    .description(
      "Lists the tensors of a checkpoint with their types, shapes and bytes, and what the file says of itself.",
    )
    .argument("<checkpoint>", CHECKPOINT);
  addFormatOptions(command, "output format", ["text", "json"])
    .addOption(colorOption())
    .addHelpText(
      "after",
      examples(
        "inceptc weights inspect model.safetensors",
        "inceptc weights inspect model.pth --json",
      ),
    );
  onRun<InspectOptions>(command, context, async ([file = ""], options) => {
    const { runInspect } = await import("../commands/weights/inspect.ts");
    return runInspect(file, options, context.terminal);
  });
}

function declareCheckWeights(weights: Command, context: CommandContext): void {
  const command = weights
    .command("check")
    .summary("say whether a checkpoint fits a network")
    .description(
      "Says whether a checkpoint gives a network all its weights: full, permuted (all, after reordering axes and the like),\npartial or none. Exits with 0 for full and permuted, else with 1 and the tensors that are missing, too much, or of\nanother shape.",
    )
    .argument("<spec>", SPEC)
    .argument("<checkpoint>", CHECKPOINT)
    .option(
      "--any",
      "check against every network of the file that has names, and take the one that fits best",
    );
  addFitOptions(command).addHelpText(
    "after",
    examples(
      "inceptc weights check specs/inception-v4.incept:InceptionV4Timm inception_v4.safetensors",
      "inceptc weights check specs/inception-v3.incept inception_v3.pth --any",
    ),
  );
  onRun<WeightsOptions & { readonly any?: true }>(
    command,
    context,
    async ([spec = "", file = ""], options) => {
      const { runCheckWeights } = await import("../commands/weights/check.ts");
      return runCheckWeights(spec, file, options, context.terminal);
    },
  );
}

function declareConvert(weights: Command, context: CommandContext): void {
  const command = weights
    .command("convert")
    .summary("write a checkpoint under the names of generated code")
    .description(
      "Writes the weights of a network under the names and in the layout of its generated code. Nothing is written unless the\ncheckpoint fits. The extension of --to decides the format: .safetensors or .npz.",
    )
    .argument("<spec>", SPEC)
    .argument("<checkpoint>", CHECKPOINT)
    .requiredOption("--to <file>", "the file to write")
    .option("--half", "write float16, and say how far values move")
    .option("--force", "also replace a file that is no checkpoint");
  addFitOptions(command).addHelpText(
    "after",
    examples(
      "inceptc weights convert specs/inception-v4.incept:InceptionV4Timm inception_v4.safetensors --to v4.safetensors",
    ),
  );
  onRun<ConvertOptions>(command, context, async ([spec = "", file = ""], options) => {
    const { runConvert } = await import("../commands/weights/convert.ts");
    return runConvert(spec, file, options, context.terminal);
  });
}

function addFitOptions(command: Command): Command {
  command
    .option("--names <file>", "file of names (default: FILE.names.json beside FILE.incept)")
    .option("--naming <name>", "the names in it to use (default: those for the network)");
  addFormatOptions(command, "output format", ["text", "json"]);
  return addSourceOptions(command);
}
