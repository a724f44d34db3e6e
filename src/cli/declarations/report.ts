/** Declares the arguments, options and help of `inceptc report`. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type {
  BatchNormView,
  ConventionName,
  CostDivision,
  CountGroup,
  ElementType,
  PictureSize,
} from "../../compiler/index.ts";
import { type CommandContext, onRun } from "../command-context.ts";
import type { ReportOptions } from "../commands/report.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { STDIN } from "../network-reference.ts";
import type { SortKey } from "../report/sort-report.ts";
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
const DIVISIONS: Readonly<Record<CostDivision, true>> = { module: true, layer: true, op: true };
const SORT_KEYS: Readonly<Record<SortKey, true>> = {
  order: true,
  name: true,
  params: true,
  macs: true,
  flops: true,
  memory: true,
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
    .summary("measure what a network costs: parameters, multiply-adds, memory")
    .description(
      "Measures what a network costs: parameters, multiply-adds, FLOPs, depth, receptive field and memory, in total and by\nmodule, layer or operator. Without a name it reports on the first network of the file, or on the first variant if there\nis none. Several networks, or several input sizes, are shown side by side.",
    )
    .argument("<files...>", "FILE or FILE:Network; - reads standard input");
  addFormatOptions(command, "output format of the report", [
    "text",
    "json",
    "csv",
    "markdown",
    "html",
  ]);
  command
    .addOption(
      new Option("--by <part>", "what each row stands for")
        .choices(Object.keys(DIVISIONS))
        .default("module"),
    )
    .addOption(
      new Option("--sort <key>", "order of the rows; counts in descending order")
        .choices(Object.keys(SORT_KEYS))
        .default("order"),
    )
    .option("--levels <n>", "how many levels of nested blocks to list", toCount, 1)
    .addOption(
      new Option(
        "--input <size>",
        "picture size instead of the declared one, 224 or 299x320; with several, one row for each",
      )
        .argParser(collectSizes)
        .default([], "as declared"),
    )
    .addOption(
      new Option("--convention <name>", "also count operations as another tool does").choices(
        Object.keys(CONVENTIONS),
      ),
    )
    .addOption(
      new Option("--bn <view>", "how the convention's count treats batch normalization")
        .choices(Object.keys(BATCH_NORM_VIEWS))
        .default("counted"),
    )
    .addOption(
      new Option("--count <group>", "what to count in addition to the convention; may be repeated")
        .choices(Object.keys(COUNT_GROUPS))
        .argParser(collectGroup)
        .default([], "none"),
    )
    .option("--batch <n>", "batch size, for the memory", toPositive, 1)
    .addOption(
      new Option("--dtype <type>", "element type, for the memory")
        .choices(Object.keys(ELEMENT_TYPES))
        .default("float32"),
    )
    .option("-o, --out <file>", "file to write to (default: - for standard output)")
    .option("--force", "also replace a file that is not such a report")
    .option("--watch", "report again whenever a file that was read changes");
  addSourceOptions(command).addHelpText(
    "after",
    examples(
      "inceptc report specs/inception-v4.incept",
      "inceptc report specs/inception-v4.incept:InceptionV4Slim1001 --json",
      "inceptc report specs/inception-v4.incept --levels 2",
      "inceptc report specs/inception-v4.incept --by layer --sort macs",
      "inceptc report specs/inception-v4.incept --input 224 --input 299 --input 331x512",
      "inceptc report specs/inception-v4.incept specs/inception-resnet-v2.incept",
      "inceptc report specs/inception-v4.incept --format html > v4.html",
      "inceptc report net.incept --watch",
      "inceptc report net.incept --format html --out net.html --watch",
      "inceptc report specs/inception-v4.incept --convention fvcore",
      "inceptc report net.incept --set classes=10 --format csv > modules.csv",
    ),
  );
  onRun<ReportOptions>(command, context, async (files, options) => {
    requireOneSubjectForRows(files, options, command);
    const { runReport } = await import("../commands/report.ts");
    return runReport(files, options, context.terminal);
  });
}

/** Options about rows do not apply to several reports; in a configuration file they still apply to single reports. */
function requireOneSubjectForRows(
  files: readonly string[],
  { by, input }: ReportOptions,
  command: Command,
): void {
  const isGiven = (name: string): boolean => command.getOptionValueSource(name) === "cli";
  if (files.length > 1 && input.length > 1) {
    const help = "name one network, or one size";
    throw new Failure(EXIT_CODES.usage, "several networks can be compared at one size only", help);
  }
  if (files.filter((file) => file === STDIN || file.startsWith(`${STDIN}:`)).length > 1) {
    throw new Failure(EXIT_CODES.usage, "standard input can be read only once");
  }
  const rowOption = ["by", "sort", "levels"].find(isGiven);
  if (rowOption !== undefined && (files.length > 1 || input.length > 1)) {
    throw new Failure(
      EXIT_CODES.usage,
      `--${rowOption} applies to the rows of one report, but here several are shown side by side`,
    );
  }
  if (isGiven("levels") && by !== "module") {
    throw new Failure(
      EXIT_CODES.usage,
      `--levels applies to nested blocks, and --by ${by} lists none`,
      "omit it, or pass --by module",
    );
  }
}

/** `224`, `299x320`, and several with commas between them. */
function collectSizes(text: string, former: readonly PictureSize[]): readonly PictureSize[] {
  const sizes = text.split(",").map((one): PictureSize => {
    const [, height = "", width = height] =
      /^([1-9]\d{0,5})(?:[x×]([1-9]\d{0,5}))?$/.exec(one) ?? [];
    if (height === "") {
      throw new InvalidArgumentError(
        "A side in pixels (224) or height x width (299x320) is expected; channels stay as they are.",
      );
    }
    return [Number(height), Number(width)];
  });
  return [...former, ...sizes];
}

function collectGroup(group: string, former: readonly string[]): readonly string[] {
  if (group in COUNT_GROUPS) return [...former, group];
  throw new InvalidArgumentError(`Allowed choices are ${Object.keys(COUNT_GROUPS).join(", ")}.`);
}
