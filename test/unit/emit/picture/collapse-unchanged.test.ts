/** Tests how a comparison draws what is unchanged, and what it writes on what was changed. */
import { describe, expect, test } from "vitest";
import {
  emitPicture,
  type PictureOptions,
} from "../../../../src/compiler/emit/picture/emit-picture.ts";
import type { Shape } from "../../../../src/compiler/emit/picture/figure.ts";
import { compareNetworks } from "../../../../src/compiler/index.ts";
import type { CheckedArchitecture } from "../../../../src/compiler/ir/shaped.ts";
import { checkedSpec, checkedText } from "../../../support/checked-networks.ts";
import { collisionsIn } from "./expect-room.ts";

const MODULES = "module M { conv 3x3 4 -> conv 3x3 4 }\n";
const PARTS = [
  "stem: conv 3x3 8 -> maxpool 3x3 /2",
  "a: M",
  "b: M",
  "residual(scale=0.5) { conv 3x3 4 }",
  "c: conv 3x3 16",
  "head: globalavgpool -> dense 10",
];

function network(replace: Readonly<Record<string, string>> = {}): CheckedArchitecture {
  const lines = PARTS.map((part) => replace[part] ?? part).join("\n");
  return checkedText(`${MODULES}network N {\ninput 16x16x3\n${lines}\n}`);
}

function draw(
  base: CheckedArchitecture,
  head: CheckedArchitecture,
  options: PictureOptions = {},
): ReturnType<typeof requireFigure> {
  const marks = compareNetworks(base, head).marks();
  return requireFigure(
    emitPicture(
      [
        { checked: base, marks: marks.base },
        { checked: head, marks: marks.head, changes: marks.changes },
      ],
      options,
    ),
  );
}

function requireFigure(result: ReturnType<typeof emitPicture>): {
  readonly texts: readonly (readonly string[])[];
  readonly collisions: readonly string[];
} {
  if (result.kind !== "drawn" || !result.styled) throw new Error(result.kind);
  const { figure } = result.styled;
  const panels = figure.shapes.filter(({ classes }) => classes === "panel");
  return { texts: panels.map((panel) => textsOf([panel])), collisions: collisionsIn(figure) };
}

function textsOf(shapes: readonly Shape[]): readonly string[] {
  return shapes.flatMap((shape) => {
    if (shape.kind === "group") return textsOf(shape.shapes);
    if (shape.kind !== "text" || shape.classes === "shape") return [];
    return [shape.runs.map(({ text }) => text).join(" ")];
  });
}

const wide = network({ "c: conv 3x3 16": "c: conv 5x5 32" });

describe("what is unchanged", () => {
  test("is one block for each run, on both sides alike", () => {
    const { texts } = draw(network(), wide, { counts: false });
    expect(texts).toEqual([
      ["input", "5 unchanged", "stem … conv", "3×3 conv 16", "~", "head", "unchanged", "output"],
      [
        "input",
        "5 unchanged",
        "stem … conv",
        "5×5 conv 32",
        "kernel: 3×3 → 5×5",
        "output channels: 16 → 32",
        "~",
        "head",
        "unchanged",
        "output",
      ],
    ]);
  });

  test("can be opened by path, with the run around it, and shown as a whole", () => {
    const { texts } = draw(network(), wide, { expand: ["b"], counts: false });
    expect(texts[0]).toEqual(expect.arrayContaining(["M b", "3×3 conv 4", "M", "a"]));
    expect(texts[0]?.join()).not.toContain("5 unchanged,");
    const all = draw(network(), wide, { unchanged: true }).texts.flat();
    expect(all.join()).not.toContain("unchanged");
  });

  test("stays a block where everything else is expanded", () => {
    const { texts } = draw(network(), wide, { expand: ["all"] });
    expect(texts[0]).toContain("5 unchanged");
  });

  test("of equal networks is not collapsed: there is nothing to see beside it", () => {
    expect(draw(network(), network()).texts.flat().join()).not.toContain("unchanged");
  });
});

test("a changed scale stands at the edge, and a changed count in the frame", () => {
  const scaled = network({
    "residual(scale=0.5) { conv 3x3 4 }": "residual(scale=0.25) { conv 3x3 4 }",
  });
  const marks = compareNetworks(network(), scaled).marks();
  const result = emitPicture([{ checked: scaled, marks: marks.head, changes: marks.changes }]);
  expect(result.kind === "drawn" && result.text).toContain(">×0.5 → ×0.25 · 8×8×4<");
  const twice = network({ "b: M": "b: 3 x M" });
  const thrice = network({ "b: M": "b: 5 x M" });
  const { texts } = draw(twice, thrice);
  expect(texts[1]).toContain("repeats: 3 → 5");
});

test.each(["down", "right", "columns"] as const)("no text touches anything: %s", (layout) => {
  expect(draw(network(), wide, { layout, expand: ["all"] }).collisions).toEqual([]);
  const v4 = checkedSpec("specs/inception-v4.incept", "InceptionV4");
  const paper = checkedSpec("specs/inception-v4.incept", "InceptionV4Paper");
  for (const options of [{}, { printWidth: 178 }]) {
    expect(draw(v4, paper, { ...options, layout, expand: ["all"] }).collisions).toEqual([]);
  }
});
