/** Converts an evaluated value to an attribute, with checks of type and range. */
import { type Span, spanText } from "../core/span.ts";
import { suggest } from "../core/suggest.ts";
import type { DiagnosticExtras } from "../diagnostics/diagnostic.ts";
import type { Report } from "../diagnostics/outcome.ts";
import { writeInstead } from "../diagnostics/replacement.ts";
import type { AttributeValue, PaddingSides } from "../ir/attributes.ts";
import type { ValueDefinition } from "../ops/operator.ts";
import { describeValue, type Value } from "./value.ts";
import { ACTIVATION_WORDS, NORM_WORDS, PADDING_WORDS } from "./words.ts";

/** An attribute before a word of `norm=` is replaced by the normalization in force. */
export type PlainAttribute = Exclude<AttributeValue, { readonly eps: number }>;

/** `what` names the attribute in messages: `` `filters` of `conv` ``. Gives nothing after reporting an error. */
export function convertValue(
  definition: ValueDefinition,
  value: Value,
  what: string,
  span: Span,
  report: Report,
): PlainAttribute | undefined {
  const mismatch = (expected: string): undefined => {
    const help = helpOnMismatch(definition, value);
    report("type/mismatch", span, { what, expected, found: describeValue(value) }, { help });
    return undefined;
  };
  switch (definition.type) {
    case "int":
      if (value.kind !== "number") return mismatch("a whole number");
      return checkInteger(value.value, what, span, report) &&
        inRange(definition, value.value, what, span, report)
        ? value.value
        : undefined;
    case "float":
      if (value.kind !== "number") return mismatch("a number");
      return inRange(definition, value.value, what, span, report) ? value.value : undefined;
    case "bool":
      return value.kind === "bool" ? value.value : mismatch("`true` or `false`");
    case "size":
      return convertSize(definition, value, what, span, report);
    case "pad":
      return value.kind === "word"
        ? chooseWord(value, PADDING_WORDS, what, span, report)
        : convertPadding(value, what, span, report);
    case "choice":
      return chooseWord(value, choicesOf(definition) ?? [], what, span, report);
    case "norm":
    case "act": {
      const word = chooseWord(value, choicesOf(definition) ?? [], what, span, report);
      return word === "none" || word === "linear" ? null : word;
    }
  }
}

/** What a value of each type looks like. */
export const EXAMPLE_VALUES: Readonly<Record<ValueDefinition["type"], string>> = {
  int: "32",
  float: "0.2",
  bool: "true",
  size: "3x3",
  pad: "same",
  act: "relu",
  norm: "batch",
  choice: "nearest",
};

function helpOnMismatch({ type }: ValueDefinition, value: Value): string {
  const [side] = value.kind === "size" || value.kind === "list" ? value.value : [];
  return side === undefined
    ? `write for example \`${EXAMPLE_VALUES[type]}\``
    : `a single number is expected here: \`${side}\``;
}

/** The words that an attribute takes; nothing for one that takes numbers. */
export function choicesOf({ type, choices = [] }: ValueDefinition): readonly string[] | undefined {
  switch (type) {
    case "pad":
      return PADDING_WORDS;
    case "norm":
      return NORM_WORDS;
    case "act":
      return ACTIVATION_WORDS;
    case "choice":
      return choices;
    default:
      return undefined;
  }
}

/** A single number stands for two equal sides. */
function convertSize(
  definition: ValueDefinition,
  value: Value,
  what: string,
  span: Span,
  report: Report,
): readonly number[] | undefined {
  const sides = value.kind === "number" ? [value.value, value.value] : value.value;
  const isSize = value.kind === "number" || value.kind === "size" || value.kind === "list";
  if (!isSize || !isPair(sides)) {
    const expected =
      value.kind === "size" ? "a size of two sides such as `3x3`" : "a size such as `3x3`";
    const help = "write height and width, `3x3`, or one number for both";
    report("type/mismatch", span, { what, expected, found: describeValue(value) }, { help });
    return undefined;
  }
  const isGood = sides.every(
    (side) =>
      checkInteger(side, what, span, report) && inRange(definition, side, what, span, report),
  );
  return isGood ? sides : undefined;
}

/** Equal rows and columns, rows and columns, or all four sides; without any, `valid`. */
function convertPadding(
  value: Value,
  what: string,
  span: Span,
  report: Report,
): "valid" | PaddingSides | undefined {
  const sides = paddingSides(value);
  if (!sides) {
    const expected = "`same`, `valid`, or rows and columns such as `1`";
    const help = "write `1`, `1x2` for rows and columns, or `[top, bottom, left, right]`";
    report("type/mismatch", span, { what, expected, found: describeValue(value) }, { help });
    return undefined;
  }
  const range: ValueDefinition = { type: "pad", doc: "", min: 0 };
  const isGood = sides.every(
    (side) => checkInteger(side, what, span, report) && inRange(range, side, what, span, report),
  );
  if (!isGood) return undefined;
  return sides.every((side) => side === 0) ? "valid" : sides;
}

function paddingSides(value: Value): PaddingSides | undefined {
  if (value.kind === "number") return [value.value, value.value, value.value, value.value];
  if (value.kind !== "size" && value.kind !== "list") return undefined;
  const [first, second, third, fourth, ...others] = value.value;
  if (first === undefined || second === undefined || others.length > 0) return undefined;
  if (third === undefined) return [first, first, second, second];
  return fourth === undefined || value.kind === "size" ? undefined : [first, second, third, fourth];
}

function isPair(sides: unknown): sides is readonly [number, number] {
  return Array.isArray(sides) && sides.length === 2;
}

function chooseWord(
  value: Value,
  choices: readonly string[],
  what: string,
  span: Span,
  report: Report,
): string | undefined {
  if (value.kind === "word" && choices.includes(value.value)) return value.value;
  if (value.kind === "word") {
    const near = suggest(value.value, choices);
    report("type/unknown-word", span, {
      what: `a value for ${what}`,
      word: value.value,
      choices,
      near,
    });
  } else {
    const expected = `one of ${choices.map((choice) => `\`${choice}\``).join(", ")}`;
    // `norm=false`, a common guess for `norm=none`.
    const isNone = value.kind === "bool" && !value.value && choices.includes("none");
    const help = `write ${isNone ? "`none`" : `for example \`${choices[0]}\``}`;
    const fixes = isNone ? [writeInstead(span, "none", "safe")] : [];
    report("type/mismatch", span, { what, expected, found: describeValue(value) }, { help, fixes });
  }
  return undefined;
}

export function checkInteger(value: number, what: string, span: Span, report: Report): boolean {
  if (!Number.isInteger(value)) {
    const near = Math.round(value);
    const isLiteral = /^[\d._]+$/.test(spanText(span));
    const text = isLiteral ? String(near) : `round(${spanText(span)})`;
    const fixes = [writeInstead(span, text, "suggested")];
    report("type/not-whole", span, { what, found: value, near }, { fixes });
    return false;
  }
  if (!Number.isSafeInteger(value)) {
    report("type/not-exact", span, { what });
    return false;
  }
  return true;
}

function inRange(
  definition: ValueDefinition,
  value: number,
  what: string,
  span: Span,
  report: Report,
): boolean {
  const { min, max, maxExclusive } = definition;
  const isTooSmall = min !== undefined && value < min;
  const isTooLarge = max !== undefined && (maxExclusive ? value >= max : value > max);
  if (!isTooSmall && !isTooLarge && Number.isFinite(value)) return true;
  const range = describeRange(definition);
  report(
    "type/out-of-range",
    span,
    { what, range, found: value },
    repairRange(definition, value, span),
  );
  return false;
}

/** From this value on, a number where a fraction is needed was probably meant as a percentage. */
const LEAST_PERCENT = 5;

/** The nearest value that is allowed; of a share in percent, the share. */
function repairRange(
  { min, max, maxExclusive }: ValueDefinition,
  value: number,
  span: Span,
): DiagnosticExtras {
  if (max === 1 && Number.isInteger(value) && value >= LEAST_PERCENT && value <= 100) {
    const text = String(value / 100);
    const fixes = [writeInstead(span, text, "suggested")];
    return { help: `it is a fraction, not a percentage: \`${text}\``, fixes };
  }
  if (min !== undefined && value < min) return { help: `the minimum is \`${min}\`` };
  if (max === undefined) return {};
  return {
    help: maxExclusive
      ? `write less than ${max}, for example \`${max / 2}\``
      : `the maximum is \`${max}\``,
  };
}

/** `at least 1`, `from 0 up to but not including 1`. */
export function describeRange({ min, max, maxExclusive }: ValueDefinition): string {
  const upper = maxExclusive ? `up to but not including ${max}` : `to ${max}`;
  if (min !== undefined && max !== undefined) return `from ${min} ${upper}`;
  if (min !== undefined) return `at least ${min}`;
  if (max !== undefined) return maxExclusive ? `less than ${max}` : `at most ${max}`;
  return "finite";
}
