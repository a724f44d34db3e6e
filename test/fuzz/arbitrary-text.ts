/** Arbitraries of invalid text: random words of the language, and valid text with random changes. */
import fc from "fast-check";
import { OPERAND_COUNTS } from "../../grammar/operators.ts";
import { CONTEXTUAL_KEYWORDS, KEYWORDS } from "../../grammar/tokens.ts";

const SIGNS = "-> => <= >= == != < > = | { } ( ) [ ] , : . / * + - % ? ; // /* */ ///".split(" ");
const NAMES = [
  "A",
  "B",
  "N",
  "a",
  "b",
  "stem",
  "head",
  "n",
  "trunk",
  "int",
  "float",
  "_",
  "H",
  "W",
];
const NUMBERS = [
  "0",
  "1",
  "2",
  "3",
  "0.5",
  "1e9",
  "9007199254740993",
  "3x3",
  "8x8x3",
  "0x0",
  "1_0",
];
const OTHERS = ['"', '"./a.incept"', "\n", "\u0000", "\uD800", "é", "\uFEFF", "\\", "2.2M", "GiB"];
/** What other languages, and programs that make text look nice, put there. */
const FOREIGN = ["'a'", "“a”", "# a\n", "×", "→", "3*4", "5MB", "for", "def", "Conv2D", "padding"];

const token: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...SIGNS) },
  { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 3, arbitrary: fc.constantFrom(...KEYWORDS, ...CONTEXTUAL_KEYWORDS) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.keys(OPERAND_COUNTS)) },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 1, arbitrary: fc.constantFrom(...OTHERS) },
  { weight: 1, arbitrary: fc.constantFrom(...FOREIGN) },
);

/** Any words and signs, good and bad, in any order. */
export function arbitraryWords(maxLength: number): fc.Arbitrary<string> {
  return fc.array(token, { maxLength }).map((words) => words.join(" "));
}

/** One change to a text. */
export type Mutation = (text: string) => string;

const mutation: fc.Arbitrary<Mutation> = fc
  .tuple(
    fc.nat(),
    fc.nat(),
    token,
    fc.constantFrom("delete", "insert", "replace", "double", "swap", "cut"),
  )
  .map(([at, length, insert, kind]) => (text) => {
    // Whole words and signs are changed: single letters would nearly all end as unknown names.
    const words = text.split(/(\s+|[{}()|,:])/);
    const index = at % Math.max(1, words.length);
    const count = 1 + (length % 4);
    const part = words.slice(index, index + count);
    const put = (...replacement: readonly string[]): string =>
      [...words.slice(0, index), ...replacement, ...words.slice(index + count)].join("");
    switch (kind) {
      case "delete":
        return put();
      case "insert":
        return put(insert, " ", ...part);
      case "replace":
        return put(insert, " ");
      case "double":
        return put(...part, " ", ...part);
      case "swap":
        return put(...part.toReversed());
      default:
        return words.slice(0, index).join("");
    }
  });

/** Some changes, one after another. */
export const mutations: fc.Arbitrary<Mutation> = fc
  .array(mutation, { minLength: 1, maxLength: 4 })
  .map((all) => (text) => all.reduce((changed, mutate) => mutate(changed), text));
