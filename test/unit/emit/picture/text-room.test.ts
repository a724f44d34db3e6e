/** Tests that no text touches a line or another text, with the first network of every spec. */
import { expect, test } from "vitest";
import type { Figure, Shape } from "../../../../src/compiler/emit/picture/figure.ts";
import { checkedNetworks } from "../../../support/checked-networks.ts";
import {
  collisionsIn,
  expectRoomInAllLooks,
  expectRoomOnPaper,
  SHIPPED_SPECS,
} from "./expect-room.ts";

test.each(SHIPPED_SPECS)("no text touches anything in a picture of %s", (spec) => {
  expectRoomInAllLooks(checkedNetworks(spec).slice(0, 1));
});

test.each([
  "specs/inception-v4.incept",
  "specs/inception-resnet-v2.incept",
  "specs/zoo/densenet-121.incept",
])("no text touches anything in a picture for print of %s", (spec) => {
  expectRoomOnPaper(checkedNetworks(spec).slice(0, 1));
});

test("a text on a line, and one on another text, are found", () => {
  const text = (x: number, words: string): Shape => ({
    kind: "text",
    classes: "shape",
    x,
    y: 20,
    anchor: "start",
    runs: [{ text: words, classes: "", gap: 0 }],
  });
  const figure = (shapes: readonly Shape[]): Figure => ({
    title: "",
    width: 100,
    height: 100,
    printWidth: null,
    theme: "light",
    shapes,
  });
  const edge: Shape = { kind: "path", classes: "edge", commands: "M40 0L40 40" };
  // `35×35×384` at 9.5 pixels is 46 wide in Helvetica and 54 in DejaVu Sans.
  expect(collisionsIn(figure([edge, text(42, "35×35×384")]))).toEqual([]);
  const found = ["“35×35×384” touches a line in dejavu: edge"];
  expect(
    collisionsIn(figure([{ ...edge, commands: "M52 0L52 40" }, text(0, "35×35×384")])),
  ).toEqual(found);
  expect(collisionsIn(figure([text(0, "35×35×384"), text(50, "concat")]))).toEqual([
    "“35×35×384” touches “concat” in dejavu",
  ]);
});
