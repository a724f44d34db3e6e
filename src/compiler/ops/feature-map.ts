/** Splits an operator's input shape into its dimensions and reports a shape of the wrong rank or too large to count. */
import { assert } from "../core/assert.ts";
import { formatShape } from "../core/format-shape.ts";
import {
  channelsOf,
  type Dimension,
  elementCount,
  isKnown,
  type Shape,
  UNKNOWN,
} from "../ir/dimension.ts";
import type { ReportShape } from "./operator.ts";

export type FeatureMap = readonly [height: Dimension, width: Dimension, channels: Dimension];

/** The input as a feature map; anything else is reported, and gives a map of unknown size. */
export function asFeatureMap(operator: string, input: Shape, report: ReportShape): FeatureMap {
  const [height, width, channels] = input;
  if (input.length === 3 && height !== undefined && width !== undefined && channels !== undefined) {
    return [height, width, channels];
  }
  report("shape/needs-feature-map", { operator, found: formatShape(input) });
  return [UNKNOWN, UNKNOWN, UNKNOWN];
}

/** The length of the input vector; a feature map is reported, unless nothing is known of its sides any more. */
export function asVector(operator: string, input: Shape, report: ReportShape): Dimension {
  if (input.length === 1) return channelsOf(input);
  // Both sides are unknown after an earlier mistake, which has its own message.
  if (input[0] === UNKNOWN && input[1] === UNKNOWN) return UNKNOWN;
  const flattened = elementCount(input);
  report("shape/needs-vector", {
    operator,
    found: formatShape(input),
    ...(flattened === undefined ? {} : { flattened }),
  });
  return UNKNOWN;
}

/**
 * The output itself if its elements can be counted in whole numbers up to 2^53 - 1; otherwise reports, and gives a
 * shape of unknown sides.
 */
export function countable(
  operator: string,
  input: Shape,
  output: Shape,
  report: ReportShape,
): Shape {
  const count = elementCount(output);
  const sidesAreSafe = output.every((side) => !isKnown(side) || Number.isSafeInteger(side));
  if (sidesAreSafe && (count === undefined || Number.isSafeInteger(count))) return output;
  report("shape/size-too-large", { operator, input: formatShape(input) });
  return output.map(() => UNKNOWN);
}

/** The channels of an input whose channels must be known. */
export function knownChannels(shape: Shape): number {
  const channels = channelsOf(shape);
  assert(isKnown(channels), `channels of ${formatShape(shape)} are known`);
  return channels;
}

/** The number of elements of a shape that must be known. */
export function knownElements(shape: Shape): number {
  const count = elementCount(shape);
  assert(count !== undefined, `shape ${formatShape(shape)} is known`);
  return count;
}
