/** Holds the two orders of children to each other, and walks and folds to one look at each node. */
import { expect, it } from "vitest";
import { childrenOf } from "../../../src/compiler/ir/children-of.ts";
import type { ShapedNode } from "../../../src/compiler/ir/shaped.ts";
import { foldOnce, visitOnce } from "../../../src/compiler/ir/visit-once.ts";
import { walk } from "../../../src/compiler/ir/walk.ts";
import { checkedSpec, checkedText } from "../../support/checked-networks.ts";

const EVERY_KIND = `
  module Block { conv 1x1 8 -> 2 x conv 3x3 8 }
  network N {
    input 16x16x8
    Block -> 3 x Block -> concat { | conv 1x1 4 | conv 1x1 4 } -> sum { | relu | identity }
    residual { conv 3x3 16 } shortcut { conv 1x1 16 }
    residual { conv 3x3 16 } -> scale_by { globalavgpool -> dense 16 }
    aux head { globalavgpool -> dense 10 }
    factor 5x5 (3x3 16, 3x3 16)
  }`;

it("lists the children of a node as its shaped node has them", () => {
  const kinds = new Set<string>();
  walk(checkedText(EVERY_KIND).root, ({ node, children }) => {
    kinds.add(node.kind);
    expect(children.map((child) => child.node)).toEqual(childrenOf(node));
    return true;
  });
  expect([...kinds].sort()).toEqual(
    "aux call concat factor operator repeat residual scale_by sequence sum".split(" "),
  );
});

it("looks at equal uses once, and counts what is in them as often as it is used", () => {
  const { root } = checkedSpec("specs/inception-resnet-v2.incept", "InceptionResNetV2");
  let paths = 0;
  walk(root, () => {
    paths++;
    return true;
  });
  const visited: ShapedNode[] = [];
  visitOnce(root, (shaped) => {
    visited.push(shaped);
  });
  expect(new Set(visited).size).toBe(visited.length);
  let combined = 0;
  const count = foldOnce<ShapedNode, number>(({ children }, countBelow) => {
    combined++;
    return children.reduce((all, child) => all + countBelow(child), 1);
  });
  expect(count(root)).toBe(paths);
  expect(combined).toBe(visited.length);
  expect(combined).toBeLessThan(paths);
});
