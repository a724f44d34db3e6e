/**
 * Chooses the layer function for an operator, and the arguments of the call.
 *
 * The functions themselves, and with them every use of `tf.layers`, are in layer-functions.ts.
 */
import { assert } from "../../core/assert.ts";
import type { OperatorNode } from "../../ir/architecture.ts";
import {
  ACTIVATIONS,
  type ActivationName,
  type BatchNorm,
  type PaddingName,
  type SizeValue,
} from "../../ir/attributes.ts";
import type { OptionExpression } from "../../ir/option-expression.ts";
import type { TailAttributes } from "../../ops/layer-tail.ts";
import { isUseOf } from "../../ops/operator.ts";
import { type OperatorName, operators } from "../../ops/registry.ts";
import { pair } from "../../ops/window.ts";
import { numberLiteral, stringLiteral } from "./literals.ts";

/** What follows the products of a layer. */
export interface LayerTail {
  readonly bias: boolean;
  readonly norm: BatchNorm | null;
  readonly act: ActivationName | null;
}

export type WeightedLayer =
  | "conv"
  | "groupedConv"
  | "depthwiseConv"
  | "dilatedDepthwiseConv"
  | "separableConv"
  | "dense";

export const PLAIN_LAYERS = [
  "maxPool",
  "avgPool",
  "avgPoolCountingPad",
  "globalMaxPool",
  "globalAvgPool",
  "maxPoolToOne",
  "avgPoolToOne",
  "dropout",
  "flatten",
  "zeroPad",
  "upsample",
  "l2Normalize",
] as const;

export type PlainLayer = (typeof PLAIN_LAYERS)[number];

/** Layers that join several tensors, and those that residuals, gates, copies and outputs need. */
export const JOIN_STYLES = ["concat", "add", "multiply", "rescale", "copy", "output"] as const;

export type JoinStyle = (typeof JOIN_STYLES)[number];

/** A function that makes one layer, or a layer with its norm and activation. Equal styles are one function. */
export type LayerStyle =
  | { readonly kind: "weighted"; readonly layer: WeightedLayer; readonly tail: LayerTail }
  | { readonly kind: "batchNorm"; readonly norm: BatchNorm }
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
  readonly style: LayerStyle;
  readonly arguments: readonly CallArgument[];
  /** Whether the layer draws initial weights. */
  readonly needsSeed: boolean;
}

/** Nothing for an operator that passes its input on. */
export function layerCallOf(node: OperatorNode): LayerCall | undefined {
  const slot = (attribute: string, name: string, usual?: number): CallArgument => {
    const option = node.options[attribute];
    const value = Number(node.attributes[attribute]);
    return {
      name,
      slot: { value, ...(option ? { option } : {}) },
      ...(usual === undefined ? {} : { usual: numberLiteral(usual) }),
    };
  };
  const plain = (layer: PlainLayer, ...args: readonly CallArgument[]): LayerCall => ({
    style: { kind: "plain", layer },
    arguments: args,
    needsSeed: false,
  });
  const weighted = (
    layer: WeightedLayer,
    tail: TailAttributes,
    ...args: readonly CallArgument[]
  ): LayerCall => ({
    style: {
      kind: "weighted",
      layer,
      tail: { bias: tail.bias, norm: tail.norm, act: tail.act },
    },
    arguments: tail.act === "leaky_relu" ? [...args, slot("slope", "slope")] : args,
    needsSeed: true,
  });

  if (isUseOf(node, operators.conv)) {
    const { kernel, stride, pad, dilation, groups } = node.attributes;
    const isGrouped = groups > 1 || node.options.groups !== undefined;
    return weighted(
      isGrouped ? "groupedConv" : "conv",
      node.attributes,
      slot("filters", "filters"),
      ...windowArguments("kernelSize", kernel, stride, pad),
      size("dilationRate", dilation, 1),
      ...(isGrouped ? [slot("groups", "groups")] : []),
    );
  }
  if (isUseOf(node, operators.project)) {
    return weighted(
      "conv",
      node.attributes,
      { name: "filters", slot: { value: node.attributes.filters, trunk: "outside" } },
      { name: "kernelSize", slot: { value: 1 } },
    );
  }
  if (isUseOf(node, operators.dwconv)) {
    const { kernel, stride, pad, dilation } = node.attributes;
    const isDilated = Math.max(...dilation) > 1;
    return weighted(
      isDilated ? "dilatedDepthwiseConv" : "depthwiseConv",
      node.attributes,
      ...windowArguments("kernelSize", kernel, stride, pad),
      ...(isDilated ? [size("dilationRate", dilation)] : []),
      slot("mult", "depthMultiplier", 1),
    );
  }
  if (isUseOf(node, operators.sepconv)) {
    const { kernel, stride, pad, dilation } = node.attributes;
    return weighted(
      "separableConv",
      node.attributes,
      slot("filters", "filters"),
      ...windowArguments("kernelSize", kernel, stride, pad),
      size("dilationRate", dilation, 1),
      slot("mult", "depthMultiplier", 1),
    );
  }
  if (isUseOf(node, operators.dense)) {
    return weighted("dense", node.attributes, slot("units", "units"));
  }
  if (isUseOf(node, operators.maxpool)) {
    const { kernel, stride, pad } = node.attributes;
    return kernel === null
      ? plain("maxPoolToOne")
      : plain("maxPool", ...windowArguments("poolSize", kernel, stride, pad));
  }
  if (isUseOf(node, operators.avgpool)) {
    const { kernel, stride, pad, count_pad } = node.attributes;
    if (kernel === null) return plain("avgPoolToOne");
    const countsPad = count_pad && pad === "same";
    return countsPad
      ? plain("avgPoolCountingPad", size("poolSize", kernel), size("strides", stride, 1))
      : plain("avgPool", ...windowArguments("poolSize", kernel, stride, pad));
  }
  if (isUseOf(node, operators.batchnorm)) {
    const { eps, momentum, gamma, beta } = node.attributes;
    if (Object.keys(node.options).length === 0) {
      return {
        style: { kind: "batchNorm", norm: { eps, momentum, gamma, beta } },
        arguments: [],
        needsSeed: false,
      };
    }
    return {
      style: { kind: "batchNormOfOptions", gamma, beta },
      arguments: [slot("eps", "epsilon"), slot("momentum", "momentum")],
      needsSeed: false,
    };
  }
  if (isUseOf(node, operators.dropout)) return plain("dropout", slot("rate", "rate"));
  if (isUseOf(node, operators.pad)) return plain("zeroPad", size("padding", node.attributes.size));
  if (isUseOf(node, operators.upsample)) {
    const { interpolation } = node.attributes;
    return plain("upsample", slot("factor", "factor"), {
      name: "interpolation",
      text: stringLiteral(interpolation),
    });
  }
  if (isUseOf(node, operators.l2norm)) return plain("l2Normalize", slot("eps", "epsilon"));
  return simpleCallOf(node.operator as SimpleOperator, plain, slot);
}

/** Operators that were not told apart by their attributes above. */
type SimpleOperator =
  | Extract<OperatorName, ActivationName>
  | "globalavgpool"
  | "globalmaxpool"
  | "flatten"
  | "identity";

function simpleCallOf(
  operator: SimpleOperator,
  plain: (layer: PlainLayer) => LayerCall,
  slot: (attribute: string, name: string) => CallArgument,
): LayerCall | undefined {
  switch (operator) {
    case "globalavgpool":
      return plain("globalAvgPool");
    case "globalmaxpool":
      return plain("globalMaxPool");
    case "flatten":
      return plain("flatten");
    case "identity":
      return undefined;
    default:
      assert(ACTIVATIONS.includes(operator), `\`${operator}\` has a layer function`);
      return {
        style: { kind: "activation", act: operator },
        arguments: operator === "leaky_relu" ? [slot("slope", "slope")] : [],
        needsSeed: false,
      };
  }
}

function windowArguments(
  kernelName: string,
  kernel: SizeValue,
  stride: SizeValue,
  padding: PaddingName,
): readonly CallArgument[] {
  return [
    size(kernelName, kernel),
    size("strides", stride, 1),
    { name: "padding", text: stringLiteral(padding), usual: stringLiteral("same") },
  ];
}

/** One number where both sides are equal. */
function size(name: string, value: SizeValue, usual?: number): CallArgument {
  const [rows, columns] = pair(value);
  const common = { name, ...(usual === undefined ? {} : { usual: numberLiteral(usual) }) };
  return rows === columns
    ? { ...common, slot: { value: rows } }
    : { ...common, text: `[${numberLiteral(rows)}, ${numberLiteral(columns)}]` };
}
