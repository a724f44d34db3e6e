/** Declares the options of `diff` and `review` that select findings and decide which of them fail. */
import { type Command, Option } from "commander";
import type { FindingClass } from "../../compiler/index.ts";
import { collect } from "./shared-options.ts";

/** The words that `--fail-on` takes. Typed as a record, so that none can be missing; the compiler itself loads later. */
const CLASSES: Readonly<Record<FindingClass, true>> = {
  interface: true,
  weights: true,
  unproved: true,
  numerics: true,
  cost: true,
  cosmetic: true,
};

export function levelOption(): Option {
  return new Option(
    "--level <level>",
    "source: modules and counts; graph: operators too; tensors: also weights",
  )
    .choices(["source", "graph", "tensors"])
    .default("graph");
}

/** Which findings are shown, and which of them fail. */
export function addFindingOptions(command: Command): Command {
  return command
    .option("--all", "also show cosmetic findings")
    .addOption(repeated("--only <glob>", "only findings at these paths and below; may be repeated"))
    .addOption(
      repeated("--exclude <glob>", "no findings at these paths and below; may be repeated"),
    )
    .addOption(repeated("--ignore <rule>", "no findings of this rule; may be repeated"))
    .option("--ignore-names", "no findings about names only")
    .option("--approvals <file>", "JSON file with fingerprints of findings to ignore")
    .option("--exit-code", "exit 1 when anything differs")
    .addOption(
      new Option(
        "--fail-on <class>",
        "exit 1 on findings of this class or a more severe one",
      ).choices([...Object.keys(CLASSES), "any", "none"]),
    )
    .option("--max-params <limit>", "exit 1 when head has more parameters: 43M, +2%, +100K")
    .option("--max-macs <limit>", "exit 1 when head has more multiply-adds: 13G, +2%, +100M");
}

function repeated(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], "none");
}
