/** Output sizes of sliding windows under TensorFlow's padding rules, for convolutions and pools. */
import { formatShape } from "../core/format-shape.ts";
import type { Padding, SizeValue } from "../ir/attributes.ts";
import { type Dimension, isKnown, mapDimension, type Shape, UNKNOWN } from "../ir/dimension.ts";
import type { Pair } from "../ir/layer-graph.ts";
import type { FeatureMap } from "./feature-map.ts";
import type { AttributeDefinition, Flag, ReportShape } from "./operator.ts";
import { ceilDivideSymbol, offsetSymbol } from "./symbolic-size.ts";

/** What an operator says of its window. */
export interface WindowAttributes {
  readonly kernel: SizeValue;
  readonly stride: SizeValue;
  readonly pad: Padding;
  readonly dilation?: SizeValue;
}

export const KERNEL_ATTRIBUTE: AttributeDefinition = {
  type: "size",
  doc: "Height and width of the window.",
  alsoCalled: ["kernel_size", "pool_size"],
  min: 1,
  change: "kernel",
};

export const STRIDE_ATTRIBUTE: AttributeDefinition = {
  type: "size",
  doc: "Rows and columns from one window to the next; written `/2`.",
  alsoCalled: ["strides"],
  default: [1, 1],
  min: 1,
  change: "stride",
};

export const PAD_ATTRIBUTE: AttributeDefinition = {
  type: "pad",
  doc: "`same` gives ceil(input / stride), `valid` uses whole windows only. A size adds rows above and below and columns left and right: `1`, `1x2`, or `[top, bottom, left, right]`.",
  alsoCalled: ["padding"],
  default: "same",
  change: "padding",
};

export const DILATION_ATTRIBUTE: AttributeDefinition = {
  type: "size",
  doc: "Rows and columns from one sample of the window to the next.",
  alsoCalled: ["dilation_rate", "rate"],
  default: [1, 1],
  min: 1,
  change: "dilation",
};

/** The flags of every operator with a window. */
export const PAD_FLAGS: Readonly<Record<"same" | "valid", Flag<"pad">>> = {
  same: { attribute: "pad", value: "same" },
  valid: { attribute: "pad", value: "valid" },
};

/** Kernel, stride, padding and dilation as a layer has them. */
export function layerWindow(attributes: Required<WindowAttributes>): {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly pad: Padding;
  readonly dilation: Pair;
} {
  const { kernel, stride, pad, dilation } = attributes;
  return { kernel: pair(kernel), stride: pair(stride), pad, dilation: pair(dilation) };
}

/** The side that a window with gaps covers: (kernel - 1) * dilation + 1. */
function effectiveKernel(kernel: number, dilation: number): number {
  return (kernel - 1) * dilation + 1;
}

/**
 * Number of windows along a side (TensorFlow's rule): `same` ceil(size / stride), `valid`
 * ceil((size - span + 1) / stride), where `span` is the effective kernel. At most 0 when no window fits.
 */
function windowCount(
  size: number,
  span: number,
  stride: number,
  pad: Padding,
  axis: 0 | 1,
): number {
  return Math.ceil((pad === "same" ? size : size + marginOf(pad, axis) - span + 1) / stride);
}

/** Rows (axis 0) or columns of padding before and after; nothing for a rule by name. */
export function marginsOf(
  pad: Padding,
  axis: 0 | 1,
): readonly [before: number, after: number] | undefined {
  if (typeof pad === "string") return undefined;
  const [top, bottom, left, right] = pad;
  return axis === 0 ? [top, bottom] : [left, right];
}

function marginOf(pad: Padding, axis: 0 | 1): number {
  const [before, after] = marginsOf(pad, axis) ?? [0, 0];
  return before + after;
}

/** The side of the output, also for a symbolic side of the input. */
function outputSide(
  size: Dimension,
  span: number,
  stride: number,
  pad: Padding,
  axis: 0 | 1,
): Dimension {
  const beyond = pad === "same" ? 0 : marginOf(pad, axis) + 1 - span;
  return mapDimension(
    size,
    (known) => windowCount(known, span, stride, pad, axis),
    (symbol) => ceilDivideSymbol(offsetSymbol(symbol, beyond), stride),
  );
}

/**
 * Height and width after a window slid over `input`. A window that does not fit and a side of 0 are reported; the
 * sides concerned are unknown then.
 */
export function slideWindow(
  operator: string,
  attributes: WindowAttributes,
  input: FeatureMap,
  report: ReportShape,
): readonly [Dimension, Dimension] {
  const [kernelRows, kernelColumns] = pair(attributes.kernel);
  const stride = pair(attributes.stride);
  const dilation = pair(attributes.dilation ?? [1, 1]);
  const spans = [
    effectiveKernel(kernelRows, dilation[0]),
    effectiveKernel(kernelColumns, dilation[1]),
  ] as const;
  if (Math.max(...stride) > 1 && Math.max(...dilation) > 1) {
    report(
      "shape/stride-with-dilation",
      { operator, stride: formatShape(stride), dilation: formatShape(dilation) },
      "dilation",
    );
  }
  const sides = [
    outputSide(input[0], spans[0], stride[0], attributes.pad, 0),
    outputSide(input[1], spans[1], stride[1], attributes.pad, 1),
  ] as const;
  if (isEmpty(input[0]) || isEmpty(input[1])) {
    report("shape/zero-output", { operator, output: formatShape(sides.map(atLeastZero)) });
  } else if (isEmpty(sides[0]) || isEmpty(sides[1])) {
    const dilated = spans[0] !== kernelRows || spans[1] !== kernelColumns;
    report(
      "shape/window-too-large",
      {
        operator,
        window: `${formatShape(spans)}${dilated ? " (dilated)" : ""}`,
        input: `${input[0]}×${input[1]}`,
      },
      "kernel",
    );
  }
  return [isEmpty(sides[0]) ? UNKNOWN : sides[0], isEmpty(sides[1]) ? UNKNOWN : sides[1]];
}

/** Rows (axis 0) or columns of padding before the first, by TensorFlow's rule. */
export function paddingBefore(
  { kernel, stride, pad, dilation = [1, 1] }: WindowAttributes,
  input: Shape,
  axis: 0 | 1,
): number {
  const span = effectiveKernel(pair(kernel)[axis], pair(dilation)[axis]);
  const [before] = marginsOf(pad, axis) ?? [];
  return before ?? padBefore(input[axis] ?? UNKNOWN, span, pair(stride)[axis], pad);
}

/**
 * Rows (or columns) of padding before the first. TensorFlow's `same` pads max((out - 1) * stride + span - size, 0) in
 * all and puts the smaller half in front. For a size that is not known, as if the stride divided it.
 */
function padBefore(size: Dimension, span: number, stride: number, pad: Padding): number {
  if (pad === "valid") return 0;
  const total = isKnown(size)
    ? (Math.ceil(size / stride) - 1) * stride + span - size
    : span - stride;
  return Math.max(0, Math.floor(total / 2));
}

/** Height and width of a size attribute. */
export function pair(size: SizeValue): readonly [number, number] {
  const [first = 1, second = first] = size;
  return [first, second];
}

function isEmpty(side: Dimension): boolean {
  return isKnown(side) && side <= 0;
}

function atLeastZero(side: Dimension): Dimension {
  return isKnown(side) ? Math.max(0, side) : side;
}
