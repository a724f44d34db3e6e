import { describe, expect, test } from "vitest";
import { emitPicture } from "../../../../src/compiler/emit/picture/emit-picture.ts";
import { checkedSpec, checkedText } from "../../../support/checked-networks.ts";
import { elementsOf, parseXml } from "../../../support/parse-xml.ts";

const v4 = checkedSpec("specs/inception-v4.incept", "InceptionV4");

/** Paths of the blocks in the picture, of open groups too. */
function drawnPaths(checked: typeof v4, expand: readonly string[]): readonly string[] {
  const result = emitPicture([{ checked }], { expand });
  if (result.kind !== "drawn") throw new Error(result.kind);
  return [...elementsOf(parseXml(result.text))].flatMap(({ attributes }) => {
    const path = attributes["data-path"];
    return path === undefined ? [] : [path];
  });
}

const FOLDED = ["stem", "a", "ra", "b", "rb", "c", "head"];
const HEAD = ["globalavgpool", "dropout", "dense", "softmax"].map((name) => `head.${name}`);

describe("expanding", () => {
  test("nothing leaves modules and repeats one block each", () => {
    expect(drawnPaths(v4, [])).toEqual([...FOLDED, ...HEAD]);
  });

  test("a module shows what is in it and leaves the rest", () => {
    const paths = drawnPaths(v4, ["ra"]);
    const inside = paths.filter((path) => path.startsWith("ra."));
    expect(inside).toHaveLength(6);
    expect(paths.filter((path) => !path.startsWith("ra."))).toEqual([...FOLDED, ...HEAD]);
  });

  test("a repeat shows one of its instances, and any instance is that one", () => {
    const paths = drawnPaths(v4, ["a"]);
    expect(paths).toContain("a.0.pool.conv");
    expect(paths.some((path) => path.startsWith("a.1"))).toBe(false);
    expect(drawnPaths(v4, ["a.3"])).toEqual(paths);
    expect(drawnPaths(v4, ["a.2.pool.conv"])).toEqual(paths);
  });

  test("a layer shows all that is around it", () => {
    expect(drawnPaths(v4, ["stem.mixed_4a.b7x7.factor.conv"])).toEqual(drawnPaths(v4, ["stem"]));
  });

  test("all shows every module, each repeat once", () => {
    const paths = drawnPaths(v4, ["all"]);
    for (const name of ["stem", "a.0", "ra", "b.0", "rb", "c.0"]) {
      expect(paths.some((path) => path.startsWith(`${name}.`))).toBe(true);
    }
    expect(drawnPaths(v4, ["all", "a"])).toEqual(paths);
  });

  test("modules in modules takes both", () => {
    const nested = checkedText(
      "module Inner { conv 3x3 4 -> conv 3x3 4 }\nmodule Outer { i: Inner }\nnetwork N { input 8x8x3 o: Outer }",
    );
    expect(drawnPaths(nested, ["o"])).toEqual(["o", "o.i"]);
    expect(drawnPaths(nested, ["o.i"])).toEqual(["o", "o.i", "o.i.conv", "o.i.conv_1"]);
  });

  test.each([
    ["b.7", "b"],
    ["stem.mixed_9", "stem.conv_1a.conv"],
    ["a.0.nothing", "a.0.pool.conv"],
  ])("`%s`, which does not exist, is answered with what is there", (path, one) => {
    const result = emitPicture([{ checked: v4 }], { expand: [path] });
    expect(result).toMatchObject({ kind: "unknown-path", path });
    expect(result.kind === "unknown-path" ? result.next : []).toContain(one);
  });
});

test("a picture of more blocks than can be drawn is refused with their number", () => {
  const steps = Array.from({ length: 1600 }, () => "conv 1x1 2").join("\n");
  const long = checkedText(`network N { input 4x4x2\n${steps}\n}`);
  const result = emitPicture([{ checked: long }]);
  expect(result).toMatchObject({ kind: "too-large", most: 1500 });
});
