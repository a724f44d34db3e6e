/** Defines `upsample`: enlarges a feature map by a whole factor, or to the size of another one. */
import { formatShape } from "../core/format-shape.ts";
import { INTERPOLATIONS, type Interpolation, type SizeValue } from "../ir/attributes.ts";
import { isKnown, mapDimension } from "../ir/dimension.ts";
import { asFeatureMap, countable, knownElements } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";
import { multiplySymbol } from "./symbolic-size.ts";
import { pair } from "./window.ts";

export type UpsampleAttributes = {
  /** Rows and columns of the output; `null` where a factor says them. */
  readonly to: SizeValue | null;
  readonly factor: number | null;
  readonly interpolation: Interpolation;
};

/** A bilinear sample is a weighted sum of four cells. */
const BILINEAR_TAPS = 4;

export const upsample = defineOperator<UpsampleAttributes>({
  name: "upsample",
  family: "shape",
  doc: "Enlarges the feature map by a whole factor, or to a size.",
  alsoCalled: ["UpSampling2D"],
  resembles: ["interpolate", "resize"],
  operands: ["factor"],
  attributes: {
    to: {
      type: "size",
      doc: "Rows and columns of the output, in place of a factor: `to=[H, W]` with names of a signature or of the input. No side may shrink.",
      alsoCalled: ["size", "target_size"],
      default: null,
      min: 1,
      excludes: "factor",
      change: "numerics",
    },
    factor: {
      type: "int",
      doc: "How many times higher and wider the output is.",
      alsoCalled: ["scale_factor"],
      default: ({ to }) => (to === undefined || to === null ? undefined : null),
      min: 1,
      change: "numerics",
    },
    interpolation: {
      type: "choice",
      doc: "Where output row i of N reads the M rows of the input: `nearest` takes row floor(i * M / N). The others blend the rows around a place: `bilinear` around i * M / N, as upSampling2d of tf.layers and TensorFlow 1; `bilinear_half_pixel` around (i + 0.5) * M / N - 0.5, as PyTorch with `align_corners=False`, timm, and tf.image.resize and Keras on TensorFlow 2; `bilinear_align_corners` around i * (M - 1) / (N - 1), as PyTorch with `align_corners=True`.",
      choices: INTERPOLATIONS,
      default: "nearest",
      change: "numerics",
    },
  },
  flags: {},
  inferShape: ({ to, factor }, input, report) => {
    const [height, width, channels] = asFeatureMap("upsample", input, report);
    if (to !== null) {
      const [rows, columns] = pair(to);
      if ((isKnown(height) && height > rows) || (isKnown(width) && width > columns)) {
        const parameters = {
          to: formatShape([rows, columns]),
          found: formatShape([height, width]),
        };
        report("shape/upsample-shrinks", parameters, "to");
      }
      return countable("upsample", input, [rows, columns, channels], report);
    }
    const times = factor ?? 1;
    const [rows, columns] = [height, width].map((side) =>
      mapDimension(
        side,
        (known) => known * times,
        (symbol) => multiplySymbol(symbol, times),
      ),
    );
    return countable("upsample", input, [rows ?? height, columns ?? width, channels], report);
  },
  lower: ({ to, factor, interpolation }, { output }, layers) => {
    if (to === null) {
      layers.add("upsample", {
        attributes: { factor: factor ?? 1, interpolation },
        shape: output,
      });
      return;
    }
    const [height, width] = pair(to);
    layers.add("resize", { attributes: { height, width, interpolation }, shape: output });
  },
  measure: ({ interpolation }, _, output) => {
    const elements = knownElements(output);
    return interpolation === "nearest"
      ? { nearestElements: elements }
      : { resampleElements: BILINEAR_TAPS * elements };
  },
});
