/** Messages of the type family: values of the wrong kind, number or range. */
import { orRaise } from "../../core/limits.ts";
import { didYouMean, error } from "./entry.ts";

export const typeCatalogue = {
  "type/missing-operand": error<{ operator: string; operand: string; example: string }>(
    ({ operator, operand }) => `\`${operator}\` needs its ${operand}`,
    ({ example }) => `write for example \`${example}\``,
  ),
  "type/extra-operand": error<{ operator: string; takes: string; text: string }>(
    ({ operator, takes, text }) => `\`${operator}\` takes ${takes}; \`${text}\` is one too many`,
    () => "remove it; attributes are written `name=value`, the stride `/2`",
  ),
  "type/unknown-attribute": error<{
    operator: string;
    name: string;
    near: readonly string[];
    known: readonly string[];
  }>(
    ({ operator, name }) => `\`${operator}\` has no attribute called \`${name}\``,
    ({ near, known, operator }) =>
      didYouMean(near) ??
      (known.length === 0
        ? `\`${operator}\` has no attributes`
        : `it has ${known.map((one) => `\`${one}\``).join(", ")}`),
  ),
  "type/derived-attribute": error<{ operator: string; name: string }>(
    ({ operator, name }) =>
      `\`${name}\` of \`${operator}\` is derived from the surroundings and cannot be set`,
    () => "remove it",
  ),
  "type/duplicate-attribute": error<{ name: string }>(
    ({ name }) => `\`${name}\` is given twice`,
    () => "keep one of them",
  ),
  "type/excluded-attribute": error<{ operator: string; name: string; other: string }>(
    ({ operator, name, other }) => `\`${operator}\` takes \`${name}\` or \`${other}\`, not both`,
    () => "keep one of them",
  ),
  "type/flag-without-meaning": error<{ operator: string; flag: string; flags: readonly string[] }>(
    ({ operator, flag }) => `\`${flag}\` does not apply to \`${operator}\``,
    ({ flags }) =>
      flags.length === 0
        ? "remove it"
        : `remove it, or use ${flags.map((one) => `\`${one}\``).join(", ")}`,
  ),
  "type/stride-without-meaning": error<{ operator: string }>(
    ({ operator }) => `\`${operator}\` has no stride`,
    () => "remove it",
  ),
  "type/call-takes-arguments": error<{ module: string; names: readonly string[] }>(
    ({ module }) =>
      `\`${module}\` is a module: it takes arguments in parentheses, not operands or attributes`,
    ({ module, names }) =>
      names.length === 0
        ? `\`${module}\` has no parameters: write only its name`
        : `write \`${module}(${names.map((name) => `${name}=…`).join(", ")})\``,
  ),
  "type/mismatch": error<{ what: string; expected: string; found: string }>(
    ({ what, expected, found }) => `${what} must be ${expected}, found ${found}`,
  ),
  "type/out-of-range": error<{ what: string; range: string; found: number }>(
    ({ what, range, found }) => `${what} must be ${range}, found ${found}`,
  ),
  "type/not-whole": error<{ what: string; found: number; near: number }>(
    ({ what, found }) => `${what} must be a whole number, found ${found}`,
    ({ near }) => `use \`round(…)\`, which gives ${near}`,
  ),
  "type/not-exact": error<{ what: string }>(
    ({ what }) => `${what} is too large to represent exactly`,
    () => "whole numbers go up to 9007199254740991 (2^53 - 1)",
  ),
  "type/unknown-word": error<{
    what: string;
    word: string;
    choices: readonly string[];
    near: readonly string[];
  }>(
    ({ what, word }) => `\`${word}\` is not ${what}`,
    ({ near, choices }) =>
      didYouMean(near) ?? `choose ${choices.map((one) => `\`${one}\``).join(", ")}`,
  ),
  "type/unknown-type": error<{ name: string; near: readonly string[] }>(
    ({ name }) => `there is no type called \`${name}\``,
    ({ near }) =>
      didYouMean(near) ?? "the types are `int`, `float`, `bool`, `size`, `pad`, `act` and `norm`",
  ),
  "type/operator-operands": error<{ operator: string; left: string; right: string }>(
    ({ operator, left, right }) => `\`${operator}\` needs two numbers, found ${left} and ${right}`,
    () => "arithmetic takes numbers only: write the size or word itself",
  ),
  "type/division-by-zero": error<Record<never, never>>(
    () => "this divides by zero",
    () => "give the divisor a value other than 0",
  ),
  "type/function-arguments": error<{ name: string; takes: string; found: number }>(
    ({ name, takes, found }) => `\`${name}\` takes ${takes}, found ${found}`,
    ({ name, takes }) => `write \`${name}(${takes === "one number" ? "8.5" : "8, 16"})\``,
  ),
  "type/project-outside-residual": error<Record<never, never>>(
    () =>
      "`project` restores the trunk's channels in the body of a residual; there is no residual here",
    () => "write `conv 1x1 N linear` with the number of channels, or move it into `residual { … }`",
  ),
  "type/trunk-outside-residual": error<Record<never, never>>(
    () => "`trunk` is the channel count of a residual's input; there is no residual here",
    () => "write the number instead, or move this into `residual { … }`",
  ),
  "type/no-input": error<{ network: string }>(
    ({ network }) => `\`${network}\` has no input`,
    () => "begin with `input 299x299x3` (height x width x channels)",
  ),
  "type/empty-network": error<{ network: string }>(
    ({ network }) => `\`${network}\` has no layers`,
    () => "add a statement such as `stem: conv 3x3 32 /2 valid`",
  ),
  "type/parameter-without-value": error<{ name: string; network: string }>(
    ({ name, network }) => `\`${network}\` needs a value for \`${name}\``,
    ({ name }) => `give it a default: \`${name}: int = 10\`, or pass \`--set ${name}=10\``,
  ),
  "type/unknown-parameter": error<{
    name: string;
    network: string;
    near: readonly string[];
    known: readonly string[];
  }>(
    ({ name, network }) => `\`${network}\` has no parameter called \`${name}\``,
    ({ near, known }) =>
      didYouMean(near) ??
      (known.length === 0
        ? "it has no parameters"
        : `it has ${known.map((one) => `\`${one}\``).join(", ")}`),
  ),
  "type/too-many-layers": error<{ limit: number; what: "layers" | "steps" }>(
    ({ limit, what }) => `the network exceeds ${limit} ${what} here`,
    ({ limit, what }) =>
      what === "layers"
        ? orRaise("lower the repeat count", "layers", limit)
        : "remove blocks and modules that contain no layers",
  ),
  "type/too-many-edits": error<{ limit: number; layers: number }>(
    ({ limit }) => `finding what the edits before this one refer to took more than ${limit} steps`,
    ({ layers }) => orRaise("write the result as a separate network", "layers", layers),
  ),
  "type/too-deep": error<{ limit: number }>(
    ({ limit }) => `blocks and modules are nested more than ${limit} deep here`,
    ({ limit }) => orRaise("flatten the chain of modules", "depth", limit),
  ),
  "type/values-too-deep": error<{ limit: number }>(
    ({ limit }) => `more than ${limit} expressions depend on one another here`,
    () => "write one of them as a number",
  ),
  "type/empty-join": error<{ join: string }>(
    ({ join }) => `the edits leave this \`${join}\` without branches`,
    () => "keep a branch, or remove the whole join",
  ),
  "type/factor-part": error<Record<never, never>>(
    () => "a part of `factor` is a kernel and a filter count",
    () => "write for example `factor 5x5 (3x3 96, 3x3 96)`",
  ),
} as const;
