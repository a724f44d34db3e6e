/** Decides whether a word can only be a misspelling of one known name: the difference between repairing it and guessing. */
import { editDistance } from "./suggest.ts";

/** In a shorter word, one letter is too large a part of it. */
const FEWEST_LETTERS = 4;

/**
 * Whether `name` is `candidate` with one slip of the keyboard inside a word, or in other letter case, and no other of the
 * candidates is as near. A different digit, first or last letter is rather another name (`relu6`, `convT`, `InceptionB`).
 * Of names that an author declares, any letters make a word: there, one letter in place of another is no slip
 * (`wide`, `side`).
 */
export function isMisspelling(
  name: string,
  candidate: string,
  candidates: Iterable<string>,
  isDeclared: boolean,
): boolean {
  if (name.length < FEWEST_LETTERS || candidate.length < FEWEST_LETTERS) return false;
  const wanted = name.toLowerCase();
  const meant = candidate.toLowerCase();
  const asNear = new Set<string>();
  for (const other of candidates) {
    if (other !== name && editDistance(wanted, other.toLowerCase(), 1) <= 1) asNear.add(other);
  }
  if (asNear.size !== 1 || !asNear.has(candidate)) return false;
  if (wanted === meant) return true;
  if (digitsOf(wanted) !== digitsOf(meant)) return false;
  if (singleLettersOf(name) !== singleLettersOf(candidate)) return false;
  if (isSwap(wanted, meant)) return true;
  const isInside = wanted.at(0) === meant.at(0) && wanted.at(-1) === meant.at(-1);
  return isInside && !(isDeclared && wanted.length === meant.length);
}

function digitsOf(name: string): string {
  return name.replace(/\D+/g, "-");
}

/** The parts of a name that are one letter, as the `A` of `ResNetA` and of `stageAWide`. */
function singleLettersOf(name: string): string {
  const parts = name.split(/_|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  return parts.filter((part) => part.length === 1).join();
}

/** Whether two words have the same letters, so that two neighbours changed places. */
function isSwap(one: string, other: string): boolean {
  return [...one].sort().join("") === [...other].sort().join("");
}
