/**
 * Verifies the numbered invariants of a checked architecture.
 *
 * They hold for every network that passed the checks; a violation is a bug in the compiler, found before it becomes
 * code.
 */
import { assert } from "../core/assert.ts";
import { channelsOf, compareShapes, type Shape, shareOf } from "./dimension.ts";
import type { CheckedArchitecture, ShapedNode } from "./shaped.ts";
import { walk } from "./walk.ts";

/** The invariant behind each number; messages of a violation begin with it. */
const INVARIANTS = {
  1: "every size is a whole number of at least 1, and exact",
  2: "steps follow one another: what one gives is what the next takes",
  3: "branches, bodies and shortcuts take what their combinator takes, or their share of its channels",
  4: "a concat or split gives the sum of its branches' channels",
  5: "the two sides of a residual or sum are equal",
  6: "gates and auxiliary outputs leave the running tensor as it is",
  7: "no two layers have the same path",
  8: "no node stands for an error",
  9: "names are words that can be part of a path",
  10: "the network takes its declared input",
} as const;

type InvariantNumber = keyof typeof INVARIANTS;

/** @throws InternalError naming the number and the place of the first broken invariant. */
export function verifyArchitecture({ architecture, root }: CheckedArchitecture): void {
  holds(10, compareShapes(root.input, architecture.input) === "equal", "");
  const seen = new Set<ShapedNode>();
  const layers = new Set<string>();
  walk(root, (shaped, path) => {
    if (shaped.node.kind === "operator") {
      holds(7, !layers.has(path), path);
      layers.add(path);
    }
    // A shared node was checked at its first occurrence; only its paths are new.
    if (seen.has(shaped)) return true;
    seen.add(shaped);
    verifyNode(shaped, path);
    return true;
  });
}

function verifyNode(shaped: ShapedNode, path: string): void {
  const { node, input, output, children } = shaped;
  holds(1, isExact(output), path);
  holds(8, node.kind !== "hole", path);
  holds(9, /^(?:[A-Za-z]\w*)?$/.test(node.name), path);
  switch (node.kind) {
    case "sequence":
    case "factor":
    case "repeat":
    case "call":
      verifyChain(shaped, path);
      break;
    case "concat":
    case "sum":
    case "split": {
      const given = node.kind === "split" ? shareOf(input, children.length) : input;
      for (const child of children) holds(3, isSame(child.input, given), path);
      if (node.kind === "sum") {
        for (const child of children) holds(5, isSame(child.output, output), path);
      } else {
        const channels = children.reduce((sum, child) => sum + Number(channelsOf(child.output)), 0);
        holds(4, channels === channelsOf(output), path);
      }
      break;
    }
    case "residual":
      for (const child of children) holds(3, isSame(child.input, input), path);
      for (const child of children) holds(5, isSame(child.output, output), path);
      if (children.length === 1) holds(5, isSame(input, output), path);
      break;
    case "scale_by":
    case "aux":
      for (const child of children) holds(3, isSame(child.input, input), path);
      holds(6, isSame(input, output), path);
      break;
    default:
  }
}

function verifyChain({ input, output, children }: ShapedNode, path: string): void {
  let shape: Shape = input;
  for (const child of children) {
    holds(2, isSame(child.input, shape), path);
    shape = child.output;
  }
  holds(2, isSame(shape, output), path);
}

function isSame(a: Shape, b: Shape): boolean {
  return compareShapes(a, b) === "equal";
}

function isExact(shape: Shape): boolean {
  return shape.every((size) => typeof size === "number" && size >= 1 && Number.isSafeInteger(size));
}

function holds(number: InvariantNumber, condition: boolean, path: string): void {
  assert(condition, `IR ${number} at \`${path}\`: ${INVARIANTS[number]}`);
}
