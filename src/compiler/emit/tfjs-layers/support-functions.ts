/** Small functions that generated layer functions call; a file contains only those that it needs. */
import type { FunctionCode } from "./code.ts";
import { TENSOR } from "./layer-code.ts";

export type SupportFunction =
  | "layerSeed"
  | "channelsOf"
  | "samePadding"
  | "requireNumber"
  | "makeBatchNormTrainable";

export const SUPPORT_FUNCTIONS: Readonly<Record<SupportFunction, (name: string) => FunctionCode>> =
  {
    layerSeed: (name) => ({
      kind: "function",
      name,
      doc: "The seed of a layer, independent of other layers: the FNV-1a hash of its name, starting from the network's seed.",
      isExported: false,
      parameters: [
        { name: "seed", type: "number" },
        { name: "name", type: "string" },
      ],
      returnType: "number",
      body: [
        "let hash = 0x811c9dc5 ^ seed;",
        "for (let i = 0; i < name.length; i++) {",
        "  hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);",
        "}",
        "return hash >>> 0;",
      ],
    }),
    channelsOf: (name) => ({
      kind: "function",
      name,
      doc: "The number of channels.",
      isExported: false,
      parameters: [{ name: "x", type: TENSOR }],
      returnType: "number",
      body: ["return Number(x.shape[x.shape.length - 1]);"],
    }),
    samePadding: (name) => ({
      kind: "function",
      name,
      doc: "The rows and columns of zeros that TensorFlow's `same` padding adds for a window.",
      isExported: false,
      parameters: [
        { name: "x", type: TENSOR },
        { name: "window", type: "number | [number, number]" },
        { name: "strides", type: "number | [number, number]" },
      ],
      returnType: "[[number, number], [number, number]]",
      body: [
        "const along = (axis: 0 | 1): [number, number] => {",
        "  const size = Number(x.shape[axis + 1]);",
        '  const stride = typeof strides === "number" ? strides : strides[axis];',
        '  const cells = typeof window === "number" ? window : window[axis];',
        "  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + cells - size);",
        "  const before = Math.floor(total / 2);",
        "  return [before, total - before];",
        "};",
        "return [along(0), along(1)];",
      ],
    }),
    requireNumber: (name) => ({
      kind: "function",
      name,
      doc: "Throws unless an option, or a number computed from options, is in the range that the network allows.",
      isExported: false,
      parameters: [
        { name: "what", type: "string" },
        { name: "value", type: "number" },
        {
          name: "range",
          type: "{ whole?: boolean; min?: number; max?: number; below?: number }",
        },
      ],
      returnType: "void",
      body: [
        "const { whole = false, min = -Infinity, max = Infinity, below = Infinity } = range;",
        "const isNumber = whole ? Number.isSafeInteger(value) : Number.isFinite(value);",
        "if (isNumber && value >= min && value <= max && value < below) return;",
        "const bounds = [",
        "  ...(min > -Infinity ? [`at least ${min}`] : []),",
        "  ...(max < Infinity ? [`at most ${max}`] : []),",
        "  ...(below < Infinity ? [`below ${below}`] : []),",
        "];",
        'const wanted = [whole ? "a whole number" : "a number", bounds.join(" and ")].join(" ").trim();',
        "throw new RangeError(`${what} is ${wanted}, not ${value}`);",
      ],
    }),
    makeBatchNormTrainable: (name) => ({
      kind: "function",
      name,
      doc: [
        "Makes batch normalization without gamma or beta trainable. tf.layers reads both in every training step, whether the",
        "layer has them or not (tensorflow/tfjs#2868), so the missing one becomes a constant that is created on every read:",
        "it is not a weight, is not saved, and changes no result. Call it on models from `tf.loadLayersModel`.",
      ].join("\n"),
      isExported: true,
      parameters: [{ name: "model", type: "tf.LayersModel" }],
      returnType: "tf.LayersModel",
      body: [
        "for (const layer of model.layers) {",
        '  if (layer.getClassName() !== "BatchNormalization") continue;',
        "  const { center, scale } = layer.getConfig();",
        "  // All weights of the layer have one number per channel, as gamma and beta would.",
        "  const shape: [number] = [Number(layer.weights[0]?.shape[0])];",
        "  if (scale === false) Object.assign(layer, { gamma: { read: () => tf.ones(shape) } });",
        "  if (center === false) Object.assign(layer, { beta: { read: () => tf.zeros(shape) } });",
        "}",
        "return model;",
      ],
    }),
  };
