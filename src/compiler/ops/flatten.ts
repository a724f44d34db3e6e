/** Defines `flatten`: a feature map becomes a vector in row-major order, channels innermost. */
import {
  type Dimension,
  elementCount,
  mapDimension,
  type Shape,
  UNKNOWN,
} from "../ir/dimension.ts";
import type { NoAttributes } from "./activation.ts";
import { asFeatureMap, countable } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";
import { term } from "./symbolic-size.ts";

export const flatten = defineOperator<NoAttributes>({
  name: "flatten",
  family: "shape",
  doc: "Flattens a feature map to a vector, row by row, channels innermost.",
  isNeedlessOnVector: true,
  operands: [],
  attributes: {},
  flags: {},
  inferShape: (_, input, report) => {
    const map = asFeatureMap("flatten", input, report);
    return countable("flatten", input, [product(map)], report);
  },
  lower: (_, { output }, layers) => layers.add("flatten", { attributes: {}, shape: output }),
  measure: () => ({}),
});

/** The known factors multiplied, in front of the symbolic ones: `384 * H * W`. */
function product(shape: Shape): Dimension {
  const count = elementCount(shape);
  if (count !== undefined) return count;
  const known = shape.reduce<number>(
    (all, side) => (typeof side === "number" ? all * side : all),
    1,
  );
  const symbols = shape.filter((side) => typeof side === "string");
  if (symbols.includes(UNKNOWN)) return UNKNOWN;
  const factors = [...(known === 1 ? [] : [String(known)]), ...symbols.map(term)];
  return mapDimension(
    factors.join(" * "),
    (size) => size,
    (symbol) => symbol,
  );
}
