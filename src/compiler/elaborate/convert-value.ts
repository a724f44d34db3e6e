/** Owns the step from a value to an attribute: its type, its range, and what to say when it has the wrong one. */
import { type Span, spanText } from "../core/span.ts";
import { suggest } from "../core/suggest.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { AttributeValue } from "../ir/attributes.ts";
import type { AttributeDefinition } from "../ops/operator.ts";
import { describeValue, type Value } from "./value.ts";
import { ACTIVATION_WORDS, NORM_WORDS, PADDING_WORDS } from "./words.ts";

/** An attribute before `norm=batch` is replaced by the batch normalization in force. */
export type PlainAttribute = Exclude<AttributeValue, { readonly eps: number }>;

/** `what` names the attribute in messages: `` `filters` of `conv` ``. Gives nothing after reporting an error. */
export function convertValue(
  definition: AttributeDefinition,
  value: Value,
  what: string,
  span: Span,
  report: Report,
): PlainAttribute | undefined {
  const mismatch = (expected: string): undefined => {
    report("type/mismatch", span, { what, expected, found: describeValue(value) });
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
    case "choice":
      return chooseWord(value, choicesOf(definition) ?? [], what, span, report);
    case "norm":
    case "act": {
      const word = chooseWord(value, choicesOf(definition) ?? [], what, span, report);
      return word === "none" || word === "linear" ? null : word;
    }
  }
}

/** The words that an attribute takes; nothing for one that takes numbers. */
export function choicesOf({
  type,
  choices = [],
}: AttributeDefinition): readonly string[] | undefined {
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
  definition: AttributeDefinition,
  value: Value,
  what: string,
  span: Span,
  report: Report,
): readonly number[] | undefined {
  const sides = value.kind === "number" ? [value.value, value.value] : value.value;
  if ((value.kind !== "number" && value.kind !== "size") || !isPair(sides)) {
    const expected =
      value.kind === "size" ? "a size of two sides such as `3x3`" : "a size such as `3x3`";
    report("type/mismatch", span, { what, expected, found: describeValue(value) });
    return undefined;
  }
  const isGood = sides.every(
    (side) =>
      checkInteger(side, what, span, report) && inRange(definition, side, what, span, report),
  );
  return isGood ? sides : undefined;
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
    report("type/mismatch", span, { what, expected, found: describeValue(value) });
  }
  return undefined;
}

export function checkInteger(value: number, what: string, span: Span, report: Report): boolean {
  if (!Number.isInteger(value)) {
    const near = Math.round(value);
    const isLiteral = /^[\d._]+$/.test(spanText(span));
    const text = isLiteral ? String(near) : `round(${spanText(span)})`;
    const fixes = [{ title: `write \`${text}\``, edits: [{ span, text }] }];
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
  definition: AttributeDefinition,
  value: number,
  what: string,
  span: Span,
  report: Report,
): boolean {
  const { min, max, maxExclusive } = definition;
  const isTooSmall = min !== undefined && value < min;
  const isTooLarge = max !== undefined && (maxExclusive ? value >= max : value > max);
  if (!isTooSmall && !isTooLarge && Number.isFinite(value)) return true;
  report("type/out-of-range", span, { what, range: describeRange(definition), found: value });
  return false;
}

/** `at least 1`, `from 0 up to but not including 1`. */
export function describeRange({ min, max, maxExclusive }: AttributeDefinition): string {
  const upper = maxExclusive ? `up to but not including ${max}` : `to ${max}`;
  if (min !== undefined && max !== undefined) return `from ${min} ${upper}`;
  if (min !== undefined) return `at least ${min}`;
  if (max !== undefined) return maxExclusive ? `less than ${max}` : `at most ${max}`;
  return "finite";
}
