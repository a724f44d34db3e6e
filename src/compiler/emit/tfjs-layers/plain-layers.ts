/** Generates layer functions for layers without weights: pools, reshaping, dropout, and joins of tensors. */
import { unreachable } from "../../core/assert.ts";
import type { FunctionCode, ParameterCode } from "./code.ts";
import type { JoinStyle, PlainLayer } from "./layer-call.ts";
import { APPLY_LAYER, applyLayer, layerFunction, TENSOR } from "./layer-code.ts";
import type { LayerFunctions } from "./layer-functions.ts";
import { indent } from "./layout.ts";

export function plainCode(name: string, layer: PlainLayer, layers: LayerFunctions): FunctionCode {
  const code = (body: readonly string[], parameter?: ParameterCode): FunctionCode =>
    layerFunction(name, DOCS[layer], body, parameter);
  const plain = (other: PlainLayer): string => layers.functionFor({ kind: "plain", layer: other });
  switch (layer) {
    case "maxPool":
    case "avgPool": {
      const maker = layer === "maxPool" ? "maxPooling2d" : "averagePooling2d";
      return code(applyLayer(maker, "strides: 1", 'padding: "same"', "...args", "name"), {
        name: "args",
        type: layers.argumentsFor("pool"),
      });
    }
    case "avgPoolCountingPad":
      return code(
        [
          `const padding = ${layers.supportFor("samePadding")}(x, poolSize, strides);`,
          `const padded = ${plain("zeroPad")}(x, \`\${name}.pad\`, { padding });`,
          `return ${plain("avgPool")}(padded, name, { poolSize, strides, padding: "valid" });`,
        ],
        { name: "{ poolSize, strides = 1 }", type: layers.argumentsFor("pool") },
      );
    case "paddedMaxPool":
    case "paddedAvgPool": {
      const custom = layers.customFor("PaddedPooling2D");
      const isMaximum = layer === "paddedMaxPool";
      return code(
        [`const layer = new ${custom}({ ...args, isMaximum: ${isMaximum}, name });`, APPLY_LAYER],
        {
          name: "args",
          type: `Omit<${layers.argumentsFor("pool")}, "padding"> & { padding: number[] }`,
        },
      );
    }
    case "globalMaxPool":
      return code(applyLayer("globalMaxPooling2d", "name"));
    case "globalAvgPool":
      return code(applyLayer("globalAveragePooling2d", "name"));
    case "maxPoolToOne":
      return code(reshapeToOne(plain("globalMaxPool"), layers));
    case "avgPoolToOne":
      return code(reshapeToOne(plain("globalAvgPool"), layers));
    case "dropout":
      return code(applyLayer("dropout", "rate", "name"), {
        name: "{ rate }",
        type: "{ rate: number }",
      });
    case "flatten":
      return code(applyLayer("flatten", "name"));
    case "zeroPad":
      return code(applyLayer("zeroPadding2d", "padding", "name"), {
        name: "{ padding }",
        type: "{ padding: number | [number, number] | [[number, number], [number, number]] }",
      });
    case "crop":
      return code(applyLayer("cropping2D", "cropping", "name"), {
        name: "{ cropping }",
        type: "{ cropping: [[number, number], [number, number]] }",
      });
    case "upsample":
      return code(applyLayer("upSampling2d", "size: [factor, factor]", "interpolation", "name"), {
        name: "{ factor, interpolation }",
        type: '{ factor: number; interpolation: "nearest" | "bilinear" }',
      });
    case "upsampleBilinear":
      return code(
        [
          "const [, height, width] = x.shape.map(Number);",
          `const size = { height: factor * (height ?? 1), width: factor * (width ?? 1) };`,
          `return ${plain("resize")}(x, name, { ...size, interpolation });`,
        ],
        {
          name: "{ factor, interpolation }",
          type: `{ factor: number; interpolation: ${layers.customFor("Resize2D")}["interpolation"] }`,
        },
      );
    case "resize":
      return code(
        [`const layer = new ${layers.customFor("Resize2D")}({ ...args, name });`, APPLY_LAYER],
        {
          name: "args",
          type: `{ height: number; width: number; interpolation: ${layers.customFor("Resize2D")}["interpolation"] }`,
        },
      );
    case "l2Normalize":
      return code(
        [
          `const layer = new ${layers.customFor("L2Normalization")}({ epsilon, name });`,
          APPLY_LAYER,
        ],
        { name: "{ epsilon }", type: "{ epsilon: number }" },
      );
    case "layerNorm":
      return code(
        [`const layer = new ${layers.customFor("LayerNorm")}({ ...args, name });`, APPLY_LAYER],
        { name: "args", type: NORM_ARGUMENTS },
      );
    case "groupNorm":
      return code(
        [`const layer = new ${layers.customFor("GroupNorm")}({ ...args, name });`, APPLY_LAYER],
        { name: "args", type: GROUP_NORM_ARGUMENTS },
      );
    case "localResponseNorm":
      return code(
        [
          `const layer = new ${layers.customFor("LocalResponseNormalization")}({ ...args, name });`,
          APPLY_LAYER,
        ],
        { name: "args", type: "{ size: number; alpha: number; beta: number; k: number }" },
      );
    case "layerScale":
      return code(
        [`const layer = new ${layers.customFor("LayerScale")}({ init, name });`, APPLY_LAYER],
        { name: "{ init }", type: "{ init: number }" },
      );
    case "prelu":
      return code(
        [
          "const layer = tf.layers.prelu({",
          ...indent([
            "// One slope for each channel, wherever it is in a feature map.",
            "...(x.shape.length === 4 ? { sharedAxes: [1, 2] } : {}),",
            "alphaInitializer: tf.initializers.constant({ value: init }),",
            "name,",
          ]),
          "});",
          APPLY_LAYER,
        ],
        { name: "{ init }", type: "{ init: number }" },
      );
    case "shuffleChannels":
      return code(
        [
          "const [, height, width, channels] = x.shape;",
          "const sides = [Number(height), Number(width)];",
          "const deal = tf.layers.reshape({",
          "  targetShape: [...sides, groups, Number(channels) / groups],",
          "  name: `${name}.groups`,",
          "});",
          "const turn = tf.layers.permute({ dims: [1, 2, 4, 3], name: `${name}.turn` });",
          "const layer = tf.layers.reshape({ targetShape: [...sides, Number(channels)], name });",
          `return layer.apply(turn.apply(deal.apply(x))) as ${TENSOR};`,
        ],
        { name: "{ groups }", type: "{ groups: number }" },
      );
    default:
      return unreachable(layer);
  }
}

function reshapeToOne(pool: string, layers: LayerFunctions): readonly string[] {
  return [
    "const layer = tf.layers.reshape({",
    ...indent([
      `targetShape: [1, 1, ${layers.supportFor("channelsOf")}(x)],`,
      "name: `${name}.reshape`,",
    ]),
    "});",
    `return layer.apply(${pool}(x, name)) as ${TENSOR};`,
  ];
}

export function joinCode(name: string, style: JoinStyle, layers: LayerFunctions): FunctionCode {
  const ofSeveral = (doc: string, body: readonly string[]): FunctionCode => ({
    ...layerFunction(name, doc, body),
    parameters: [
      { name: "x", type: `${TENSOR}[]` },
      { name: "name", type: "string" },
    ],
  });
  switch (style) {
    case "concat":
      return ofSeveral("Stacks the channels.", applyLayer("concatenate", "axis: -1", "name"));
    case "add":
      return ofSeveral("Adds element by element.", applyLayer("add", "name"));
    case "multiply":
      return ofSeveral(
        "Multiplies element by element; sides of size 1 are broadcast.",
        applyLayer("multiply", "name"),
      );
    case "rescale":
      return layerFunction(
        name,
        "scale * x + offset.",
        applyLayer("rescaling", "scale", "offset", "name"),
        { name: "{ scale, offset = 0 }", type: "{ scale: number; offset?: number }" },
      );
    case "takeShare":
      return layerFunction(
        name,
        "The channels of one of several equal shares, counted from 0.",
        [
          `const layer = new ${layers.customFor("ChannelShare")}({ part, parts, name });`,
          APPLY_LAYER,
        ],
        { name: "{ part, parts }", type: "{ part: number; parts: number }" },
      );
    case "dropPath":
      return layerFunction(
        name,
        "In training, leaves out whole samples, and scales up the others.",
        [
          "const noiseShape = x.shape.map((_, axis) => (axis === 0 ? null : 1)) as number[];",
          ...applyLayer("dropout", "rate", "noiseShape", "name"),
        ],
        { name: "{ rate }", type: "{ rate: number }" },
      );
    case "copy":
      return layerFunction(
        name,
        "Copies a tensor: tf.layers frees one that a layer reads twice before its other readers have run.",
        applyLayer("activation", 'activation: "linear"', "name"),
      );
    case "output":
      return layerFunction(
        name,
        "Names an additional output of the model.",
        applyLayer("activation", 'activation: "linear"', "name"),
      );
  }
}

const NORM_ARGUMENTS = "{ epsilon: number; scale?: boolean; center?: boolean }";
const GROUP_NORM_ARGUMENTS =
  "{ groups: number; epsilon: number; scale?: boolean; center?: boolean }";

const DOCS: Readonly<Record<PlainLayer, string>> = {
  maxPool: "The largest value of each window.",
  avgPool: "The mean of each window, without the padding.",
  avgPoolCountingPad: "The mean of each window, including the zeros of `same` padding.",
  paddedMaxPool: "The largest value of each window; padding never wins.",
  paddedAvgPool: "The mean of each window, without the padding.",
  globalMaxPool: "The largest value of each channel, as a vector.",
  globalAvgPool: "The mean of each channel, as a vector.",
  maxPoolToOne: "The largest value of each channel, as a feature map of 1x1.",
  avgPoolToOne: "The mean of each channel, as a feature map of 1x1.",
  dropout:
    "Dropout. It takes no seed: with one, tf.layers would drop the same values in every training step.",
  flatten: "Flattens a feature map to a vector, row by row, channels innermost.",
  zeroPad: "Adds zeros around the feature map.",
  crop: "Leaves out rows and columns at the edges.",
  upsample: "Enlarges the feature map by a whole factor.",
  upsampleBilinear: "Enlarges the feature map by a whole factor.",
  resize: "Resamples the feature map to a size.",
  l2Normalize: "Scales the channel vector at each position to unit length.",
  layerNorm: "Layer normalization of the channels at each position.",
  groupNorm: "Normalization of each of several equal groups of channels over the whole picture.",
  localResponseNorm:
    "Divides by a power of the mean of the squares of neighbouring channels, as Caffe and PyTorch do.",
  layerScale: "Multiplies each channel by a learned factor.",
  prelu: "x above zero, below it x times a learned slope of its channel.",
  shuffleChannels:
    "Channels of equal groups dealt out in turn: channel i of group g becomes channel i * groups + g.",
};
