/** Recognizes numbers, sizes and arithmetic written as in other languages. */
import { FUNCTION_NAMES } from "../../../../grammar/expression-rules.ts";
import { OPERAND_COUNTS } from "../../../../grammar/operators.ts";
import { writeSize } from "../../core/format-shape.ts";
import { type Advice, startsStep, VALUE } from "./advice.ts";
import type { Mistake } from "./mistake.ts";

const NUMBER = /^[\d.]/;
const DECIMAL = /^\d+(?:\.\d+)?$/;

/** `input (32, 32, 3)`, `maxpool (3, 3)`, `=> (35, 35, 384)`, `range=(0, 1)`. */
export function sizeInParentheses(place: Mistake): Advice | undefined {
  const start = openingParenthesis(place);
  if (start === undefined || OPERAND_COUNTS[place.text(start - 1)] === 2) return undefined;
  const sides: string[] = [];
  let at = start + 1;
  while (place.is(at, /^\d+$/)) {
    sides.push(place.text(at));
    at += place.text(at + 1) === "," ? 2 : 1;
  }
  if (sides.length < 2 || place.text(at) !== ")") return undefined;
  if (place.is(start - 2, /^(?:range|mean|std)$/) && place.text(start - 1) === "=") {
    const list = `[${sides.join(", ")}]`;
    return {
      help: `a list is written in square brackets: \`${list}\``,
      fixes: place.replace("safe", start, at, list),
    };
  }
  const size = writeSize(sides);
  // `(3, 224, 224)` says channels first, as PyTorch does.
  const isChannelsFirst = sides.length === 3 && Number(sides[0]) < Number(sides[2]);
  return {
    help: `a size is one word, without parentheses: \`${size}\``,
    fixes: place.replace(isChannelsFirst ? "suggested" : "safe", start, at, size),
  };
}

/** The parenthesis that was found, or that opens two tokens before the comma that was. */
function openingParenthesis(place: Mistake): number | undefined {
  if (place.text(0) === "(") return 0;
  return place.text(-2) === "(" ? -2 : undefined;
}

/** `conv(3x3, 32)`, `batchnorm(eps=0.001)`. */
export function operatorCall(place: Mistake): Advice | undefined {
  const start = openingParenthesis(place);
  if (start === undefined) return undefined;
  const operator = place.text(start - 1);
  const count = OPERAND_COUNTS[operator];
  if (count === undefined) return undefined;
  let end = start + 1;
  while (place.is(end, /^(?:[\w.]+|[=,])$/)) end++;
  const operands = place.written(start + 1, end - 1).replaceAll(/\s*,\s*/g, " ");
  const isWhole = place.text(end) === ")" && operands !== "";
  // `conv(64, 3)` says filters first, as PyTorch and Keras do.
  const isInOrder = count < 2 || place.is(start + 1, /x/);
  const text = isWhole && isInOrder ? `${operator} ${operands}` : "conv 3x3 32 valid";
  const given = /^[\w.]+(?: [\w.]+)*?(?= \w+=|$)/.exec(operands)?.[0].split(" ") ?? [];
  // Another framework has more operands, or means something else by the first: `BatchNorm2d(64)`.
  const isExact = /^\w+=/.test(operands) || given.length === count;
  return {
    help: `operands and attributes follow an operator without parentheses and commas: \`${text}\``,
    fixes:
      isWhole && isInOrder
        ? place.replace(isExact ? "safe" : "suggested", start - 1, end, text)
        : [],
  };
}

export function percentSign(place: Mistake): Advice | undefined {
  if (place.text(0) !== "%" || !place.is(-1, DECIMAL) || place.is(1, VALUE)) return undefined;
  const share = String(Number((Number(place.text(-1)) / 100).toPrecision(15)));
  return {
    help: `a fraction is written as a number from 0 to 1: \`${share}\``,
    fixes: place.replace("safe", -1, 0, share),
  };
}

export function bareMinus(place: Mistake): Advice | undefined {
  if (place.text(0) !== "-" || !place.isAfterStep || !place.is(1, NUMBER)) return undefined;
  const number = `(-${place.text(1)})`;
  // After a value, a difference may be meant.
  const isOperand = Object.hasOwn(OPERAND_COUNTS, place.text(-1));
  return {
    help: `a negative number is written in parentheses: \`${number}\``,
    fixes: place.replace(isOperand ? "safe" : "suggested", 0, 1, number),
  };
}

export function powerOfTwoStars(place: Mistake): Advice | undefined {
  if (place.text(0) !== "*" || place.text(-1) !== "*") return undefined;
  return { help: "there is no power operator: write the product, `3 * 3`", fixes: [] };
}

/** `conv 3x3 2*n`. */
export function bareArithmetic(place: Mistake): Advice | undefined {
  if (!place.is(0, /^[-+*%]$/) || !place.isAfterStep || !place.is(-1, VALUE)) return undefined;
  const isWhole = place.is(1, VALUE) && !place.is(2, /^[-+*/%(]$/);
  const expression = `(${place.written(-1, 1)})`;
  // `conv 3x3 8 + relu` is no arithmetic.
  const isNumeric = !startsStep(place.text(1)) && !startsStep(place.text(-1)) && place.isOnLine(1);
  return {
    help: `arithmetic in operands is written in parentheses: \`${isWhole ? expression : "(2*n + 1)"}\``,
    fixes: isWhole ? place.replace(isNumeric ? "safe" : "suggested", -1, 1, expression) : [],
  };
}

/** `3 x 3`, `conv 3x3 32 x 4`, `2 x 3 x …`. */
export function spacedSize(place: Mistake): Advice | undefined {
  if (place.text(-1) !== "x" || !place.is(0, NUMBER)) return undefined;
  if (place.text(1) === "x") {
    return { help: "a repeat inside a repeat is written in braces: `2 x { 3 x … }`", fixes: [] };
  }
  const size = `a size is written without spaces: \`${place.text(-2)}x${place.text(0)}\``;
  const count = `a repeat count is written before its step: \`${place.text(0)} x conv 3x3 32\``;
  return { help: place.is(1, VALUE) ? size : `${size}; ${count}`, fixes: [] };
}

/** `padding='same'`, `import { A } from './a.incept'`. */
export function quotedValue(place: Mistake): Advice | undefined {
  if (!place.is(0, /^["'“]/)) return undefined;
  const inner = place.text(0).slice(1, -1);
  if (place.expected.includes("quotes")) {
    const text = `"${inner}"`;
    return {
      help: `text is written between two \`"\`: \`${text}\``,
      fixes: place.replace("safe", 0, 0, text),
    };
  }
  return {
    help: "words and numbers are written without quotes: `pad=same`",
    fixes: VALUE.test(inner) ? place.replace("safe", 0, 0, inner) : [],
  };
}

/** `(max n 3)`. */
export function callWithoutParentheses(place: Mistake): Advice | undefined {
  if (!FUNCTION_NAMES.includes(place.text(-1)) || !place.is(0, VALUE)) return undefined;
  return {
    help: `\`${place.text(-1)}\` takes its values in parentheses, with commas: \`${place.text(-1)}(8, 16)\``,
    fixes: [],
  };
}
