/**
 * Options that most commands share, parsers of their values, and the list of examples at the end of a command's help.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Limits } from "../../compiler/index.ts";
import { EXIT_CODE_HELP } from "../exit-codes.ts";
import { COLOR_CHOICES } from "../printer.ts";

/** Adds what every command takes that reads a specification. */
export function addSourceOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--set <name=value>", "value of a network parameter; may be repeated")
        .argParser(collect)
        .default([], "none"),
    )
    .option(
      "--root <dir>",
      "folder that imports are confined to (default: the repository or folder of FILE)",
    )
    .option("--stdin-filepath <path>", "the path to report for standard input")
    .option("--max-warnings <n>", "exit 1 if there are more warnings than this", toCount)
    .option("--advice", "also show lints that are only advice")
    .addOption(
      new Option(
        "--lint <code=level>",
        "set a lint to off, info, warning or error; may be repeated (inceptc explain lists the codes)",
      )
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(limitOption())
    .option("-q, --quiet", "print errors only: no warnings, no progress")
    .addOption(colorOption())
    .option("--stats", "print on standard error how long each step took")
    .option("--print-config", "print the value and source of each option and exit");
}

/** Names are those of {@link Limits}; the compiler itself loads later. */
export function limitOption(): Option {
  const names: Readonly<Record<keyof Limits, true>> = {
    characters: true,
    files: true,
    nesting: true,
    depth: true,
    layers: true,
  };
  return new Option(
    "--limit <name=value>",
    `limit on input and work: ${Object.keys(names).join(", ")}; may be repeated`,
  )
    .argParser(collect)
    .default([], "none");
}

export function colorOption(): Option {
  return new Option(
    "--color <when>",
    "colour; auto respects NO_COLOR and FORCE_COLOR, then checks for a terminal",
  )
    .choices([...COLOR_CHOICES])
    .default("auto");
}

/** `--format` with its choices, the first of which is the default, and `--json` for short. */
export function addFormatOptions(
  command: Command,
  description: string,
  formats: readonly [string, ...string[]],
): Command {
  return command
    .addOption(
      new Option("--format <format>", description).choices([...formats]).default(formats[0]),
    )
    .addOption(new Option("--json", "short for --format json").implies({ format: "json" }));
}

/** What follows a command's options in its help. */
export function examples(...commands: readonly string[]): string {
  return `\nExamples:\n${commands.map((command) => `  ${command}\n`).join("")}\n${EXIT_CODE_HELP}`;
}

export function collect(value: string, former: readonly string[]): readonly string[] {
  return [...former, value];
}

export function toCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("A whole number is expected.");
  return Number(text);
}

export function toPositive(text: string): number {
  const count = toCount(text);
  if (count === 0) throw new InvalidArgumentError("A number of at least 1 is expected.");
  return count;
}
