/** Owns how `inceptc report` is called. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type {
  BatchNormView,
  ConventionName,
  CountGroup,
  ElementType,
} from "../../compiler/index.ts";
import { type CommandContext, onRun } from "../command-context.ts";
import type { ReportOptions } from "../commands/report.ts";
import {
  addFormatOptions,
  addSourceOptions,
  examples,
  toCount,
  toPositive,
} from "./shared-options.ts";

/** The words that options take. Typed as records, so that none can be missing; the compiler itself loads later. */
const CONVENTIONS: Readonly<Record<ConventionName, true>> = {
  mac: true,
  flop: true,
  fvcore: true,
  torchinfo: true,
  ptflops: true,
  "ptflops-aten": true,
  calflops: true,
  thop: true,
  torch: true,
  "torch-scan": true,
  "torch-scan-flops": true,
  "onnx-tool": true,
  netscope: true,
  "tf-profiler": true,
};
const BATCH_NORM_VIEWS: Readonly<Record<BatchNormView, true>> = {
  counted: true,
  folded: true,
  ignored: true,
};
const COUNT_GROUPS: Readonly<Record<CountGroup, true>> = {
  bias: true,
  norm: true,
  act: true,
  pool: true,
  add: true,
  resample: true,
};
const ELEMENT_TYPES: Readonly<Record<ElementType, true>> = {
  float32: true,
  float16: true,
  int8: true,
};

export function declareReport(program: Command, context: CommandContext): void {
  const command = program
    .command("report")
    .summary("say what a network costs: parameters, multiply-adds, memory")
    .description(
      "Says what a network costs: parameters, multiply-adds, FLOPs, depth, receptive field, memory, and all of it by module.\nWithout a name it reports on the first network of the file, or on the first variant where there is none.",
    )
    .argument("<file>", "FILE or FILE:Network; - reads standard input");
  addFormatOptions(command, "form of the report", ["text", "json", "csv", "markdown"]);
  command
    .option("--levels <n>", "how deep to list blocks within blocks", toCount, 1)
    .addOption(
      new Option("--convention <name>", "also count operations as another tool does").choices(
        Object.keys(CONVENTIONS),
      ),
    )
    .addOption(
      new Option("--bn <view>", "batch normalization in the convention's count")
        .choices(Object.keys(BATCH_NORM_VIEWS))
        .default("counted"),
    )
    .addOption(
      new Option("--count <group>", "what the convention counts besides its own; may be repeated")
        .choices(Object.keys(COUNT_GROUPS))
        .argParser(collectGroup)
        .default([], "none"),
    )
    .option("--batch <n>", "pictures that run together, for the memory", toPositive, 1)
    .addOption(
      new Option("--dtype <type>", "type of the numbers, for the memory")
        .choices(Object.keys(ELEMENT_TYPES))
        .default("float32"),
    );
  addSourceOptions(command).addHelpText(
    "after",
    examples(
      "inceptc report specs/inception-v4.incept",
      "inceptc report specs/inception-v4.incept:InceptionV4Slim1001 --json",
      "inceptc report specs/inception-v4.incept --levels 2",
      "inceptc report specs/inception-v4.incept --convention fvcore",
      "inceptc report net.incept --set classes=10 --format csv > modules.csv",
    ),
  );
  onRun<ReportOptions>(command, context, async ([file = ""], options) => {
    const { runReport } = await import("../commands/report.ts");
    return runReport(file, options, context.terminal);
  });
}

function collectGroup(group: string, former: readonly string[]): readonly string[] {
  if (group in COUNT_GROUPS) return [...former, group];
  throw new InvalidArgumentError(`Allowed choices are ${Object.keys(COUNT_GROUPS).join(", ")}.`);
}
