/** Declares the arguments, options and help of `inceptc diff` and `inceptc git-diff-driver`. */
import type { Command } from "commander";
import { type CommandContext, onRun } from "../command-context.ts";
import type { DiffOptions } from "../commands/diff.ts";
import { addFindingOptions, levelOption } from "./finding-options.ts";
import { addFormatOptions, addSourceOptions, examples } from "./shared-options.ts";

const SIDES = `A side is FILE, FILE:Network, <rev>:<path> or <rev>:<path>:Network of git, preset:NAME, or - for standard
input. A single side is a variant, and is compared with its base. Without a name, a side is the first network of the file.`;

const EXIT_CODES = `
Exit codes of diff:
  0  compared, with differences or without
  1  with --exit-code or --fail-on: such a finding remains; with --max-…: the limit is exceeded
  2  invalid command line
  3  a side could not be read, or has errors: nothing was compared`;

export function declareDiff(program: Command, context: CommandContext): void {
  const command = program
    .command("diff")
    .summary("compare two networks, and say whether weights still fit")
    .description(
      `Compares two networks: what differs, whether a checkpoint of base fits head, and what the change costs.\n${SIDES}`,
    )
    .argument("<base>", "the old network, or a variant alone")
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

/** Called by git for every changed file; docs/diff.md says how to set it up. */
export function declareGitDiffDriver(program: Command, context: CommandContext): void {
  const command = program
    // Only git calls it, so it is left out of the list of commands.
    .command("git-diff-driver", { hidden: true })
    .summary("compare two versions of a file as git's external diff driver")
    .description(
      "Takes the seven arguments that git gives an external diff driver, and compares every network of the file.\nExits 0 whatever is found, as git expects.",
    )
    .argument("<path>", "the file's path in the repository")
    .argument("[old-file]", "a file with the old text, or /dev/null")
    .argument("[old-hex]", "not used")
    .argument("[old-mode]", "not used")
    .argument("[new-file]", "a file with the new text, or /dev/null")
    .argument("[new-hex]", "not used")
    .argument("[new-mode]", "not used")
    .argument("[rename...]", "the new path of a renamed file, and git's description of it");
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
  addFormatOptions(command, "output format of the comparison", [
    "text",
    "json",
    "unified",
    "markdown",
    "github",
    "html",
  ]);
  command.addOption(levelOption()).option("--stat", "print counts only");
  addFindingOptions(command)
    .option("--map <file>", "JSON file that maps paths of base to paths of head")
    .option("--map-only", "match only what the map names, and what is inside it")
    .option("--emit-map <file>", "write the detected renames as such a map")
    .option("--force", "let --emit-map replace a file that is not such a map");
  return addSourceOptions(command);
}
