/** Defines `deconv`: a transposed convolution, which enlarges, followed by its bias, normalization and activation. */
import type { PaddingName, SizeValue } from "../ir/attributes.ts";
import { type Dimension, mapDimension } from "../ir/dimension.ts";
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
import { KERNEL_ATTRIBUTE, PAD_ATTRIBUTE, PAD_FLAGS, pair, STRIDE_ATTRIBUTE } from "./window.ts";

export type DeconvAttributes = TailAttributes & {
  readonly kernel: SizeValue;
  readonly filters: number;
  readonly stride: SizeValue;
  readonly pad: PaddingName;
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
      doc: "`same` gives input * stride, `valid` input * stride + max(kernel - stride, 0). `valid` is PyTorch's padding=0 if the kernel is not smaller than the stride. `same` is its padding=(kernel - stride) / 2 if that is a whole number; otherwise PyTorch's sizes with output_padding=1 are equal, but its cells lie one row and column earlier.",
    },
    ...tailAttributes({ norm: "batch", act: "relu" }),
  },
  flags: { ...PAD_FLAGS, ...TAIL_FLAGS },
  inferShape: (attributes, input, report) => {
    const [height, width] = asFeatureMap("deconv", input, report);
    const { filters, pad } = attributes;
    const [kernel, stride] = [pair(attributes.kernel), pair(attributes.stride)];
    const side = (size: Dimension, axis: 0 | 1): Dimension => {
      const beyond = pad === "valid" ? Math.max(kernel[axis] - stride[axis], 0) : 0;
      return mapDimension(
        size,
        (known) => known * stride[axis] + beyond,
        (symbol) => offsetSymbol(multiplySymbol(symbol, stride[axis]), beyond),
      );
    };
    reportUnfitTail("deconv", attributes, filters, report);
    return countable("deconv", input, [side(height, 0), side(width, 1), filters], report);
  },
  lower: (attributes, { input, output }, layers) => {
    const { filters, pad, bias } = attributes;
    const [kernel, stride] = [pair(attributes.kernel), pair(attributes.stride)];
    layers.add("transposed_conv", {
      attributes: { kernel, stride, pad, filters, bias },
      shape: output,
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
