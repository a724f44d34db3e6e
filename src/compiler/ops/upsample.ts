/** Defines `upsample`: enlarges a feature map by a whole factor, sampled the way tf.layers does it. */
import { mapDimension } from "../ir/dimension.ts";
import { asFeatureMap, countable, knownElements } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";
import { multiplySymbol } from "./symbolic-size.ts";

export type UpsampleAttributes = {
  readonly factor: number;
  readonly interpolation: "nearest" | "bilinear";
};

/** A bilinear sample is a weighted sum of four cells. */
const BILINEAR_TAPS = 4;

export const upsample = defineOperator<UpsampleAttributes>({
  name: "upsample",
  family: "shape",
  doc: "Enlarges the feature map by a whole factor.",
  alsoCalled: ["UpSampling2D"],
  resembles: ["interpolate", "resize"],
  operands: ["factor"],
  attributes: {
    factor: {
      type: "int",
      doc: "How many times higher and wider the output is.",
      min: 1,
      change: "numerics",
    },
    interpolation: {
      type: "choice",
      doc: "`nearest` repeats cells. `bilinear` blends the four cells around a position, as tf.layers does: output row i is at input row i / factor, without half pixels and without aligned corners. PyTorch (`align_corners=False`), timm and Keras on TensorFlow 2 use (i + 0.5) / factor - 0.5.",
      choices: ["nearest", "bilinear"],
      default: "nearest",
      change: "numerics",
    },
  },
  flags: {},
  inferShape: (attributes, input, report) => {
    const [height, width, channels] = asFeatureMap("upsample", input, report);
    const [rows, columns] = [height, width].map((side) =>
      mapDimension(
        side,
        (known) => known * attributes.factor,
        (symbol) => multiplySymbol(symbol, attributes.factor),
      ),
    );
    return countable("upsample", input, [rows ?? height, columns ?? width, channels], report);
  },
  lower: ({ factor, interpolation }, { output }, layers) =>
    layers.add("upsample", { attributes: { factor, interpolation }, shape: output }),
  measure: (attributes, _, output) =>
    attributes.interpolation === "bilinear"
      ? { resampleElements: BILINEAR_TAPS * knownElements(output) }
      : {},
});
