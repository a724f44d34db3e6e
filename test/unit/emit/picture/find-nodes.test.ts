/** Tests the search of a picture, as the page of a picture offers it. */
import { describe, expect, test } from "vitest";
import { buildPicture } from "../../../../src/compiler/emit/picture/build-picture.ts";
import { listNodes, searchNodes } from "../../../../src/compiler/emit/picture/find-nodes.ts";
import { checkedText } from "../../../support/checked-networks.ts";

const picture = buildPicture(
  checkedText(`module M { one: conv 3x3 4
 two: maxpool 2x2 /2 }
network N {
  input 16x16x3
  stem: conv 3x3 8
  body: 2 x M
  head: globalavgpool -> dense 5
}`),
);

const pathsOf = (query: string, most = 100): readonly string[] =>
  searchNodes(picture, query, most).map(({ path }) => path);

test("all nodes are listed, those of folded groups after their group", () => {
  const paths = [...listNodes(picture)].map(({ path }) => path);
  expect(paths).toContain("head.dense");
  const group = paths.indexOf("body");
  const inside = paths.findIndex((path) => /^body\..*one/.test(path));
  expect(group).toBeGreaterThanOrEqual(0);
  expect(inside).toBeGreaterThan(group);
});

describe("a search", () => {
  test("finds by path and by text, in any case of letters", () => {
    expect(pathsOf("HEAD.dense")).toEqual(["head.dense"]);
    expect(pathsOf("maxpool").every((path) => path.startsWith("body"))).toBe(true);
    expect(pathsOf("maxpool")).not.toEqual([]);
  });

  test("needs every word", () => {
    expect(pathsOf("stem conv")).not.toEqual([]);
    expect(pathsOf("stem dense")).toEqual([]);
  });

  test("of nothing but spaces finds nothing", () => {
    expect(pathsOf("  ")).toEqual([]);
  });

  test("ends where enough is found", () => {
    expect(pathsOf("e", 2)).toHaveLength(2);
  });
});
