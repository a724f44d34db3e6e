/**
 * Source text of the layer classes that `tf.layers` lacks.
 *
 * Each class is registered where it is declared, so that `tf.loadLayersModel` finds it once the generated file is
 * imported.
 */

import { channelShareClass } from "./channel-share-class.ts";
import { normalizationClass } from "./normalization-class.ts";
import { paddedPoolClass } from "./padded-pool-class.ts";
import { resizeClass } from "./resize-class.ts";

export type CustomLayer =
  | "GroupedConv2D"
  | "DilatedDepthwiseConv2D"
  | "L2Normalization"
  | "LayerNorm"
  | "GroupNorm"
  | "Resize2D"
  | "PaddedPooling2D"
  | "LocalResponseNormalization"
  | "LayerScale"
  | "ChannelShare";

interface ConvolutionText {
  readonly doc: readonly string[];
  /** Fields beside those that both convolutions have, each set from the argument of its name. */
  readonly fields: readonly string[];
  readonly initializer: string;
  readonly weight: string;
  readonly kernelShape: readonly string[];
  readonly outputChannels: string;
  readonly compute: readonly string[];
}

export const CUSTOM_LAYERS: Readonly<Record<CustomLayer, (name: string) => readonly string[]>> = {
  GroupedConv2D: (name) =>
    convolution(name, {
      doc: [
        "A convolution whose input channels and filters are split into equal groups, each group of filters reading only its own",
        "channels; tf.layers has none. Its kernel is height x width x channels of a group x filters, as in Keras.",
      ],
      fields: ["filters", "groups"],
      initializer: "kernelInitializer",
      weight: "kernel",
      kernelShape: ["channels / this.groups", "this.filters"],
      outputChannels: "this.filters",
      compute: [
        "const parts = tf.split<tf.Tensor4D>(x, this.groups, 3);",
        "const kernels = tf.split<tf.Tensor4D>(kernel, this.groups, 3);",
        "const outputs = parts.map((part, group) =>",
        '  tf.conv2d(part, kernels[group] ?? kernel, strides, padding, "NHWC", dilationRate),',
        ");",
        "const y = tf.concat(outputs, 3);",
      ],
    }),
  DilatedDepthwiseConv2D: (name) =>
    convolution(name, {
      doc: [
        "A dilated depthwise convolution: tf.layers.depthwiseConv2d takes a dilation but does not use it.",
      ],
      fields: ["depthMultiplier"],
      initializer: "depthwiseInitializer",
      weight: "depthwise_kernel",
      kernelShape: ["channels", "this.depthMultiplier"],
      outputChannels: "channels * this.depthMultiplier",
      compute: ['const y = tf.depthwiseConv2d(x, kernel, strides, padding, "NHWC", dilationRate);'],
    }),
  L2Normalization: (name) => [
    "/** Scales the channel vector at each position to unit length: x / sqrt(max(sum(x^2), epsilon)). */",
    `class ${name} extends tf.layers.Layer {`,
    `  static className = "${name}";`,
    "  private readonly epsilon: number;",
    "",
    "  constructor(args: { epsilon: number; name?: string }) {",
    "    super(args);",
    "    this.epsilon = args.epsilon;",
    "  }",
    "",
    "  override computeOutputShape(inputShape: tf.Shape): tf.Shape {",
    "    return inputShape;",
    "  }",
    "",
    "  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {",
    "    return tf.tidy(() => {",
    "      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;",
    "      const squares = x.square().sum(-1, true);",
    "      return x.div(squares.maximum(this.epsilon).sqrt());",
    "    });",
    "  }",
    "",
    "  override getConfig(): tf.serialization.ConfigDict {",
    "    return { ...super.getConfig(), epsilon: this.epsilon };",
    "  }",
    "}",
    `tf.serialization.registerClass(${name});`,
  ],
  LayerNorm: (name) =>
    normalizationClass(name, {
      doc: [
        "Normalizes the channels at each position by their mean and variance. tf.layers.layerNormalization gives the same, but",
        "repeats the statistics for each element, which is slow, and trains only with both gamma and beta.",
      ],
      fields: [],
      compute: [
        "const centered = x.sub(x.mean(-1, true));",
        "const deviation = tf.tidy(() => centered.square().mean(-1, true).add(this.epsilon).sqrt());",
        "const normalized = centered.div(deviation);",
      ],
    }),
  GroupNorm: (name) =>
    normalizationClass(name, {
      doc: [
        "Normalizes each of several equal groups of channels by its mean and variance over all positions, as PyTorch's GroupNorm;",
        "tf.layers has none.",
      ],
      fields: ["groups"],
      compute: [
        "const [batch = 1, ...sides] = x.shape;",
        "const share = (sides.at(-1) ?? 1) / this.groups;",
        "const grouped = x.reshape([batch, -1, this.groups, share]);",
        "const mean = (values: tf.Tensor): tf.Tensor => tf.tidy(() => values.mean(3, true).mean(1, true));",
        "const centered = grouped.sub(mean(grouped));",
        "const deviation = tf.tidy(() => mean(centered.square()).add(this.epsilon).sqrt());",
        "const normalized = centered.div(deviation).reshape(x.shape);",
      ],
    }),
  LocalResponseNormalization: (name) => [
    "/**",
    " * Local response normalization across channels: x / (k + alpha / size * s)^beta, where s is the sum of squares of the `size`",
    " * channels around x. tf.localResponseNormalization takes alpha / size, and the channels on each side.",
    " */",
    `class ${name} extends tf.layers.Layer {`,
    `  static className = "${name}";`,
    "  private readonly size: number;",
    "  private readonly alpha: number;",
    "  private readonly beta: number;",
    "  private readonly k: number;",
    "",
    "  constructor(args: { size: number; alpha: number; beta: number; k: number; name?: string }) {",
    "    super(args);",
    "    this.size = args.size;",
    "    this.alpha = args.alpha;",
    "    this.beta = args.beta;",
    "    this.k = args.k;",
    "  }",
    "",
    "  override computeOutputShape(inputShape: tf.Shape): tf.Shape {",
    "    return inputShape;",
    "  }",
    "",
    "  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {",
    "    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;",
    "    const { size, alpha, beta, k } = this;",
    "    return tf.localResponseNormalization(x, (size - 1) / 2, k, alpha / size, beta);",
    "  }",
    "",
    "  override getConfig(): tf.serialization.ConfigDict {",
    "    const { size, alpha, beta, k } = this;",
    "    return { ...super.getConfig(), size, alpha, beta, k };",
    "  }",
    "}",
    `tf.serialization.registerClass(${name});`,
  ],
  LayerScale: (name) => [
    "/** Multiplies each channel by a learned factor, gamma, that starts from `init`. */",
    `class ${name} extends tf.layers.Layer {`,
    `  static className = "${name}";`,
    "  private readonly init: number;",
    "  private gamma?: tf.LayerVariable;",
    "",
    "  constructor(args: { init: number; name?: string }) {",
    "    super(args);",
    "    this.init = args.init;",
    "  }",
    "",
    "  override build(inputShape: tf.Shape): void {",
    "    const initializer = tf.initializers.constant({ value: this.init });",
    '    this.gamma = this.addWeight("gamma", [Number(inputShape.at(-1))], "float32", initializer);',
    "    super.build(inputShape);",
    "  }",
    "",
    "  override computeOutputShape(inputShape: tf.Shape): tf.Shape {",
    "    return inputShape;",
    "  }",
    "",
    "  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {",
    "    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;",
    "    return x.mul(this.gamma?.read() as tf.Tensor);",
    "  }",
    "",
    "  override getConfig(): tf.serialization.ConfigDict {",
    "    return { ...super.getConfig(), init: this.init };",
    "  }",
    "}",
    `tf.serialization.registerClass(${name});`,
  ],
  Resize2D: resizeClass,
  PaddedPooling2D: paddedPoolClass,
  ChannelShare: channelShareClass,
};

function convolution(name: string, text: ConvolutionText): readonly string[] {
  return [
    "/**",
    ...text.doc.map((line) => ` * ${line}`),
    " */",
    `class ${name} extends tf.layers.Layer {`,
    `  static className = "${name}";`,
    ...text.fields.map((field) => `  private readonly ${field}: number;`),
    "  private readonly kernelSize: [number, number];",
    "  private readonly strides: [number, number];",
    "  private readonly dilationRate: [number, number];",
    '  private readonly padding: "same" | "valid";',
    "  private readonly useBias: boolean;",
    "  private readonly initializer: ReturnType<typeof tf.initializers.zeros>;",
    "  private kernel?: tf.LayerVariable;",
    "  private bias?: tf.LayerVariable;",
    "",
    "  constructor(args: {",
    ...text.fields.map((field) => `    ${field}${field === OPTIONAL_FIELD ? "?" : ""}: number;`),
    "    kernelSize: number | [number, number];",
    "    strides?: number | [number, number];",
    "    dilationRate?: number | [number, number];",
    '    padding?: "same" | "valid";',
    "    useBias: boolean;",
    `    ${text.initializer}?: ReturnType<typeof tf.initializers.zeros>;`,
    "    name?: string;",
    "  }) {",
    "    super(args);",
    "    const pair = (size: number | [number, number]): [number, number] =>",
    '      typeof size === "number" ? [size, size] : size;',
    ...text.fields.map(
      (field) => `    this.${field} = args.${field}${field === OPTIONAL_FIELD ? " ?? 1" : ""};`,
    ),
    "    this.kernelSize = pair(args.kernelSize);",
    "    this.strides = pair(args.strides ?? 1);",
    "    this.dilationRate = pair(args.dilationRate ?? 1);",
    '    this.padding = args.padding ?? "same";',
    "    this.useBias = args.useBias;",
    "    // It is not saved: a loaded model has its weights already.",
    `    this.initializer = args.${text.initializer} ?? tf.initializers.glorotUniform({});`,
    "  }",
    "",
    "  override build(inputShape: tf.Shape): void {",
    "    const channels = Number(inputShape[3]);",
    `    const shape = [...this.kernelSize, ${text.kernelShape.join(", ")}];`,
    `    this.kernel = this.addWeight("${text.weight}", shape, "float32", this.initializer);`,
    "    if (this.useBias) {",
    `      const length = ${text.outputChannels};`,
    '      this.bias = this.addWeight("bias", [length], "float32", tf.initializers.zeros());',
    "    }",
    "    super.build(inputShape);",
    "  }",
    "",
    "  override computeOutputShape(inputShape: tf.Shape): tf.Shape {",
    "    const [batch = null, height, width] = inputShape;",
    ...(text.outputChannels.includes("channels")
      ? ["    const channels = Number(inputShape[3]);"]
      : []),
    "    const side = (size: number, axis: 0 | 1): number => {",
    "      const span = (this.kernelSize[axis] - 1) * this.dilationRate[axis] + 1;",
    '      const places = this.padding === "same" ? size : size - span + 1;',
    "      return Math.ceil(places / this.strides[axis]);",
    "    };",
    "    const sides = [side(Number(height), 0), side(Number(width), 1)];",
    `    return [batch, ...sides, ${text.outputChannels}];`,
    "  }",
    "",
    "  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {",
    "    return tf.tidy(() => {",
    "      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;",
    "      const kernel = this.kernel?.read() as tf.Tensor4D;",
    "      const { strides, padding, dilationRate } = this;",
    ...text.compute.map((line) => `      ${line}`),
    "      return this.bias ? y.add(this.bias.read()) : y;",
    "    });",
    "  }",
    "",
    "  override getConfig(): tf.serialization.ConfigDict {",
    `    const { ${[...text.fields, "kernelSize", "strides", "dilationRate"].join(", ")} } = this;`,
    "    const { padding, useBias } = this;",
    "    return {",
    "      ...super.getConfig(),",
    ...[...text.fields, "kernelSize", "strides", "dilationRate", "padding", "useBias"].map(
      (field) => `      ${field},`,
    ),
    "    };",
    "  }",
    "}",
    `tf.serialization.registerClass(${name});`,
  ];
}

/** The one field that an author may leave out. */
const OPTIONAL_FIELD = "depthMultiplier";
