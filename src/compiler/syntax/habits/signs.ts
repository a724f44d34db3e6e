/** Recognizes misplaced punctuation: commas, colons, arrows, relations. */
import { type Advice, NAME, startsStep, VALUE } from "./advice.ts";
import type { Mistake } from "./mistake.ts";

/** What may follow the operands of an operator as one word. */
const FLAGS: readonly string[] = ["valid", "same", "linear", "bias"];

export function commaBetweenOperands(place: Mistake): Advice | undefined {
  if (place.text(0) !== "," || !place.isAfterStep) return undefined;
  const help = "operands and attributes follow each other without commas: `conv 3x3 32 valid`";
  if (!place.isOnLine(1) || !place.is(1, VALUE)) return { help, fixes: [] };
  // `conv 3x3 32, relu`: what follows may be a step.
  const isPart = place.is(1, /^\d/) || place.text(2) === "=" || FLAGS.includes(place.text(1));
  return { help, fixes: place.remove(isPart ? "safe" : "suggested", 0, 0) };
}

/** `A(a=3 b=4)`, `module A(a: int b: int)`, `[1 2 3]`. */
export function missingComma(place: Mistake): Advice | undefined {
  if (!/^`[)\]]`$/.test(place.expected) || !place.is(0, VALUE)) return undefined;
  if (!place.is(-1, VALUE) || !place.is(1, /^[=:,)\]]$/)) return undefined;
  return {
    help: "items in parentheses or brackets are separated by commas",
    fixes: place.insertAfter("safe", -1, ","),
  };
}

/** `3 * conv 3x3 32`. */
export function countWithStar(place: Mistake): Advice | undefined {
  if (place.text(1) !== "*" || !place.is(0, VALUE) || !place.is(2, NAME)) return undefined;
  const count = `${place.text(0)} x`;
  return { help: `a repeat is written \`${count} …\``, fixes: place.replace("safe", 0, 1, count) };
}

/** `params < = 5M`, `params =< 5M`, `params = 5M`. */
export function relationOfBudget(place: Mistake): Advice | undefined {
  if (place.text(0) !== "=" || !/^a bound/.test(place.expected)) return undefined;
  if (place.is(-1, /^[<>]$/)) {
    const relation = `${place.text(-1)}=`;
    return {
      help: `write \`${relation}\` without a space`,
      fixes: place.replace("safe", -1, 0, relation),
    };
  }
  if (place.is(1, /^[<>]$/)) {
    const relation = `${place.text(1)}=`;
    return { help: `write \`${relation}\``, fixes: place.replace("safe", 0, 1, relation) };
  }
  return {
    help: "a budget is a bound: at most (`<=`), at least (`>=`) or exactly (`==`)",
    fixes: [],
  };
}

/** `width = 2`, `input = 299x299x3`, `input: 299x299x3`. */
export function signAfterKeyword(place: Mistake): Advice | undefined {
  const word = place.text(-1);
  if (!place.is(0, /^[=:]$/) || !/^(?:width|input|round)$/.test(word)) return undefined;
  const help = `the value follows \`${word}\` directly: \`${word} ${place.text(1)}\``;
  return { help, fixes: place.remove("safe", 0, 0) };
}

/** `stem = conv 3x3 32`. */
export function equalsAfterLabel(place: Mistake): Advice | undefined {
  if (place.text(0) !== "=" || !place.isAfterStep || place.expected === "`)`") return undefined;
  const isAtStart = place.lineStart === -1 || place.is(-2, /^[{}|]$/);
  if (!isAtStart || !place.is(1, NAME)) return undefined;
  return {
    help: "a label is followed by a colon: `stem: conv 3x3 32`; `let` names a value",
    fixes: place.replace(
      startsStep(place.text(1)) ? "safe" : "suggested",
      -1,
      0,
      `${place.text(-1)}:`,
    ),
  };
}

/** `residual { … } + relu`. */
export function arrowAsPlus(place: Mistake): Advice | undefined {
  if (place.text(0) !== "+" || !place.is(-1, /^[})]$/)) return undefined;
  // It may also add two branches.
  const fixes = place.is(1, NAME) ? place.replace("suggested", 0, 0, "->") : [];
  return { help: "the next step follows `->`", fixes };
}

/** `replace head with globalavgpool dense 10`, `insert dropout 0.1 relu after stem`. */
export function arrowInEdit(place: Mistake): Advice | undefined {
  const isInEdit = place.is(place.lineStart, /^(?:replace|insert)$/);
  if (!isInEdit || !startsStep(place.text(0)) || !/^(?:an edit|`after`)/.test(place.expected))
    return undefined;
  return { help: "steps are joined by `->`", fixes: place.insertBefore(0, "->") };
}

/** `conv 3x3 32 ->` at the end of a line, and a label on the next. */
export function flowIntoLabel(place: Mistake): Advice | undefined {
  if (place.text(0) !== ":" || place.text(-2) !== "->") return undefined;
  return {
    help: `\`->\` leads to a step, and \`${place.text(-1)}:\` begins a statement: remove the \`->\` before it`,
    fixes: place.remove("safe", -2, -2),
  };
}

/** `=> maxpool 3x3`. */
export function stepAfterYields(place: Mistake): Advice | undefined {
  if (place.text(-1) !== "=>" || !place.is(0, NAME)) return undefined;
  return {
    help: "the next step follows `->`; `=>` is followed by the shape of the steps before it",
    fixes: place.replace(startsStep(place.text(0)) ? "safe" : "suggested", -1, -1, "->"),
  };
}
