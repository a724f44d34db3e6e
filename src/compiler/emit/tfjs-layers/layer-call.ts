/**
 * Chooses the layer function for an operator, and the arguments of the call.
 *
 * The functions themselves, and with them every use of `tf.layers`, are in layer-functions.ts.
 */
import { assert, InternalError, unreachable } from "../../core/assert.ts";
import type { ActivationName, Norm } from "../../ir/attributes.ts";
import {
  type InitialValue,
  isKernel,
  type LayerAttributes,
  type LayerKind,
  type LayerTemplate,
  type LayerTemplateOf,
  type Pair,
} from "../../ir/layer-graph.ts";
import type { OptionExpression } from "../../ir/option-expression.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { joinPath } from "../../ir/walk.ts";
import { ownLayers } from "../../lower/own-layers.ts";
import { withoutPadding, zerosAround } from "../../lower/tf-layers/explicit-padding.ts";
import { operatorNamed } from "../../ops/registry.ts";
import { numberLiteral, stringLiteral } from "./literals.ts";
import { resizeRule } from "./resize-class.ts";

/** What follows the products of a layer. */
export interface LayerTail {
  readonly bias: boolean;
  readonly norm: Norm | null;
  readonly act: ActivationName | null;
}

/** The distribution that a kernel starts from. */
export type KernelInitial = Exclude<InitialValue, "constant">;

export type WeightedLayer =
  | "conv"
  | "groupedConv"
  | "depthwiseConv"
  | "dilatedDepthwiseConv"
  | "separableConv"
  | "transposedConv"
  | "dense";

export const PLAIN_LAYERS = [
  "maxPool",
  "avgPool",
  "avgPoolCountingPad",
  "paddedMaxPool",
  "paddedAvgPool",
  "globalMaxPool",
  "globalAvgPool",
  "maxPoolToOne",
  "avgPoolToOne",
  "dropout",
  "flatten",
  "zeroPad",
  "crop",
  "upsample",
  "upsampleBilinear",
  "resize",
  "l2Normalize",
  "layerNorm",
  "groupNorm",
  "localResponseNorm",
  "layerScale",
  "prelu",
  "shuffleChannels",
] as const;

export type PlainLayer = (typeof PLAIN_LAYERS)[number];

/** Layers that join several tensors, and those that residuals, gates, copies and outputs need. */
export const JOIN_STYLES = [
  "concat",
  "takeShare",
  "add",
  "multiply",
  "rescale",
  "dropPath",
  "copy",
  "output",
] as const;

export type JoinStyle = (typeof JOIN_STYLES)[number];

/** A function that makes one layer, or a layer with its norm and activation. Equal styles are one function. */
export type LayerStyle =
  | {
      readonly kind: "weighted";
      readonly layer: WeightedLayer;
      readonly initial: KernelInitial;
      readonly tail: LayerTail;
    }
  | { readonly kind: "batchNorm"; readonly norm: LayerAttributes["batch_norm"] }
  | { readonly kind: "batchNormOfOptions"; readonly gamma: boolean; readonly beta: boolean }
  | { readonly kind: "activation"; readonly act: ActivationName }
  | { readonly kind: "plain"; readonly layer: PlainLayer };

/** A number that may differ between uses of one module, or be computed from options. */
export interface Slot {
  readonly value: number;
  readonly option?: OptionExpression;
  /** Set where the number is the channel count of a residual; `inside` once that residual is part of the same body. */
  readonly trunk?: "outside" | "inside";
}

/** A named argument; it may be left out where it is `usual`, which is what the function takes then. */
export type CallArgument = { readonly name: string; readonly usual?: string } & (
  | { readonly slot: Slot }
  | { readonly text: string }
);

export interface LayerCall {
  /** Path of the layer below that of its operator. */
  readonly name: string;
  readonly style: LayerStyle;
  readonly arguments: readonly CallArgument[];
  /** Whether the layer draws initial weights. */
  readonly needsSeed: boolean;
  /** Set where what comes out has not the size of the operator's output yet. */
  readonly isPartial?: true;
}

/** The calls that an operator becomes, in order; none for one that passes its input on. */
export function layerCallsOf(shaped: ShapedNode): readonly LayerCall[] {
  const { node } = shaped;
  if (node.kind !== "operator") return [];
  const definitions = operatorNamed(node.operator).attributes;
  const isTrunk = (attribute: string): boolean => definitions[attribute]?.derived === true;
  const layers = ownLayers(shaped);
  const [first, ...others] = layers;
  if (!first) return [];
  const weighted = WEIGHTED_LAYERS[first.kind];
  if (!weighted) return layers.flatMap((layer) => callsOf(layer, isTrunk));
  const tail = readTail(others);
  const zeros = zerosAround(first);
  const layer = zeros ? withoutPadding(first) : first;
  return [
    ...(zeros ? [zeroPadCall(first, zeros)] : []),
    {
      ...weightedCall(layer, weighted(layer), tail.norm, tail.act, isTrunk),
      ...(tail.rest[0]?.kind === "crop" ? { isPartial: true } : {}),
    },
    ...tail.rest.flatMap((one) => callsOf(one, isTrunk)),
  ];
}

/** The call of a layer, behind that of the zeros which it cannot put around its input by itself. */
function callsOf(layer: LayerTemplate, isTrunk: IsTrunk): readonly LayerCall[] {
  const zeros = zerosAround(layer);
  if (!zeros) return [callOf(layer, isTrunk)];
  const rest = { ...withoutPadding(layer), name: layer.name };
  return [zeroPadCall(layer, zeros), callOf(rest, isTrunk)];
}

function zeroPadCall({ name }: LayerTemplate, zeros: LayerAttributes["pad"]): LayerCall {
  return {
    name: joinPath(name, "pad"),
    style: { kind: "plain", layer: "zeroPad" },
    arguments: [paddingArgument(zeros)],
    needsSeed: false,
    isPartial: true,
  };
}

/** Which layer function a kind of layer with a kernel is. */
const WEIGHTED_LAYERS: Partial<
  Readonly<Record<LayerKind, (layer: LayerTemplate) => WeightedLayer>>
> = {
  conv: ({ attributes, options }) =>
    ("groups" in attributes && attributes.groups > 1) || options.groups ? "groupedConv" : "conv",
  depthwise_conv: ({ attributes }) =>
    "dilation" in attributes && Math.max(...attributes.dilation) > 1
      ? "dilatedDepthwiseConv"
      : "depthwiseConv",
  separable_conv: () => "separableConv",
  transposed_conv: () => "transposedConv",
  dense: () => "dense",
};

interface Tail {
  readonly norm: Norm | undefined;
  readonly act: LayerTemplateOf<"activation"> | undefined;
  /** What comes after both. */
  readonly rest: readonly LayerTemplate[];
}

/** Normalization and activation right after a layer with a kernel, which are written as one function with it. */
function readTail(layers: readonly LayerTemplate[]): Tail {
  const [first, second] = layers;
  const norm = first && normOf(first);
  const next = norm ? second : first;
  const act = next?.kind === "activation" && next.name === next.attributes.act ? next : undefined;
  return { norm, act, rest: layers.slice((norm ? 1 : 0) + (act ? 1 : 0)) };
}

/** The normalization of a tail; nothing for a layer that is none. */
function normOf(layer: LayerTemplate): Norm | undefined {
  if (layer.kind === "batch_norm" && layer.name === "batchnorm") {
    return { kind: "batch", ...layer.attributes };
  }
  if (layer.kind === "layer_norm" && layer.name === "layernorm") {
    return { kind: "layer", ...layer.attributes };
  }
  if (layer.kind === "group_norm" && layer.name === "groupnorm") {
    return { kind: "group", ...layer.attributes };
  }
  return undefined;
}

type IsTrunk = (attribute: string) => boolean;

function weightedCall(
  layer: LayerTemplate,
  style: WeightedLayer,
  norm: Tail["norm"],
  act: Tail["act"],
  isTrunk: IsTrunk,
): LayerCall {
  const slope = act?.attributes.act === "leaky_relu" ? [slotOf(act, "slope", "slope")] : [];
  const bias = layer.tensors.some(({ name }) => name === "bias");
  const initial = layer.tensors.find(isKernel)?.initial ?? "glorot-uniform";
  assert(initial !== "constant", "a kernel starts from a distribution");
  return {
    name: layer.name,
    style: {
      kind: "weighted",
      layer: style,
      initial,
      tail: { bias, norm: norm ?? null, act: act?.attributes.act ?? null },
    },
    arguments: [...weightedArguments(layer, style, isTrunk), ...slope],
    needsSeed: true,
  };
}

function weightedArguments(
  layer: LayerTemplate,
  style: WeightedLayer,
  isTrunk: IsTrunk,
): readonly CallArgument[] {
  switch (layer.kind) {
    case "conv":
      return [
        slotOf(layer, "filters", "filters", undefined, isTrunk("filters")),
        ...windowArguments("kernelSize", layer.attributes),
        size("dilationRate", layer.attributes.dilation, 1),
        ...(style === "groupedConv" ? [slotOf(layer, "groups", "groups")] : []),
      ];
    case "depthwise_conv":
      return [
        ...windowArguments("kernelSize", layer.attributes),
        ...(style === "dilatedDepthwiseConv"
          ? [size("dilationRate", layer.attributes.dilation)]
          : []),
        slotOf(layer, "mult", "depthMultiplier", 1),
      ];
    case "separable_conv":
      return [
        slotOf(layer, "filters", "filters"),
        ...windowArguments("kernelSize", layer.attributes),
        size("dilationRate", layer.attributes.dilation, 1),
        slotOf(layer, "mult", "depthMultiplier", 1),
      ];
    case "transposed_conv":
      return [
        slotOf(layer, "filters", "filters"),
        ...windowArguments("kernelSize", layer.attributes),
      ];
    case "dense":
      return [slotOf(layer, "units", "units")];
    default:
      return [];
  }
}

/** The call of a layer that is a function by itself. */
function callOf(layer: LayerTemplate, isTrunk: IsTrunk): LayerCall {
  const plain = (style: PlainLayer, ...args: readonly CallArgument[]): LayerCall => ({
    name: layer.name,
    style: { kind: "plain", layer: style },
    arguments: args,
    needsSeed: false,
  });
  switch (layer.kind) {
    case "conv":
    case "depthwise_conv":
    case "separable_conv":
    case "transposed_conv":
    case "dense": {
      const weighted = WEIGHTED_LAYERS[layer.kind];
      assert(weighted, "a layer with a kernel has a function");
      return weightedCall(layer, weighted(layer), undefined, undefined, isTrunk);
    }
    case "batch_norm": {
      const { name, attributes, options } = layer;
      const { gamma, beta } = attributes;
      if (Object.keys(options).length === 0) {
        const style = { kind: "batchNorm", norm: attributes } as const;
        return { name, style, arguments: [], needsSeed: false };
      }
      return {
        name,
        style: { kind: "batchNormOfOptions", gamma, beta },
        arguments: [slotOf(layer, "eps", "epsilon"), slotOf(layer, "momentum", "momentum")],
        needsSeed: false,
      };
    }
    case "activation": {
      const { act } = layer.attributes;
      return {
        name: layer.name,
        style: { kind: "activation", act },
        arguments: act === "leaky_relu" ? [slotOf(layer, "slope", "slope")] : [],
        needsSeed: false,
      };
    }
    case "max_pool":
      return typeof layer.attributes.pad === "string"
        ? plain("maxPool", ...windowArguments("poolSize", layer.attributes))
        : plain("paddedMaxPool", ...paddedPoolArguments(layer.attributes));
    case "avg_pool": {
      const { kernel, stride, countPad, pad } = layer.attributes;
      if (typeof pad !== "string") {
        return plain("paddedAvgPool", ...paddedPoolArguments(layer.attributes));
      }
      return countPad
        ? plain("avgPoolCountingPad", size("poolSize", kernel), size("strides", stride, 1))
        : plain("avgPool", ...windowArguments("poolSize", layer.attributes));
    }
    case "global_max_pool":
      return plain(layer.attributes.keepDims ? "maxPoolToOne" : "globalMaxPool");
    case "global_avg_pool":
      return plain(layer.attributes.keepDims ? "avgPoolToOne" : "globalAvgPool");
    case "dropout":
      return plain("dropout", slotOf(layer, "rate", "rate"));
    case "flatten":
      return plain("flatten");
    case "pad":
      return plain("zeroPad", paddingArgument(layer.attributes));
    case "crop":
      return plain("crop", { name: "cropping", text: fourSides(layer.attributes) });
    case "upsample": {
      const { interpolation } = layer.attributes;
      const isOfTfLayers = interpolation === "nearest" || interpolation === "bilinear";
      return plain(
        isOfTfLayers ? "upsample" : "upsampleBilinear",
        slotOf(layer, "factor", "factor"),
        { name: "interpolation", text: resizeRule(interpolation) },
      );
    }
    case "resize":
      return plain("resize", slotOf(layer, "height", "height"), slotOf(layer, "width", "width"), {
        name: "interpolation",
        text: resizeRule(layer.attributes.interpolation),
      });
    case "l2_norm":
      return plain("l2Normalize", slotOf(layer, "eps", "epsilon"));
    case "layer_norm":
      return plain("layerNorm", ...affineArguments(layer));
    case "group_norm":
      return plain("groupNorm", slotOf(layer, "groups", "groups"), ...affineArguments(layer));
    case "lrn":
      return plain(
        "localResponseNorm",
        ...["size", "alpha", "beta", "k"].map((name) => slotOf(layer, name, name)),
      );
    case "layer_scale":
      return plain("layerScale", slotOf(layer, "init", "init"));
    case "prelu":
      return plain("prelu", slotOf(layer, "init", "init"));
    case "shuffle":
      return plain("shuffleChannels", slotOf(layer, "groups", "groups"));
    case "input":
    case "concat":
    case "slice":
    case "add":
    case "multiply":
    case "rescale":
    case "drop_path":
    case "reshape":
    case "permute":
    case "output":
    case "copy":
      throw new InternalError(`no operator becomes the layer \`${layer.kind}\``);
    default:
      return unreachable(layer);
  }
}

function slotOf(
  { attributes, options }: Pick<LayerTemplate, "attributes" | "options">,
  attribute: string,
  name: string,
  usual?: number,
  isTrunk = false,
): CallArgument {
  const option = options[attribute];
  const value = Number(Reflect.get(attributes, attribute));
  const usually = usual === undefined ? {} : { usual: numberLiteral(usual) };
  if (isTrunk) return { name, slot: { value, trunk: "outside" }, ...usually };
  return { name, slot: { value, ...(option ? { option } : {}) }, ...usually };
}

/** Epsilon, and what a normalization lacks. */
function affineArguments(
  layer: LayerTemplateOf<"layer_norm" | "group_norm">,
): readonly CallArgument[] {
  const { gamma, beta } = layer.attributes;
  return [
    slotOf(layer, "eps", "epsilon"),
    { name: "scale", text: String(gamma), usual: "true" },
    { name: "center", text: String(beta), usual: "true" },
  ];
}

/** One number where all four sides are equal. */
function paddingArgument({ rows, columns }: LayerAttributes["pad"]): CallArgument {
  const [top, bottom] = rows;
  const [left, right] = columns;
  if (top === bottom && left === right) return size("padding", [top, left]);
  return { name: "padding", text: fourSides({ rows, columns }) };
}

function fourSides({ rows, columns }: LayerAttributes["pad"]): string {
  return `[[${rows.join(", ")}], [${columns.join(", ")}]]`;
}

function paddedPoolArguments({
  kernel,
  stride,
  pad,
}: LayerAttributes["max_pool"]): readonly CallArgument[] {
  assert(typeof pad !== "string", "padding by a rule is that of tf.layers");
  return [
    size("poolSize", kernel),
    size("strides", stride, 1),
    { name: "padding", text: `[${pad.map(numberLiteral).join(", ")}]` },
  ];
}

function windowArguments(
  kernelName: string,
  { kernel, stride, pad }: LayerAttributes["max_pool"],
): readonly CallArgument[] {
  assert(typeof pad === "string", "tf.layers knows padding by a rule alone");
  return [
    size(kernelName, kernel),
    size("strides", stride, 1),
    { name: "padding", text: stringLiteral(pad), usual: stringLiteral("same") },
  ];
}

/** One number where both sides are equal. */
function size(name: string, [rows, columns]: Pair, usual?: number): CallArgument {
  const common = { name, ...(usual === undefined ? {} : { usual: numberLiteral(usual) }) };
  return rows === columns
    ? { ...common, slot: { value: rows } }
    : { ...common, text: `[${numberLiteral(rows)}, ${numberLiteral(columns)}]` };
}
