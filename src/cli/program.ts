/** Owns the command line as users see it: commands, options, help and examples. What commands do lies in `commands/`. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { CheckOptions } from "./commands/check.ts";
import type { CompileCommandOptions } from "./commands/compile.ts";
import type { ReportOptions } from "./commands/report.ts";
import { EXIT_CODE_HELP, type ExitCode } from "./exit-codes.ts";
import { COLOR_CHOICES } from "./printer.ts";
import type { Terminal } from "./terminal.ts";
import { TOOL_VERSION } from "./tool-version.ts";

/** Builds the program; `finish` receives the exit code of the command that ran. Commands load when they run. */
export function createProgram(terminal: Terminal, finish: (exitCode: ExitCode) => void): Command {
  const program = new Command("inceptc")
    .description("Checks, measures and compiles .incept specifications of convolutional networks.")
    .version(TOOL_VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
    .showHelpAfterError("(inceptc --help shows what there is)")
    .addHelpText(
      "after",
      examples(
        "inceptc check specs/inception-v4.incept",
        "inceptc report specs/inception-v4.incept:InceptionV4 --set classes=10",
        "inceptc compile specs/inception-v4.incept --out generated",
      ),
    );
  addCheck(program, terminal, finish);
  addReport(program, terminal, finish);
  addCompile(program, terminal, finish);
  return program;
}

function addCheck(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: ExitCode) => void,
): void {
  const command = program
    .command("check")
    .summary("find every mistake in specifications; write nothing")
    .description(
      "Finds every mistake in the given files in one pass and writes nothing.\nFindings go to standard error; with --format json, github or sarif to standard output.",
    )
    .argument("<file...>", "FILE or FILE:Network; - reads standard input")
    .addOption(
      new Option("--format <format>", "form of the findings")
        .choices(["text", "json", "github", "sarif"])
        .default("text"),
    )
    .option("--json", "short for --format json");
  addSharedOptions(command)
    .addHelpText(
      "after",
      examples(
        "inceptc check specs/*.incept",
        "inceptc check net.incept:Narrow --set classes=10",
        "inceptc check --json net.incept > findings.json",
        "inceptc check - --stdin-filepath specs/net.incept < unsaved.incept",
      ),
    )
    .action(async (files: readonly string[], options: CheckOptions) => {
      const { runCheck } = await import("./commands/check.ts");
      finish(await runCheck(files, options, terminal));
    });
}

function addReport(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: ExitCode) => void,
): void {
  const command = program
    .command("report")
    .summary("say what a network costs: parameters, multiply-adds, memory")
    .description(
      "Says what a network costs: parameters, multiply-adds, FLOPs, depth, receptive field, memory, and all of it by module.\nWithout a name it reports on the first network of the file, or on the first variant where there is none.",
    )
    .argument("<file>", "FILE or FILE:Network; - reads standard input")
    .addOption(
      new Option("--format <format>", "form of the report")
        .choices(["text", "json", "csv", "markdown"])
        .default("text"),
    )
    .option("--json", "short for --format json");
  addSharedOptions(command)
    .addHelpText(
      "after",
      examples(
        "inceptc report specs/inception-v4.incept",
        "inceptc report specs/inception-v4.incept:InceptionV4Slim1001 --json",
        "inceptc report net.incept --set classes=10 --format csv > modules.csv",
      ),
    )
    .action(async (file: string, options: ReportOptions) => {
      const { runReport } = await import("./commands/report.ts");
      finish(await runReport(file, options, terminal));
    });
}

function addCompile(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: ExitCode) => void,
): void {
  const command = program
    .command("compile")
    .summary("write TypeScript for TensorFlow.js, one file per network")
    .description(
      "Writes one TypeScript file per network and variant of the file, or for the named one only, and prints the paths.\nEither every file is written or none.",
    )
    .argument("<file>", "FILE or FILE:Network; - reads standard input")
    .option(
      "-o, --out <dir>",
      "folder for the files, or - for standard output (default: the current folder; - for target ir)",
    )
    .addOption(
      new Option(
        "--target <target>",
        "what to make: a model of TensorFlow.js layers, or the checked network as JSON",
      )
        .choices(["tfjs-layers", "ir"])
        .default("tfjs-layers"),
    )
    .option("--tf <module>", "module that the code imports (default: @tensorflow/tfjs)")
    .option("--dry-run", "print what would be new, changed or unchanged; write nothing")
    .option("--list-files", "print the paths that would be written; write nothing")
    .option("--check", "exit 1 and name the files that are missing or out of date; write nothing");
  addSharedOptions(command)
    .addHelpText(
      "after",
      examples(
        "inceptc compile specs/inception-v4.incept --out generated",
        "inceptc compile specs/inception-v4.incept:InceptionV4 --out - | less",
        "inceptc compile specs/inception-v4.incept --out generated --check",
        "inceptc compile net.incept --target ir | jq .",
      ),
    )
    .action(async (file: string, options: CompileCommandOptions) => {
      const { runCompile } = await import("./commands/compile.ts");
      finish(await runCompile(file, options, terminal));
    });
}

function addSharedOptions(command: Command): Command {
  return command
    .option("--set <name=value>", "value of a network parameter; may be repeated", collect, [])
    .option(
      "--root <dir>",
      "imports may be read from this folder only (default: the repository or folder of FILE)",
    )
    .option("--stdin-filepath <path>", "the path that standard input stands for")
    .option("--max-warnings <n>", "exit 1 when there are more warnings", toCount)
    .option("-q, --quiet", "print errors only: no warnings, no progress")
    .addOption(
      new Option(
        "--color <when>",
        "colour; auto heeds NO_COLOR and FORCE_COLOR, then whether it is a terminal",
      )
        .choices([...COLOR_CHOICES])
        .default("auto"),
    );
}

function collect(value: string, former: readonly string[]): readonly string[] {
  return [...former, value];
}

function toCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("A whole number is expected.");
  return Number(text);
}

/** What follows a command's options in its help. */
function examples(...commands: readonly string[]): string {
  return `\nExamples:\n${commands.map((command) => `  ${command}\n`).join("")}\n${EXIT_CODE_HELP}`;
}
