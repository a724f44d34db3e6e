import { describe, expect, test } from "vitest";
import { buildPicture } from "../../../../src/compiler/emit/picture/build-picture.ts";
import { createFolding } from "../../../../src/compiler/emit/picture/folding.ts";
import {
  type LaidNode,
  type LaidScope,
  layoutPicture,
} from "../../../../src/compiler/emit/picture/layout.ts";
import { USUAL_LOOK } from "../../../../src/compiler/emit/picture/look.ts";
import { checkedSpec, checkedStatements } from "../../../support/checked-networks.ts";

const isOpen = createFolding(new Set(), "all");

function* scopesOf(scope: LaidScope): Generator<LaidScope> {
  yield scope;
  for (const { inside } of scope.nodes) if (inside) yield* scopesOf(inside);
}

const NETWORKS = [
  ["specs/inception-v4.incept", "InceptionV4SlimAux"],
  ["specs/inception-resnet-v2.incept", "InceptionResNetV2"],
  ["specs/zoo/u-net.incept", "UNet"],
  ["specs/zoo/se-resnet-50.incept", "SEResNet50"],
  ["specs/zoo/densenet-121.incept", "DenseNet121"],
] as const;

describe.each(NETWORKS)("%s: %s", (spec, name) => {
  const laid = layoutPicture(buildPicture(checkedSpec(spec, name)), isOpen, USUAL_LOOK);
  const scopes = [...scopesOf(laid)];

  test("no block lies on another, and all lie in their scope", () => {
    for (const { nodes, width, height } of scopes) {
      for (const [index, one] of nodes.entries()) {
        expect(one.left).toBeGreaterThanOrEqual(-0.01);
        expect(one.left + one.width).toBeLessThanOrEqual(width + 0.02);
        expect(one.top + one.height).toBeLessThanOrEqual(height + 0.02);
        for (const other of nodes.slice(index + 1)) expect(overlap(one, other)).toBe(false);
      }
    }
  });

  test("every edge leads down, from the lower side of one block to the upper side of the next", () => {
    for (const { nodes, edges } of scopes) {
      for (const { edge, points } of edges) {
        const from = nodes[edge.from];
        const to = nodes[edge.to];
        const ys = points.map(({ y }) => y);
        expect(ys).toEqual([...ys].sort((a, b) => a - b));
        if (!from || !to) throw new Error("an edge without an end");
        expect(ys[0]).toBeCloseTo(from.top + from.height, 1);
        expect(ys.at(-1)).toBeGreaterThanOrEqual(to.top - 0.1);
        expect(ys.at(-1)).toBeLessThan(to.top + to.height / 2 + 1);
      }
    }
  });

  test("what comes in from above comes in at the middle", () => {
    for (const { nodes, width } of scopes) {
      const [entry] = nodes;
      expect((entry?.left ?? 0) + (entry?.width ?? 0) / 2).toBeCloseTo(width / 2, 1);
    }
  });
});

test("branches lie from left to right in the order of the concat", () => {
  const branches = [1, 5, 2, 4, 3].map((size) => `| conv ${size}x${size} ${size}`).join("\n");
  const picture = buildPicture(checkedStatements(`  concat {\n${branches}\n}`));
  const { nodes } = layoutPicture(picture, isOpen, USUAL_LOOK);
  const operators = nodes.filter(({ node }) => node.kind === "operator");
  const fromLeft = [...operators].sort((a, b) => a.left - b.left).map(({ node }) => node.note);
  expect(fromLeft).toEqual(["1", "5", "2", "4", "3"]);
});

test("the way round a residual's body lies to the left of it", () => {
  const picture = buildPicture(checkedStatements("  residual { conv 3x3 3 }"));
  const { nodes, edges } = layoutPicture(picture, isOpen, USUAL_LOOK);
  const [round] = edges.filter(
    ({ edge }) => nodes[edge.from]?.node.kind === "split" && nodes[edge.to]?.node.kind === "sum",
  );
  const body = nodes.find(({ node }) => node.kind === "operator");
  const leftmost = Math.min(...(round?.points.map(({ x }) => x) ?? []));
  expect(leftmost).toBeLessThan(body?.left ?? 0);
});

function overlap(a: LaidNode, b: LaidNode): boolean {
  const slack = 0.05;
  return (
    a.left + a.width > b.left + slack &&
    b.left + b.width > a.left + slack &&
    a.top + a.height > b.top + slack &&
    b.top + b.height > a.top + slack
  );
}
