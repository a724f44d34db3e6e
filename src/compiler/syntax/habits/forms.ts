/** Recognizes whole constructs written as in other languages: joins, residuals, imports, signatures. */
import { type Advice, NAME, VALUE } from "./advice.ts";
import type { Mistake } from "./mistake.ts";

/** `aux { … }`, `aux side: …`. */
export function namelessAux(place: Mistake): Advice | undefined {
  if (place.text(-1) !== "aux" && place.text(-2) !== "aux") return undefined;
  return { help: "an `aux` has a name, and its layers in braces: `aux side { … }`", fixes: [] };
}

/** `residual scale=0.1 { … }`. */
export function bareAttributes(place: Mistake): Advice | undefined {
  const word = place.text(-1);
  if (!/^(?:residual|preprocess)$/.test(word) || place.text(1) !== "=") return undefined;
  const attribute = `${place.text(0)}=${place.text(2)}`;
  const isWhole = place.is(2, VALUE) && place.text(3) === "{";
  return {
    help: `attributes of \`${word}\` are written in parentheses: \`${word}(${attribute})\``,
    fixes: isWhole ? place.replace("safe", -1, 2, `${word}(${attribute})`) : [],
  };
}

/** `concat [a, b]`, `concat(a, b)`, `concat { a, b }`, `add { | a | b }`. */
export function branchesWithoutBars(place: Mistake): Advice | undefined {
  const isJoin = /^(?:concat|sum|split)$/;
  const isInJoin = place.expected.startsWith("`|`");
  const isAtJoin = place.is(-1, isJoin) && place.expected.startsWith("`{`");
  const isOfAnother = place.text(0) === "|" && place.text(-1) === "{";
  if (!isInJoin && !isAtJoin && !isOfAnother) return undefined;
  const join = isAtJoin ? place.text(-1) : isInJoin ? undefined : "sum";
  const form = `\`${join ?? "concat"} { | conv 1x1 8 | conv 3x3 8 }\``;
  return isOfAnother
    ? { help: `branches are joined by \`concat\` or \`sum\`: ${form}`, fixes: [] }
    : { help: `each branch begins with a bar, between braces: ${form}`, fixes: [] };
}

/** `module A [H, W, C] -> …`. */
export function signatureWithoutColon(place: Mistake): Advice | undefined {
  if (place.text(0) !== "[" || !place.expected.startsWith("`{`")) return undefined;
  const help = "a signature follows a colon: `module A : [H, W, C] => [H, W, 64] { … }`";
  return { help, fixes: [] };
}

export function wrongBracket(place: Mistake): Advice | undefined {
  if (place.text(-2) === "factor") {
    const help =
      "the parts of a `factor` are written in parentheses: `factor 7x7 (1x7 64, 7x1 64)`";
    return { help, fixes: [] };
  }
  const wanted = /^`([({[])`$/.exec(place.expected)?.[1];
  if (wanted === undefined || !place.is(0, /^[({[]$/)) return undefined;
  const what = `\`${place.text(-1)}\``;
  return { help: `what follows ${what} here is written between ${PAIRS[wanted]}`, fixes: [] };
}

const PAIRS: Readonly<Record<string, string>> = {
  "(": "parentheses: `( … )`",
  "{": "braces: `{ … }`",
  "[": "square brackets: `[ … ]`",
};

/** `let n: int = 3`. */
export function typedLet(place: Mistake): Advice | undefined {
  if (place.text(0) !== ":" || place.text(-2) !== "let") return undefined;
  const isWhole = place.is(1, NAME) && place.text(2) === "=";
  return {
    help: `the type of a value is inferred: \`let ${place.text(-1)} = …\``,
    fixes: isWhole ? place.remove("safe", 0, 1) : [],
  };
}

/** `import A from "…"`, `import * from "…"`, `from "…" import A`. */
export function importForms(place: Mistake): Advice | undefined {
  const isImport = place.text(-1) === "import";
  const isFrom = place.text(0) === "from" && place.is(1, /^["'“]/);
  if (!isImport && !isFrom) return undefined;
  const isOneName = isImport && place.is(0, NAME) && place.text(1) === "from";
  return {
    help: 'an import lists the names in braces: `import { InceptionA } from "./modules.incept"`',
    fixes: isOneName ? place.replace("safe", 0, 0, `{ ${place.text(0)} }`) : [],
  };
}
