/**
 * Resolves the value of each option: the command line wins over the environment (`INCEPTC_MAX_WARNINGS`), the
 * environment over inceptc.config.json, and that over the default.
 */
import { relative, resolve } from "node:path";
import { type Command, InvalidArgumentError, type Option } from "commander";
import { CONFIG_FILE, type ConfigFile, findConfigFile, isJsonObject } from "./config-file.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import { nearest } from "./suggestion.ts";
import type { Terminal } from "./terminal.ts";

/** Options that apply to a project; all others apply to one run and are only accepted on the command line. */
const PROJECT_OPTIONS: ReadonlySet<string> = new Set([
  "set",
  "lint",
  "limit",
  "advice",
  "root",
  "maxWarnings",
  "failOn",
  "maxParams",
  "maxMacs",
  "quiet",
  "color",
  "format",
  "out",
  "target",
  "tf",
  "by",
  "sort",
  "levels",
  "convention",
  "bn",
  "batch",
  "dtype",
  "theme",
  "layout",
  "width",
  "heat",
  "counts",
  "shapes",
]);

/** Options whose value is a path: in a configuration file it starts at the file's folder. */
const PATH_OPTIONS: ReadonlySet<string> = new Set(["root", "out"]);

/** Options of pairs `name=value`; they add up, each name from its strongest source. */
const PAIR_OPTIONS: ReadonlySet<string> = new Set(["set", "lint", "limit"]);

/** A project's `out` is where code and pictures go; a report goes there only where the command line says so. */
function isForOneRun(command: Command, name: string): boolean {
  return command.name() === "report" && name === "out";
}

/** The configuration file that was found, if any. */
export interface Settled {
  readonly config: ConfigFile | undefined;
}

/** Fills in what the command line left open. Throws a {@link Failure} for a value that the option does not take. */
export function settleOptions(command: Command, terminal: Terminal): Settled {
  const config = findConfigFile(terminal.cwd);
  for (const [name, { value, source }] of resolveOptions(command, config, terminal)) {
    command.setOptionValueWithSource(name, value, source);
  }
  return { config };
}

/** The options of a command with this configuration file, or with none. Throws as {@link settleOptions} does. */
export function optionsWith<Options extends object>(
  command: Command,
  config: ConfigFile | undefined,
  terminal: Terminal,
): Options {
  const resolved = [...resolveOptions(command, config, terminal)];
  const values = resolved.map(([name, { value }]) => [name, value] as const);
  return { ...command.opts<Options>(), ...Object.fromEntries(values) };
}

interface Resolved {
  readonly value: unknown;
  readonly source: "env" | "config";
}

/** The values that the command line left open, by the name of the option. */
function resolveOptions(
  command: Command,
  config: ConfigFile | undefined,
  terminal: Terminal,
): ReadonlyMap<string, Resolved> {
  if (config !== undefined) requireKnownKeys(config, command);
  const resolved = new Map<string, Resolved>();
  for (const option of command.options) {
    const name = option.attributeName();
    if (!PROJECT_OPTIONS.has(name) || isForOneRun(command, name)) continue;
    const addsUp = PAIR_OPTIONS.has(name);
    // `--json` implies a format, and is as good as that format on the command line.
    const isGiven = ["cli", "implied"].includes(command.getOptionValueSource(name) ?? "");
    if (isGiven && !addsUp) continue;
    const add = (text: string | readonly string[], source: Resolved["source"], place: string) => {
      const former: unknown = resolved.get(name)?.value ?? command.getOptionValue(name);
      const value = settledValue(option, text, former, place);
      if (value !== undefined) resolved.set(name, { value, source });
    };
    const variable = `INCEPTC_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    const fromEnv = terminal.env[variable];
    if (fromEnv !== undefined && fromEnv !== "") {
      add(addsUp ? fromEnv.split(";") : fromEnv, "env", variable);
      if (!addsUp) continue;
    }
    const section = config?.content[command.name()];
    const own = isJsonObject(section) ? section[name] : undefined;
    const value = own ?? config?.content[name];
    if (config === undefined || value === undefined) continue;
    const place = `\`${own === undefined ? name : `${command.name()}.${name}`}\` in ${config.path}`;
    add(configText(value, name, config, terminal.cwd, place), "config", place);
  }
  return resolved;
}

/** Prints every option of the command with its value and where it comes from, as JSON. */
export function printConfig(command: Command, { config }: Settled, terminal: Terminal): void {
  const options = command.options
    .map((option) => option.attributeName())
    .filter((name) => PROJECT_OPTIONS.has(name) && !isForOneRun(command, name))
    .map((name) => {
      const value: unknown = command.getOptionValue(name) ?? null;
      return [name, { value, from: command.getOptionValueSource(name) ?? "default" }] as const;
    });
  const shown = {
    command: command.name(),
    config: config?.path ?? null,
    options: Object.fromEntries(options),
  };
  terminal.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
}

/** What a text stands for beside what stronger sources gave; `undefined` where it changes nothing. */
function settledValue(
  option: Option,
  text: string | readonly string[],
  former: unknown,
  place: string,
): unknown {
  if (typeof text !== "string") {
    const given = Array.isArray(former) ? former.map(String) : [];
    const names = new Set(given.map(nameOf));
    const added = text.filter((pair) => !names.has(nameOf(pair)));
    return added.length > 0 ? [...given, ...added] : undefined;
  }
  if (option.isBoolean() || option.negate) {
    const isOn = readSwitch(text, place);
    // An option such as --no-heat is on until it is switched off.
    return isOn === option.negate ? undefined : isOn;
  }
  return parseValue(option, text, place);
}

/** The name of a pair `name=value`; toCompilerOptions judges the pair itself. */
function nameOf(pair: string): string {
  return pair.split("=")[0]?.trim() ?? "";
}

function readSwitch(value: string, place: string): boolean {
  if (/^(1|true|yes|on)$/i.test(value)) return true;
  if (/^(0|false|no|off)$/i.test(value)) return false;
  throw new Failure(EXIT_CODES.usage, `${place} is \`${value}\`; it must be true or false`);
}

function parseValue(option: Option, value: string, place: string): unknown {
  const { argChoices } = option;
  if (argChoices !== undefined && !argChoices.includes(value)) {
    const choices = argChoices.join(", ");
    throw new Failure(EXIT_CODES.usage, `${place} is \`${value}\`; it must be one of ${choices}`);
  }
  if (option.parseArg === undefined || argChoices !== undefined) return value;
  try {
    return option.parseArg(value, undefined);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new Failure(EXIT_CODES.usage, `${place} is \`${value}\`. ${error.message}`);
  }
}

/** A value of the configuration file as the command line would have it. */
function configText(
  value: unknown,
  name: string,
  config: ConfigFile,
  cwd: string,
  place: string,
): string | readonly string[] {
  if (PAIR_OPTIONS.has(name)) {
    if (!isJsonObject(value)) {
      throw new Failure(EXIT_CODES.usage, `${place} must be an object of values by name`);
    }
    return Object.entries(value).map(([key, one]) => `${key}=${String(one)}`);
  }
  if (typeof value === "object") {
    throw new Failure(EXIT_CODES.usage, `${place} must be one value, not a list or an object`);
  }
  const text = String(value);
  if (!PATH_OPTIONS.has(name) || text === "-") return text;
  return relative(cwd, resolve(config.folder, text)) || ".";
}

/** A misspelt key would be silently without effect. */
function requireKnownKeys({ content, path }: ConfigFile, command: Command): void {
  const commands = command.parent?.commands.map((one) => one.name()) ?? [];
  const known = [...PROJECT_OPTIONS, ...commands, "$schema"];
  const sections = Object.entries(content).filter(([name]) => commands.includes(name));
  const keys = [
    ...Object.keys(content).map((key) => ({ key, known })),
    ...sections.flatMap(([, section]) =>
      isJsonObject(section)
        ? Object.keys(section).map((key) => ({ key, known: [...PROJECT_OPTIONS] }))
        : [],
    ),
  ];
  const unknown = keys.find((one) => !one.known.includes(one.key));
  if (unknown === undefined) return;
  throw new Failure(
    EXIT_CODES.usage,
    `${path} has an unknown key \`${unknown.key}\``,
    nearest(unknown.key, unknown.known) ??
      `${CONFIG_FILE} takes ${[...PROJECT_OPTIONS].join(", ")}`,
  );
}
