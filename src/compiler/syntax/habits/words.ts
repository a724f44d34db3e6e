/** Recognizes keywords of other languages and misspelt words. */
import { OPERAND_COUNTS } from "../../../../grammar/operators.ts";
import { KEYWORDS } from "../../../../grammar/tokens.ts";
import { isMisspelling } from "../../core/misspelling.ts";
import { suggest } from "../../core/suggest.ts";
import { nearestNames } from "../../diagnostics/nearest-name.ts";
import { type Advice, NAME, VALUE } from "./advice.ts";
import type { Mistake } from "./mistake.ts";

/** `linear 10` as PyTorch calls it. */
export function denseCalledLinear(place: Mistake): Advice | undefined {
  if (place.text(0) !== "linear" || !place.expected.startsWith("a step")) return undefined;
  return {
    help: "the fully connected layer is `dense`; `linear` means that a `conv` has no activation",
    fixes: place.is(1, VALUE) ? place.replace("safe", 0, 0, "dense") : [],
  };
}

/** `def Block(n) { … }`, `class Net { … }`, `change head with …`. */
export function foreignWord(place: Mistake): Advice | undefined {
  const isEdit = place.expected.startsWith("an edit");
  if (!isEdit && !place.expected.startsWith("`module`")) return undefined;
  const words = isEdit ? FOREIGN_EDITS : FOREIGN_DECLARATIONS;
  const found = place.text(0);
  const meant = Object.keys(words).find((word) => words[word]?.includes(found));
  if (meant === undefined) return undefined;
  const applicability = AMBIGUOUS_WORDS.includes(found) ? "suggested" : "safe";
  return {
    help: `\`${found}\` is \`${meant}\` here`,
    fixes: place.replace(applicability, 0, 0, meant),
  };
}

const FOREIGN_DECLARATIONS: Readonly<Record<string, readonly string[]>> = {
  module: ["def", "function", "func", "fn", "block", "layer"],
  network: ["class", "model", "net", "graph"],
  let: ["const", "var"],
};

const FOREIGN_EDITS: Readonly<Record<string, readonly string[]>> = {
  replace: ["change", "swap"],
  remove: ["delete", "drop", "del"],
  insert: ["add", "append"],
};

/** A class of PyTorch is a module or a network, a graph may be either, and a swap may be meant in both directions. */
const AMBIGUOUS_WORDS: readonly string[] = ["class", "graph", "swap"];

export function replaceBy(place: Mistake): Advice | undefined {
  if (place.expected !== "`with`" || place.text(0) !== "by") return undefined;
  return { help: "write `replace … with …`", fixes: place.replace("safe", 0, 0, "with") };
}

/** A word that is near to one of those that were expected. */
export function nearestWord(place: Mistake): Advice | undefined {
  const found = place.text(0);
  if (!NAME.test(found)) return undefined;
  const words = [...place.expected.matchAll(/`([a-z_]+)`/g)].flatMap(([, word]) => word ?? []);
  const { names, applicability } = nearestNames(found, words);
  const [best] = names;
  if (best === undefined) return undefined;
  return { help: `did you mean \`${best}\`?`, fixes: place.replace(applicability, 0, 0, best) };
}

/** `default conv(act=relu)`: the parser only stumbles later, for it took the word for an operator. */
export function misspeltStart(place: Mistake): Advice | undefined {
  const start = place.lineStart;
  const word = place.text(start);
  if (start === 0 || !NAME.test(word) || KEYWORDS.includes(word)) return undefined;
  const [best] = suggest(word, KEYWORDS);
  const candidates = [...KEYWORDS, ...Object.keys(OPERAND_COUNTS)];
  if (best === undefined || place.text(start + 1) === ":") return undefined;
  return {
    help: `did you mean \`${best}\` for \`${word}\`?`,
    fixes: place.replace(
      isMisspelling(word, best, candidates, false) ? "safe" : "suggested",
      start,
      start,
      best,
    ),
  };
}
