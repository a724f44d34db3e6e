/** Maps characters that keyboards, editors and other languages use (`×`, `→`, `;`) to those of this language. */

/** The replacement and its explanation. */
interface Replacement {
  readonly text: string;
  readonly help: string;
}

const REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  ";": { text: "", help: "remove it: the next line begins the next statement" },
  "×": { text: "x", help: "write the letter `x`, in sizes (`3x3`) and repeats (`4 x …`)" },
  "→": { text: "->", help: "steps are joined by `->`" },
  "⇒": { text: "=>", help: "a shape is stated after `=>`" },
  "≤": { text: "<=", help: "write `<=`" },
  "≥": { text: ">=", help: "write `>=`" },
  "−": { text: "-", help: "write the hyphen `-`" },
  "–": { text: "-", help: "write the hyphen `-`" },
};

/** A character that looks like a space but is not white space of the language. */
const SPACE: Replacement = {
  text: " ",
  help: "it looks like a space, but is a different character",
};

/** The help where no replacement is certain. */
const HELPS: Readonly<Record<string, string>> = {
  "^": "there is no power operator: write the product, `3 * 3`",
  "'": 'text is written between two `"`, and only after `from`',
  "“": 'text is written between two `"`, and only after `from`',
  "&": "there is no `and`: nest the conditions, `a > 1 ? (b > 1 ? x : y) : y`",
  "!": "`!=` compares; there is no other use of `!`",
};

/** What to write instead of a character; for several equal ones, instead of all of them. */
export function replacementFor(text: string): Replacement | undefined {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  if (text.replaceAll(first, "") !== "") return undefined;
  return /\p{Zs}/u.test(first) ? SPACE : REPLACEMENTS[first];
}

export function helpFor(text: string): string | undefined {
  return replacementFor(text)?.help ?? HELPS[text.charAt(0)];
}
