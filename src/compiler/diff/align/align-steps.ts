/** Matches two lists of steps in order, in passes from exact to loose similarity. */
import type { Node } from "../../ir/architecture.ts";
import type { Part } from "../part.ts";
import { type Keys, longestCommonSubsequence } from "./longest-subsequence.ts";
import { type Similarity, signatureOf, widthOf, windowOf } from "./similarity.ts";

export interface StepMatches {
  readonly pairs: readonly (readonly [base: Part, head: Part])[];
  /** Whether every list was matched optimally. */
  readonly isBest: boolean;
}

/** Comparisons that one list may take in one pass. */
const WORK_LIMIT = 40_000_000;
const MAX_DIFFERENCES = 2000;

/** The similarity required of blocks that share neither a name nor a module. */
const ALIKE = 0.5;

/**
 * What counts as the same, from the surest to the loosest; each pass looks between the matches of those before it. A
 * part whose key is `undefined` is left to later passes.
 */
const PASSES: readonly ((part: Part) => string | number | undefined)[] = [
  ({ content }) => content,
  ({ label, node }) => (label === "" ? undefined : `${groupOf(node)} ${label}`),
  ({ bare }) => bare,
  ({ node }) => (node.kind === "operator" ? signatureOf(node) : moduleOf(node)),
  ({ node }) => (node.kind === "operator" ? `${node.operator} ${windowOf(node)}` : groupOf(node)),
  ({ node }) => (node.kind === "operator" ? `${node.operator} ${widthOf(node)}` : undefined),
  ({ node }) => (node.kind === "operator" ? node.operator : undefined),
];

/** Up to here a match is by names or contents; from here on, by similarity. */
const FIRST_LOOSE_PASS = 3;

export function matchSteps(
  base: readonly Part[],
  head: readonly Part[],
  similarity: Similarity,
): StepMatches {
  const pairs: (readonly [Part, Part])[] = [];
  let isBest = true;
  const pairInPlace = (baseSteps: readonly Part[], headSteps: readonly Part[]): void => {
    baseSteps.forEach((one, index) => {
      const other = headSteps[index];
      if (other) pairs.push([one, other]);
    });
  };
  const refine = (baseSteps: readonly Part[], headSteps: readonly Part[], pass: number): void => {
    const keyOf = PASSES[pass];
    if (!keyOf || baseSteps.length === 0 || headSteps.length === 0) return;
    if (pass === FIRST_LOOSE_PASS && haveSameNames(baseSteps, headSteps, similarity)) {
      pairInPlace(baseSteps, headSteps);
      return;
    }
    const [baseKeys, headKeys] = [baseSteps.map(keyOf), headSteps.map(keyOf)];
    const total = baseSteps.length + headSteps.length;
    const { anchors, isLongest } = longestCommonSubsequence(
      baseKeys,
      headKeys,
      Math.min(MAX_DIFFERENCES, Math.floor(WORK_LIMIT / total)),
    );
    // Names are stronger evidence than a few steps that happen to equal others.
    const hasMoved = pass > 0 || haveMoved(baseKeys, headKeys, anchors.length);
    if (!hasMoved && haveSameNames(baseSteps, headSteps, similarity)) {
      pairInPlace(baseSteps, headSteps);
      return;
    }
    isBest &&= isLongest;
    let nextBase = 0;
    let nextHead = 0;
    for (const [b, h] of anchors) {
      const one = baseSteps[b];
      const other = headSteps[h];
      if (!one || !other || !mayPair(one, other, similarity)) continue;
      refine(baseSteps.slice(nextBase, b), headSteps.slice(nextHead, h), pass + 1);
      pairs.push([one, other]);
      nextBase = b + 1;
      nextHead = h + 1;
    }
    refine(baseSteps.slice(nextBase), headSteps.slice(nextHead), pass + 1);
  };
  refine(base, head, 0);
  return { pairs, isBest };
}

/** Whether most of what is not where it was is found, unchanged, where something else was. */
function haveMoved(base: Keys, head: Keys, commonCount: number): boolean {
  const inPlace = base.filter((key, index) => key === head[index]).length;
  return 2 * (commonCount - inPlace) > base.length - inPlace;
}

/** Whether no step was added or removed: all have the same paths as before. */
function haveSameNames(
  base: readonly Part[],
  head: readonly Part[],
  similarity: Similarity,
): boolean {
  const isSame = (one: Part, other: Part | undefined): boolean =>
    other !== undefined && one.node.name === other.node.name && mayPair(one, other, similarity);
  return base.length === head.length && base.every((one, index) => isSame(one, head[index]));
}

/** Kinds whose insides can be compared with one another. */
export function groupOf({ kind }: Node): string {
  switch (kind) {
    case "sequence":
    case "call":
    case "factor":
    case "repeat":
      return "steps";
    case "concat":
    case "sum":
    case "split":
      return "join";
    default:
      return kind;
  }
}

/** Whether two parts can be one that was edited, rather than two. */
export function mayPair(base: Part, head: Part, similarity: Similarity): boolean {
  if (groupOf(base.node) !== groupOf(head.node)) return false;
  if (base.node.kind === "operator" && head.node.kind === "operator") {
    return base.node.operator === head.node.operator;
  }
  if (base.bare === head.bare) return true;
  if (base.label !== head.label) return similarity(base, head) >= ALIKE;
  if (base.label !== "" || moduleOf(base.node) === moduleOf(head.node)) return true;
  return similarity(base, head) >= ALIKE;
}

/** The name of the block's module, or the kind of a block without one. */
function moduleOf(node: Node): string {
  if (node.kind === "call") return `module ${node.instance.module.name}`;
  const [first] = node.kind === "repeat" ? node.instances : [];
  return first ? `repeat ${moduleOf(first)}` : node.kind;
}
