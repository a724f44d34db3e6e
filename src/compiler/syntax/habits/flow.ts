/** Recognizes steps, counts and shapes that stand in the wrong place: `Block x 3`, `=> … ->`, `-> shortcut`, `-> |`. */
import { type Advice, NAME, startsStep, VALUE } from "./advice.ts";
import type { Mistake } from "./mistake.ts";

const COUNT = /^\d+$/;

/** `Block x 3`, `{ … } x 3`. */
export function countAfterStep(place: Mistake): Advice | undefined {
  if (place.text(0) === "x" && place.text(-1) === "}" && place.is(1, COUNT)) {
    const repaired = `${place.text(1)} x { … }`;
    const help = `a repeat count is written before what it repeats: \`${repaired}\``;
    return { help, fixes: [] };
  }
  if (place.text(-1) !== "x" || !place.is(0, COUNT)) return undefined;
  const count = place.text(0);
  const step = place.text(-2);
  if (!/^[A-Z]\w*$/.test(step) || place.text(-3) === "x") return undefined;
  const repaired = `${count} x ${step}`;
  return {
    help: `a repeat count is written before its step: \`${repaired}\``,
    fixes: place.replace("safe", -2, 0, repaired),
  };
}

/** `3xBlock`, where `xBlock` is one word. */
export function countWithoutSpace(place: Mistake): Advice | undefined {
  const [, step] = /^x([A-Za-z_]\w*)$/.exec(place.text(1)) ?? [];
  if (step === undefined || !place.is(0, COUNT) || !place.isTouching(0)) return undefined;
  const repaired = `${place.text(0)} x ${step}`;
  return {
    help: `a space stands on both sides of the \`x\` of a repeat: \`${repaired}\``,
    fixes: place.replace("safe", 0, 1, repaired),
  };
}

/** `conv 3x3 8 > relu`, `conv 3x3 8 - > relu`. */
export function brokenArrow(place: Mistake): Advice | undefined {
  if (!place.isAfterStep) return undefined;
  const length = place.text(0) === ">" ? 1 : place.text(0) === "-" && place.text(1) === ">" ? 2 : 0;
  if (length === 0) return undefined;
  const applicability = startsStep(place.text(length)) ? "safe" : "suggested";
  return {
    help: "the next step follows `->`, one word",
    fixes: place.replace(applicability, 0, length - 1, "->"),
  };
}

/** `B(c: 32)`, as in Swift or a JSON object. */
export function colonInArgument(place: Mistake): Advice | undefined {
  // The parenthesis was not taken for the beginning of arguments, or an earlier argument was right.
  const start = place.text(0) === "(" ? 1 : place.text(0) === ":" ? -1 : undefined;
  if (start === undefined || !place.is(start, NAME) || place.text(start + 1) !== ":")
    return undefined;
  if (start === -1 && !place.expected.startsWith("`)`")) return undefined;
  if (start === 1 && !place.is(-1, NAME)) return undefined;
  const argument = `${place.text(start)}=${place.text(start + 2)}`;
  const isWhole = place.is(start + 2, VALUE);
  return {
    help: `an argument is written with \`=\`: \`${isWhole ? argument : `${place.text(start)}=…`}\``,
    fixes: isWhole ? place.replace("safe", start, start + 2, argument) : [],
  };
}

/** `conv 3x3 8 => 32x32x8 -> relu`. */
export function flowAfterShape(place: Mistake): Advice | undefined {
  if (place.text(0) !== "->") return undefined;
  let at = -1;
  let isStated = false;
  let isLabelled = false;
  // Back to where the statement begins: at a bracket, or at a line that does not go on.
  while (place.text(at) !== "" && !place.is(at, /^[{}|]$/)) {
    isStated ||= place.text(at) === "=>";
    isLabelled ||= place.text(at) === ":";
    const isFirst = place.startsLine(at) && !place.is(at, /^(?:->|=>)$/);
    if (isFirst && !place.is(at - 1, /^(?:->|=>)$/)) break;
    at--;
  }
  if (!isStated) return undefined;
  return {
    help: "a shape ends its statement: put what follows on a new line without the `->`, or state the shape at the end of the chain",
    // A label stands for the whole chain, and would stand for a part of it.
    fixes: place.breakLine(isLabelled ? "suggested" : "safe"),
  };
}

/** `residual { … } -> shortcut { … }`. */
export function flowBeforeShortcut(place: Mistake): Advice | undefined {
  if (place.text(0) !== "shortcut" || place.text(-1) !== "->") return undefined;
  return {
    help: "`shortcut { … }` is a part of `residual` and follows the brace of its body without `->`",
    fixes: place.text(-2) === "}" ? place.remove("safe", -1, -1) : [],
  };
}

/** `| conv 1x1 8 -> | conv 3x3 8`, `{ relu -> }`. */
export function flowIntoNothing(place: Mistake): Advice | undefined {
  if (place.text(-1) !== "->" || !place.is(0, /^[|}]$/)) return undefined;
  const what = place.text(0) === "|" ? "`|` begins the next branch" : "`}` ends the block";
  return {
    help: `\`->\` leads to a step, and ${what}: remove the \`->\`, or write the step that is missing`,
    // A step may be missing.
    fixes: place.remove("suggested", -1, -1),
  };
}
