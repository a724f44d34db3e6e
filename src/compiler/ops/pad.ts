/** Defines `pad`: adds rows and columns of zeros around the picture. */
import type { SizeValue } from "../ir/attributes.ts";
import { type Dimension, mapDimension } from "../ir/dimension.ts";
import { asFeatureMap, countable } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";
import { offsetSymbol } from "./symbolic-size.ts";
import { pair } from "./window.ts";

export type PadAttributes = {
  /** Rows above and below, columns left and right. */
  readonly size: SizeValue;
};

export const pad = defineOperator<PadAttributes>({
  name: "pad",
  family: "shape",
  doc: "Adds zeros around the feature map.",
  alsoCalled: ["ZeroPadding2D", "ZeroPad2d"],
  operands: ["size"],
  attributes: {
    size: {
      type: "size",
      doc: "Rows added above and below, columns added left and right.",
      min: 0,
      change: "padding",
    },
  },
  flags: {},
  inferShape: (attributes, input, report) => {
    const [height, width, channels] = asFeatureMap("pad", input, report);
    const [rows, columns] = pair(attributes.size);
    const output = [padSide(height, rows), padSide(width, columns), channels];
    return countable("pad", input, output, report);
  },
  lower: ({ size }, { output }, layers) => {
    const [rows, columns] = pair(size);
    layers.add("pad", {
      attributes: { rows: [rows, rows], columns: [columns, columns] },
      shape: output,
    });
  },
  measure: () => ({}),
});

function padSide(side: Dimension, each: number): Dimension {
  return mapDimension(
    side,
    (known) => known + 2 * each,
    (symbol) => offsetSymbol(symbol, 2 * each),
  );
}
