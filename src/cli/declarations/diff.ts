/** Owns how `inceptc diff` is called. */
import { type Command, Option } from "commander";
import type { FindingClass } from "../../compiler/index.ts";
import { type CommandContext, onRun } from "../command-context.ts";
import type { DiffOptions } from "../commands/diff.ts";
import { addFormatOptions, addSourceOptions, examples } from "./shared-options.ts";

/** The words that `--fail-on` takes. Typed as a record, so that none can be missing; the compiler itself loads later. */
const CLASSES: Readonly<Record<FindingClass, true>> = {
  interface: true,
  weights: true,
  numerics: true,
  cost: true,
  cosmetic: true,
};

const SIDES = `A side is FILE, FILE:Network, <rev>:<path> or <rev>:<path>:Network of git, preset:NAME, or - for standard
input. One side alone is a variant, and is compared with the network it is of. Without a name it is the file's first.`;

const EXIT_CODES = `
Exit codes of diff:
  0  compared, with differences or without
  1  with --exit-code or --fail-on: such a finding remains; with --max-…: the limit is passed
  2  the command line was not understood
  3  a side could not be read, or has errors: nothing was compared`;

export function declareDiff(program: Command, context: CommandContext): void {
  const command = program
    .command("diff")
    .summary("say what differs between two networks, and whether weights still fit")
    .description(
      `Says what differs between two networks, whether a checkpoint of base fits head, and what the change costs.\n${SIDES}`,
    )
    .argument("<base>", "the former network, or a variant alone")
    .argument("[head]", "the new network");
  addDiffOptions(command).addHelpText(
    "after",
    `${examples(
      "inceptc diff specs/inception-resnet-v2-paper.incept specs/inception-resnet-v2.incept",
      "inceptc diff specs/inception-resnet-v2.incept:InceptionResNetV2Timm",
      "inceptc diff HEAD:specs/inception-v4.incept specs/inception-v4.incept --fail-on weights",
      "inceptc diff preset:inception-v4 net.incept --format markdown",
      "inceptc diff old.incept new.incept --format html > diff.html",
    )}${EXIT_CODES}`,
  );
  onRun<DiffOptions>(command, context, async ([base = "", head], options) => {
    const { runDiff } = await import("../commands/diff.ts");
    return runDiff(base, head, options, context.terminal);
  });
}

/** What git calls for every changed file; see docs/diff.md for how it is set up. */
export function declareGitDiffDriver(program: Command, context: CommandContext): void {
  const command = program
    .command("git-diff-driver")
    .summary("compare two versions of a file as git's external diff driver")
    .description(
      "Takes the seven arguments that git gives an external diff driver, and compares every network of the file.\nExits 0 whatever is found, as git expects.",
    )
    .argument("<path>", "the file's path in the repository")
    .argument("<old-file>", "a file with the old text, or /dev/null")
    .argument("<old-hex>", "not used")
    .argument("<old-mode>", "not used")
    .argument("<new-file>", "a file with the new text, or /dev/null")
    .argument("<new-hex>", "not used")
    .argument("<new-mode>", "not used")
    .argument("[rename...]", "the new path of a renamed file, and git's words on it");
  addDiffOptions(command).addHelpText(
    "after",
    examples(
      "git config diff.incept.command 'inceptc git-diff-driver'",
      "echo '*.incept diff=incept' >> .gitattributes",
    ),
  );
  onRun<DiffOptions>(command, context, async (args, options) => {
    const { runGitDiffDriver } = await import("../commands/git-diff-driver.ts");
    return runGitDiffDriver(args, options, context.terminal);
  });
}

function addDiffOptions(command: Command): Command {
  addFormatOptions(command, "form of the comparison", [
    "text",
    "json",
    "unified",
    "markdown",
    "github",
    "html",
  ]);
  command
    .addOption(
      new Option(
        "--level <level>",
        "source: modules and counts; graph: operators too; tensors: also weights",
      )
        .choices(["source", "graph", "tensors"])
        .default("graph"),
    )
    .option("--stat", "print counts only")
    .option("--all", "also show what is cosmetic")
    .addOption(repeated("--only <glob>", "only findings at these paths and below; may be repeated"))
    .addOption(
      repeated("--exclude <glob>", "no findings at these paths and below; may be repeated"),
    )
    .addOption(repeated("--ignore <rule>", "no findings of this rule; may be repeated"))
    .option("--ignore-names", "no findings that are names alone")
    .option("--map <file>", "JSON that says which path of base is which of head")
    .option("--map-only", "match nothing but what the map names, and what lies in it")
    .option("--emit-map <file>", "write the renames that were found as such a map")
    .option("--approvals <file>", "JSON with fingerprints of findings that no longer count")
    .option("--exit-code", "exit 1 when anything differs")
    .addOption(
      new Option("--fail-on <class>", "exit 1 on findings of this class or a graver one").choices([
        ...Object.keys(CLASSES),
        "any",
      ]),
    )
    .option("--max-params <limit>", "exit 1 when head has more parameters: 43M, +2%, +100K")
    .option("--max-macs <limit>", "exit 1 when head has more multiply-adds: 13G, +2%, +100M");
  return addSourceOptions(command);
}

function repeated(flags: string, description: string): Option {
  return new Option(flags, description)
    .argParser((value: string, former: readonly string[]) => [...former, value])
    .default([], "none");
}
