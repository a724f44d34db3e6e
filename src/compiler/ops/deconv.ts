/** Defines `deconv`: a transposed convolution, which enlarges, followed by its bias, normalization and activation. */
import { formatShape } from "../core/format-shape.ts";
import type { Padding, SizeValue } from "../ir/attributes.ts";
import { type Dimension, isKnown, mapDimension, UNKNOWN } from "../ir/dimension.ts";
import type { Pair } from "../ir/layer-graph.ts";
import { asFeatureMap, countable, knownChannels, knownElements } from "./feature-map.ts";
import { kernelTensor } from "./layer-builder.ts";
import {
  addTail,
  biasTensors,
  initialKernel,
  reportUnfitTail,
  TAIL_FLAGS,
  type TailAttributes,
  tailAttributes,
  tailCounts,
} from "./layer-tail.ts";
import { defineOperator } from "./operator.ts";
import { sumPrimitives } from "./primitives.ts";
import { multiplySymbol, offsetSymbol } from "./symbolic-size.ts";
import {
  KERNEL_ATTRIBUTE,
  marginsOf,
  PAD_ATTRIBUTE,
  PAD_FLAGS,
  pair,
  STRIDE_ATTRIBUTE,
} from "./window.ts";

export type DeconvAttributes = TailAttributes & {
  readonly kernel: SizeValue;
  readonly filters: number;
  readonly stride: SizeValue;
  readonly pad: Padding;
};

export const deconv = defineOperator<DeconvAttributes>({
  name: "deconv",
  family: "convolution",
  doc: "A transposed convolution, then bias or batch normalization, then an activation: each cell adds the kernel, times its value, to the output.",
  alsoCalled: ["Conv2DTranspose", "ConvTranspose2d", "transposed_conv"],
  resembles: ["upconv"],
  operands: ["kernel", "filters"],
  attributes: {
    kernel: { ...KERNEL_ATTRIBUTE, doc: "Height and width of what one cell is spread over." },
    filters: {
      type: "int",
      doc: "Channels of the output.",
      alsoCalled: ["out_channels"],
      resembles: ["channels"],
      min: 1,
      scalesWithWidth: true,
      change: "filters",
    },
    stride: {
      ...STRIDE_ATTRIBUTE,
      doc: "Rows and columns of the output from one cell of the input to the next; written `/2`.",
    },
    pad: {
      ...PAD_ATTRIBUTE,
      doc: "`same` gives input * stride, `valid` input * stride + max(kernel - stride, 0). `valid` is PyTorch's padding=0 if the kernel is not smaller than the stride. `same` is its padding=(kernel - stride) / 2 if that is a whole number; otherwise PyTorch's sizes with output_padding=1 are equal, but its cells lie one row and column earlier. A size is PyTorch's padding: the output is (input - 1) * stride + kernel, without that many rows and columns on each side; `[top, bottom, left, right]` can leave out fewer at the end, which is its output_padding.",
    },
    ...tailAttributes({ norm: "batch", act: "relu" }),
  },
  flags: { ...PAD_FLAGS, ...TAIL_FLAGS },
  inferShape: (attributes, input, report) => {
    const [height, width] = asFeatureMap("deconv", input, report);
    const { filters, pad } = attributes;
    const [kernel, stride] = [pair(attributes.kernel), pair(attributes.stride)];
    const side = (size: Dimension, axis: 0 | 1): Dimension => {
      const margins = marginsOf(pad, axis);
      const beyond = margins
        ? kernel[axis] - stride[axis] - margins[0] - margins[1]
        : pad === "valid"
          ? Math.max(kernel[axis] - stride[axis], 0)
          : 0;
      return mapDimension(
        size,
        (known) => known * stride[axis] + beyond,
        (symbol) => offsetSymbol(multiplySymbol(symbol, stride[axis]), beyond),
      );
    };
    const [rows, columns] = [side(height, 0), side(width, 1)];
    const isEmpty = (one: Dimension): boolean => isKnown(one) && one <= 0;
    if (isEmpty(rows) || isEmpty(columns)) {
      report("shape/zero-output", { operator: "deconv", output: formatShape([rows, columns]) });
      return [UNKNOWN, UNKNOWN, filters];
    }
    reportUnfitTail("deconv", attributes, filters, report);
    return countable("deconv", input, [rows, columns, filters], report);
  },
  lower: (attributes, { input, output }, layers) => {
    const { filters, pad, bias } = attributes;
    const [kernel, stride] = [pair(attributes.kernel), pair(attributes.stride)];
    const isCropped = typeof pad !== "string";
    /** What is left out of an output that holds every window, or the rows and columns that no window reaches as well. */
    const cut = (axis: 0 | 1): Pair => {
      const [before, after] = marginsOf(pad, axis) ?? [0, 0];
      return [before, after + Math.max(stride[axis] - kernel[axis], 0)];
    };
    const [rows, columns] = [cut(0), cut(1)];
    const [height, width] = output;
    layers.add("transposed_conv", {
      attributes: { kernel, stride, pad: isCropped ? "valid" : pad, filters, bias },
      shape: isCropped
        ? [Number(height) + rows[0] + rows[1], Number(width) + columns[0] + columns[1], filters]
        : output,
      tensors: [
        kernelTensor(
          "kernel",
          [
            [kernel[0], "kernel-height"],
            [kernel[1], "kernel-width"],
            [filters, "out"],
            [knownChannels(input), "in"],
          ],
          initialKernel(attributes),
        ),
        ...biasTensors(attributes, filters),
      ],
    });
    if (isCropped)
      layers.add("crop", { name: "crop", attributes: { rows, columns }, shape: output });
    addTail(attributes, output, layers);
  },
  measure: (attributes, input, output) => {
    const elements = knownElements(output);
    const [rows, columns] = pair(attributes.kernel);
    return sumPrimitives([
      {
        convMacs: knownElements(input) * rows * columns * attributes.filters,
        convBiasAdds: attributes.bias ? elements : 0,
        convOutputElements: elements,
      },
      tailCounts(attributes, elements, attributes.filters),
    ]);
  },
});
