/** Damages a valid text in one place, in the ways that safe repairs claim to undo. */
import fc from "fast-check";
import { operators } from "../../src/compiler/ops/registry.ts";

/** A way to write a text wrongly: every place where it could be done, and what it makes of one. */
interface Damage {
  readonly name: string;
  readonly places: RegExp;
  readonly write: (found: RegExpExecArray, chance: readonly number[]) => string;
}

export interface Damaged {
  readonly text: string;
  /** What was done, for the message of a failure. */
  readonly how: string;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** A word that is not the name in a declaration, a label or a parameter: its uses are what a slip may break. */
const USED_WORD =
  /(?<!\b(?:module|network|variant|let|aux|x \(|incept|was)\s+|[\w.]|\.\/)[A-Za-z_]\w{2,}\b(?!\s*:)/g;

const DAMAGES: readonly Damage[] = [
  {
    name: "a slip of the keyboard",
    places: USED_WORD,
    write: ([word], chance) => slip(word, chance),
  },
  {
    name: "another letter case",
    places: USED_WORD,
    write: ([word], [a = 0]) => (a % 2 === 0 ? word.toUpperCase() : flipFirst(word)),
  },
  {
    name: "another tool's name of an operator",
    places: new RegExp(`(?<![\\w.=])(${Object.keys(operators).join("|")})\\b(?!\\s*[:=])`, "g"),
    write: ([word], [a = 0]) => anyOf(operatorNames(word), a) ?? word,
  },
  {
    name: "another tool's name of an attribute",
    places: /(?<=\s)(?:act|stride|pad|dilation|norm|bias|eps|mult|filters)(?==)/g,
    write: ([word], [a = 0]) => anyOf(ATTRIBUTES[word] ?? [], a) ?? word,
  },
  { name: "commas between operands", places: /(?<=conv \d+x\d+) (?=\d)/g, write: () => ", " },
  { name: "a comma before a flag", places: / (?=(?:linear|valid|same)\b)/g, write: () => ", " },
  {
    name: "a comma too few",
    places: /(?<=\(\w+=[\w.]+),(?= \w+=)|(?<=\[[-\d.]+),(?= )/g,
    write: () => "",
  },
  {
    name: "a call",
    places: /\b(\w*conv) (\d+x\d+) (\d+)(?=\s*(?:\n|->|\}))/g,
    write: ([, a, b, c]) => `${a}(${b}, ${c})`,
  },
  {
    name: "a count after its step",
    places: /(?<![\w)] x )\b(\d+) x ([A-Z]\w*)\b(?!\()/g,
    write: ([, a, b]) => `${b} x ${a}`,
  },
  { name: "a count without spaces", places: /\b(\d+) x (?=[A-Za-z])/g, write: ([, a]) => `${a}x` },
  {
    name: "a colon in an argument",
    places: /(?<=[A-Z]\w*\((?:\w+=\w+, )*\w+)=/g,
    write: () => ": ",
  },
  {
    name: "an attribute without its sign",
    places: /(?<=conv \d+x\d+ \w+) \/(?=\d)/g,
    write: () => " stride ",
  },
  { name: "half an arrow", places: /->/g, write: () => ">" },
  { name: "an arrow after a shape", places: /(?<==> [\dx]+)\n\s*(?=[a-z])/g, write: () => " -> " },
  { name: "an arrow before a shortcut", places: / (?=shortcut \{)/g, write: () => " -> " },
  {
    name: "quotes",
    places: /(?<=\w=)[a-z]\w*/g,
    write: ([word], [a = 0]) => (a % 2 ? `'${word}'` : `"${word}"`),
  },
  {
    name: "a star for a repeat",
    places: /(?<=^\s*(?:\w+:\s*)?\d+ )x(?= [A-Za-z])/gm,
    write: () => "*",
  },
  { name: "an arrow", places: /->/g, write: () => "→" },
  { name: "a times sign", places: /(?<=\d)x(?=\d)/g, write: () => "×" },
  {
    name: "a size in parentheses",
    places: /(?<=(?:pool|=>) )(\d+)x(\d+)(?:x(\d+))?/g,
    write: ([, a, b, c]) => `(${[a, b, c].filter(Boolean).join(", ")})`,
  },
  {
    name: "operands the other way round",
    places: /(?<=\bconv )(\d+x\d+) (\d+)/g,
    write: ([, a, b]) => `${b} ${a}`,
  },
  { name: "a semicolon", places: /(?<=\w)$/gm, write: () => ";" },
  { name: "an equals sign after a label", places: /(?<=^\s*\w+):(?= )/gm, write: () => " =" },
  { name: "a hash for a comment", places: /\/\/(?=[^/])/g, write: () => "#" },
  {
    name: "arithmetic without parentheses",
    places: /(?<=conv \d+x\d+ )\((\w+ [*+-] \w+)\)/g,
    write: ([, a]) => a ?? "",
  },
  { name: "percent", places: /(?<=dropout )0\.(\d)\b/g, write: ([, a]) => `${a}0%` },
  { name: "false for none", places: /(?<=norm=|act=)none/g, write: () => "false" },
];

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  act: ["activation", "nonlinearity"],
  stride: ["strides"],
  pad: ["padding"],
  dilation: ["dilation_rate", "rate"],
  norm: ["normalization", "batch_norm"],
  bias: ["use_bias"],
  eps: ["epsilon"],
  mult: ["depth_multiplier"],
  filters: ["out_channels"],
};

function operatorNames(word: string): readonly string[] {
  const definition = Object.entries(operators).find(([name]) => name === word)?.[1];
  return [...(definition?.alsoCalled ?? []), ...(definition?.resembles ?? [])];
}

/** One letter left out, doubled or replaced, or two that change places. */
function slip(word: string, [kind = 0, at = 0, letter = 0]: readonly number[]): string {
  const index = at % word.length;
  const other = LETTERS.charAt(letter % LETTERS.length);
  const [before, found, after] = [word.slice(0, index), word.charAt(index), word.slice(index + 1)];
  switch (kind % 5) {
    case 0:
      return before + after;
    case 1:
      return before + found + found + after;
    case 2:
      return before + other + after;
    case 3:
      return before + other + found + after;
    default:
      return before + after.charAt(0) + found + after.slice(1);
  }
}

function flipFirst(word: string): string {
  const first = word.charAt(0);
  return (
    (first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase()) + word.slice(1)
  );
}

function anyOf<T>(list: readonly T[], chance: number): T | undefined {
  return list[chance % Math.max(1, list.length)];
}

/** One or two damages of a text that can be damaged. */
export function arbitraryDamage(): fc.Arbitrary<(text: string) => Damaged> {
  const one = fc.array(fc.nat(10_000), { minLength: 5, maxLength: 5 });
  return fc.array(one, { minLength: 1, maxLength: 2 }).map((chances) => (text: string): Damaged => {
    let damaged: Damaged = { text, how: "" };
    for (const chance of chances) damaged = damage(damaged, chance);
    return damaged;
  });
}

function damage(
  { text, how }: Damaged,
  [kind = 0, place = 0, ...chance]: readonly number[],
): Damaged {
  const possible = DAMAGES.map(({ places, ...rest }) => ({
    ...rest,
    found: [...text.matchAll(places)].filter(({ index }) => !isInComment(text, index)),
  })).filter(({ found }) => found.length > 0);
  const chosen = anyOf(possible, kind);
  const match = chosen && anyOf(chosen.found, place);
  if (!chosen || !match) return { text, how };
  const written = chosen.write(match, chance);
  return {
    text: text.slice(0, match.index) + written + text.slice(match.index + match[0].length),
    how: `${how}${chosen.name}: \`${match[0]}\` → \`${written}\`\n`,
  };
}

function isInComment(text: string, index: number): boolean {
  return text.slice(text.lastIndexOf("\n", index) + 1, index).includes("//");
}
