/** Parses the `name=value` pairs of `--set`, `--lint` and `--limit`; the compiler checks the values. */
import {
  type CompilerOptions,
  HIGHEST_LIMITS,
  LIMIT_NAMES,
  LINT_CODES,
  LINT_LEVELS,
  type LimitName,
  type Limits,
  type LintCode,
  type LintLevel,
} from "../compiler/index.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import type { SharedOptions } from "./options.ts";
import { nearest } from "./suggestion.ts";

/** What every command hands to the compiler. Throws a {@link Failure} (exit code 2) for what is not of the right form. */
export function toCompilerOptions({ set, lint, limit, advice }: SharedOptions): CompilerOptions {
  return {
    set: Object.fromEntries(parsePairs("--set", set, "classes=10")),
    lints: Object.fromEntries(
      parsePairs("--lint", lint, "lint/tight-stride=off").map(([code, level]) => [
        toLintCode(code),
        toLintLevel(level),
      ]),
    ),
    limits: toLimits(limit),
    advice: advice === true,
  };
}

/** The limits that are given. Throws a {@link Failure} for a name or number that is none. */
export function toLimits(pairs: readonly string[]): Partial<Limits> {
  return Object.fromEntries(
    parsePairs("--limit", pairs, "layers=100000").map(([name, value]) => {
      const known = toLimitName(name);
      return [known, toLimit(known, value)];
    }),
  );
}

function parsePairs(
  option: string,
  pairs: readonly string[],
  example: string,
): readonly (readonly [name: string, value: string])[] {
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    const name = pair.slice(0, Math.max(0, equals)).trim();
    const value = pair.slice(equals + 1).trim();
    if (!/^[A-Za-z_][\w/-]*$/.test(name) || value === "") {
      throw new Failure(
        EXIT_CODES.usage,
        `\`${option} ${pair}\` does not have the form ${option === "--lint" ? "code=level" : "name=value"}`,
        `for example ${option} ${example}`,
      );
    }
    if (values.has(name)) {
      throw new Failure(EXIT_CODES.usage, `\`${option}\` gives \`${name}\` twice`);
    }
    values.set(name, value);
  }
  return [...values];
}

function toLintCode(text: string): LintCode {
  const code = LINT_CODES.find((one) => one === text);
  if (code !== undefined) return code;
  const help = nearest(text, LINT_CODES) ?? `the lints are ${LINT_CODES.join(", ")}`;
  throw new Failure(EXIT_CODES.usage, `there is no lint called \`${text}\``, help);
}

function toLintLevel(text: string): LintLevel {
  const level = LINT_LEVELS.find((one) => one === text);
  if (level !== undefined) return level;
  const levels = LINT_LEVELS.join(", ");
  throw new Failure(EXIT_CODES.usage, `\`${text}\` is not a lint level; the levels are ${levels}`);
}

function toLimitName(text: string): LimitName {
  const name = LIMIT_NAMES.find((one) => one === text);
  if (name !== undefined) return name;
  const help = nearest(text, LIMIT_NAMES) ?? `the limits are ${LIMIT_NAMES.join(", ")}`;
  throw new Failure(EXIT_CODES.usage, `there is no limit called \`${text}\``, help);
}

function toLimit(name: LimitName, text: string): number {
  const highest = HIGHEST_LIMITS[name];
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= highest) return limit;
  throw new Failure(
    EXIT_CODES.usage,
    `\`--limit ${name}\` takes a whole number from 1 to ${highest}, found \`${text}\``,
  );
}
