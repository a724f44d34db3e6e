/** Declares the arguments, options and help of `inceptc review`. */
import { type Command, Option } from "commander";
import { type CommandContext, onRunWithConfigs } from "../command-context.ts";
import type { ReviewOptions } from "../commands/review.ts";
import { addFindingOptions, levelOption } from "./finding-options.ts";
import { addFormatOptions, addSourceOptions, collect, examples } from "./shared-options.ts";

const DEFAULT_PATHS: readonly string[] = ["**/*.incept"];

const EXIT_CODES = `
Exit codes of review:
  0  compared, with differences or without
  1  a network fails because of --fail-on, --exit-code or --max-…
  2  invalid command line
  3  a file could not be read or has errors, on either side; or git failed`;

export function declareReview(program: Command, context: CommandContext): void {
  const command = program
    .command("review")
    .summary("compare all networks of the repository with those of a base branch")
    .description(
      `Compares every network whose file, or a file that it imports, differs between two commits of git.
Head is compared with its merge base with base, as a pull request is.`,
    )
    .argument("<base>", "a revision of git: main, origin/main, HEAD~3")
    .argument("[head]", "a revision of git", "HEAD");
  addFormatOptions(command, "output format of the review", ["text", "json", "markdown", "github"]);
  command
    .addOption(
      new Option(
        "--path <glob>",
        "files to compare, from the repository's root; a leading ! excludes; may be repeated",
      )
        .argParser((value: string, former: readonly string[]) =>
          collect(value, former === DEFAULT_PATHS ? [] : former),
        )
        .default(DEFAULT_PATHS, DEFAULT_PATHS.join(", ")),
    )
    .addOption(levelOption());
  addSourceOptions(addFindingOptions(command)).addHelpText(
    "after",
    `${examples(
      "inceptc review main",
      "inceptc review origin/main --fail-on weights --max-params +2%",
      "inceptc review main --path 'specs/**/*.incept' --format markdown > review.md",
      "inceptc review HEAD~1 HEAD",
    )}${EXIT_CODES}`,
  );
  onRunWithConfigs<ReviewOptions>(
    command,
    context,
    async ([base = "", head = "HEAD"], toOptions) => {
      const { runReview } = await import("../commands/review.ts");
      return runReview(base, head, toOptions, context.terminal);
    },
  );
}
