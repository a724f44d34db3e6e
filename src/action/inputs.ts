/** Reads the inputs of action.yml from the environment and translates them into arguments of `inceptc review`. */
import { EXIT_CODES } from "../cli/exit-codes.ts";
import { Failure } from "../cli/failure.ts";
import type { Terminal } from "../cli/terminal.ts";

/** The inputs that reach the script, by their names in action.yml. */
export const INPUTS = [
  "paths",
  "fail-on",
  "base",
  "token",
  "comment",
  "approvals",
  "max-params",
  "max-macs",
] as const;

export type InputName = (typeof INPUTS)[number];

/** Empty texts stand for inputs that were not given. */
export type Inputs = Readonly<Record<InputName, string>>;

export function readInputs(env: Terminal["env"]): Inputs {
  const read = (name: InputName): string => env[variableOf(name)]?.trim() ?? "";
  return {
    paths: read("paths"),
    "fail-on": read("fail-on"),
    base: read("base"),
    token: read("token"),
    comment: read("comment"),
    approvals: read("approvals"),
    "max-params": read("max-params"),
    "max-macs": read("max-macs"),
  };
}

/** The environment variable in which action.yml passes an input. */
export function variableOf(name: InputName): string {
  return `INPUT_${name.toUpperCase().replaceAll("-", "_")}`;
}

/** Throws a {@link Failure} for what is neither true nor false. */
export function wantsComment({ comment }: Inputs): boolean {
  if (comment === "" || comment === "true") return true;
  if (comment === "false") return false;
  throw new Failure(
    EXIT_CODES.usage,
    `the input \`comment\` is \`${comment}\`; it must be true or false`,
  );
}

/** The arguments of `inceptc review` that the inputs stand for. The command itself checks whether they make sense. */
export function toReviewArguments(inputs: Inputs, base: string, head: string): readonly string[] {
  const globs = inputs.paths.split("\n").map((line) => line.trim());
  const options: readonly (readonly [option: string, value: string])[] = [
    ...globs.map((glob) => ["path", glob] as const),
    ["fail-on", inputs["fail-on"]],
    ["approvals", inputs.approvals],
    ["max-params", inputs["max-params"]],
    ["max-macs", inputs["max-macs"]],
  ];
  const given = options.filter(([, value]) => value !== "");
  return ["review", ...given.map(([name, value]) => `--${name}=${value}`), "--", base, head];
}
