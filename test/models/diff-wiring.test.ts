/** Attacks the verdict "the same function": steps are moved between blocks at random, and real models must agree with it. */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { compareNetworks, type NetworkDiff } from "../../src/compiler/index.ts";
import { fuzz } from "../fuzz/fuzz.ts";
import { checkedText } from "../support/checked-networks.ts";
import { differenceAfterMove } from "./difference-after-move.ts";
import { startBackend } from "./run-model.ts";

beforeAll(startBackend);

/** A block of steps that all keep 3 channels, so that every step can stand anywhere. */
type Tree =
  | { readonly kind: "layer"; readonly text: string }
  | { readonly kind: "plain" | "residual" | "sum" | "scale_by"; readonly steps: readonly Tree[] };

const LAYERS = [
  "p: conv 3x3 3",
  "q: conv 1x1 3 linear",
  "r: conv 3x1 3 norm=none",
  "s: dwconv 3x3",
  "maxpool 3x3",
  "relu6",
  "tanh",
];

const BLOCKS = ["plain", "residual", "sum", "scale_by"] as const;

/** Every layer once, in blocks that are opened and closed at random. */
const tree: fc.Arbitrary<Tree> = fc
  .tuple(
    fc.shuffledSubarray(LAYERS, { minLength: 3 }),
    fc.array(fc.tuple(fc.nat(6), fc.nat(3), fc.constantFrom(...BLOCKS)), { maxLength: 3 }),
  )
  .map(([layers, blocks]) =>
    blocks.reduce<Tree>((root, [start, length, kind]) => wrap(root, start, length + 1, kind), {
      kind: "plain",
      steps: layers.map((text): Tree => ({ kind: "layer", text })),
    }),
  );

/** Puts a block around some steps of the outermost block. */
function wrap(root: Tree, start: number, length: number, kind: (typeof BLOCKS)[number]): Tree {
  if (root.kind === "layer") return root;
  const steps = root.steps.slice(start, start + length);
  if (steps.length === 0) return root;
  return {
    ...root,
    steps: [...root.steps.slice(0, start), { kind, steps }, ...root.steps.slice(start + length)],
  };
}

/** Takes the step at one place out of the outermost blocks and puts it at another, inside a block where there is one. */
function move(root: Tree, from: number, to: number): Tree {
  const places: string[] = [];
  const list = (node: Tree, path: string): void => {
    if (node.kind === "layer") return;
    node.steps.forEach((step, index) => {
      places.push(`${path}/${index}`);
      list(step, `${path}/${index}`);
    });
  };
  list(root, "");
  const source = places[from % places.length] ?? "/0";
  const target = places[to % places.length] ?? "/0";
  let taken: Tree | undefined;
  const take = (node: Tree, path: string): Tree => {
    if (node.kind === "layer") return node;
    const steps = node.steps.flatMap((step, index) => {
      if (`${path}/${index}` === source) {
        taken = step;
        return [];
      }
      return [take(step, `${path}/${index}`)];
    });
    return { ...node, steps };
  };
  const put = (node: Tree, path: string): Tree => {
    if (node.kind === "layer") return node;
    const steps = node.steps.flatMap((step, index) => {
      const inner = put(step, `${path}/${index}`);
      return `${path}/${index}` === target && taken ? [taken, inner] : [inner];
    });
    return { ...node, steps };
  };
  // Moving a block into itself is no move.
  if (target.startsWith(source)) return root;
  const without = take(root, "");
  const moved = put(without, "");
  return count(moved) === count(root) ? moved : root;
}

function count(node: Tree): number {
  return node.kind === "layer" ? 1 : node.steps.reduce((all, step) => all + count(step), 0);
}

function write(node: Tree): string {
  if (node.kind === "layer") return node.text;
  const steps = node.steps.map(write);
  const body = `{\n${steps.length > 0 ? steps.join("\n") : "identity"}\n}`;
  switch (node.kind) {
    case "plain":
      return body;
    case "sum":
      return `sum { | ${body} | identity }`;
    default:
      return `${node.kind} ${body}`;
  }
}

function network(root: Tree): string {
  if (root.kind === "layer") return "";
  return `network N {\ninput 5x5x3\n${root.steps.map(write).join("\n")}\nhead: conv 1x1 2\n}`;
}

/** Whether the comparison says that base's weights give head the same function. */
function claimsSameFunction({ findings, weights }: NetworkDiff): boolean {
  if (weights.verdict !== "full" && weights.verdict !== "permuted") return false;
  const isHarmless = (id: string): boolean =>
    id.endsWith("-renamed") || id.endsWith("-order-changed");
  return findings.every(
    ({ id, class: of }) => isHarmless(id) || of === "cost" || of === "cosmetic",
  );
}

test("what is said to be the same function is the same function", async () => {
  let claims = 0;
  let rewired = 0;
  const property = fc.asyncProperty(
    tree,
    fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 2 }),
    async (before, moves) => {
      const after = moves.reduce((root, [from, to]) => move(root, from, to), before);
      const [base, head] = [network(before), network(after)];
      const { diff } = compareNetworks(checkedText(base), checkedText(head));
      if (diff.findings.some(({ id }) => id === "wiring-changed")) rewired++;
      if (!claimsSameFunction(diff)) return;
      claims++;
      expect(await differenceAfterMove("diff-wiring", base, head, diff.weights)).toBeLessThan(1e-4);
    },
  );
  await fuzz(property, { runs: 150, longRuns: 20_000 });
  // The property says nothing where it never applies.
  expect(claims).toBeGreaterThan(0);
  expect(rewired).toBeGreaterThan(0);
});
