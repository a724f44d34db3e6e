/** Generates layer functions for convolutions and dense layers, each with its bias, norm and activation. */
import { unreachable } from "../../core/assert.ts";
import type { Norm } from "../../ir/attributes.ts";
import type { LayerAttributes } from "../../ir/layer-graph.ts";
import type { FunctionCode, InterfaceCode } from "./code.ts";
import type { CustomLayer } from "./custom-layers.ts";
import { capitalized } from "./identifiers.ts";
import type { KernelInitial, LayerStyle, LayerTail, WeightedLayer } from "./layer-call.ts";
import { APPLY_LAYER, applyLayer, layerFunction, TENSOR } from "./layer-code.ts";
import type { LayerFunctions } from "./layer-functions.ts";
import { indent } from "./layout.ts";
import { numberLiteral } from "./literals.ts";

/** `convBnRelu`, `dense`, `convNoBias`. */
export function weightedFunctionName(layer: WeightedLayer, { bias, norm, act }: LayerTail): string {
  const normed = norm
    ? `${bias ? "Bias" : ""}${NORM_WORDS[norm.kind].short}`
    : bias
      ? ""
      : "NoBias";
  return layer + normed + (act ? capitalized(act) : "");
}

const NORM_WORDS: Readonly<Record<Norm["kind"], { readonly short: string; readonly doc: string }>> =
  {
    batch: { short: "Bn", doc: "batch normalization" },
    layer: { short: "Ln", doc: "layer normalization" },
    group: { short: "Gn", doc: "group normalization" },
  };

export function weightedCode(
  name: string,
  { layer, initial, tail }: Extract<LayerStyle, { kind: "weighted" }>,
  layers: LayerFunctions,
): FunctionCode {
  const { maker, custom, initializers, doc } = LAYERS[layer];
  const constructorName = custom ? `new ${layers.customFor(custom)}` : `tf.layers.${maker}`;
  const seed = `${layers.supportFor("layerSeed")}(seed, name)`;
  const initializer = `tf.initializers.${INITIALIZERS[initial]}({ seed: ${seed} })`;
  const hasSlope = tail.act === "leaky_relu";
  const type = layers.argumentsFor(layer);
  const after = afterLayer(tail, layers);
  const body = [
    `const layer = ${constructorName}({`,
    ...indent([
      ...(layer === "dense" ? [] : ['padding: "same",']),
      "...args,",
      `useBias: ${tail.bias},`,
      ...initializers.map((property) => `${property}: ${initializer},`),
      "name,",
    ]),
    "});",
    ...(after === "y"
      ? [APPLY_LAYER]
      : [`const y = layer.apply(x) as ${TENSOR};`, `return ${after};`]),
  ];
  return layerFunction(name, `${doc}${describeTail(tail)}.`, body, {
    name: hasSlope ? "{ seed, slope, ...args }" : "{ seed, ...args }",
    type: hasSlope ? `${type} & { slope: number }` : type,
  });
}

const INITIALIZERS: Readonly<Record<KernelInitial, string>> = {
  "he-uniform": "heUniform",
  "glorot-uniform": "glorotUniform",
  zeros: "zeros",
  ones: "ones",
};

function afterLayer({ norm, act }: LayerTail, layers: LayerFunctions): string {
  const normed = norm ? applyNorm(norm, layers) : "y";
  if (!act) return normed;
  const slope = act === "leaky_relu" ? ", { slope }" : "";
  return `${layers.functionFor({ kind: "activation", act })}(${normed}, \`\${name}.${act}\`${slope})`;
}

function applyNorm(norm: Norm, layers: LayerFunctions): string {
  switch (norm.kind) {
    case "batch": {
      const { kind, ...numbers } = norm;
      const batchNorm = layers.functionFor({ kind: "batchNorm", norm: numbers });
      return `${batchNorm}(y, \`\${name}.batchnorm\`)`;
    }
    case "layer": {
      const layerNorm = layers.functionFor({ kind: "plain", layer: "layerNorm" });
      return `${layerNorm}(y, \`\${name}.layernorm\`, { ${affineText(norm)} })`;
    }
    case "group": {
      const groupNorm = layers.functionFor({ kind: "plain", layer: "groupNorm" });
      const groups = `groups: ${numberLiteral(norm.groups)}, `;
      return `${groupNorm}(y, \`\${name}.groupnorm\`, { ${groups}${affineText(norm)} })`;
    }
    default:
      return unreachable(norm);
  }
}

function affineText({ eps, gamma, beta }: LayerAttributes["layer_norm"]): string {
  const without = `${gamma ? "" : ", scale: false"}${beta ? "" : ", center: false"}`;
  return `epsilon: ${numberLiteral(eps)}${without}`;
}

function describeTail({ bias, norm, act }: LayerTail): string {
  const after = [...(norm ? [NORM_WORDS[norm.kind].doc] : []), ...(act ? [act] : [])];
  return `${bias ? " with bias" : ""}${after.map((one) => `, then ${one}`).join("")}`;
}

/** All numbers are stated, so that nothing depends on the defaults of `tf.layers`. */
export function batchNormCode(name: string, norm: LayerAttributes["batch_norm"]): FunctionCode {
  const { eps, momentum, gamma, beta } = norm;
  const without = [...(gamma ? [] : ["gamma"]), ...(beta ? [] : ["beta"])].join(" and ");
  return layerFunction(
    name,
    `Batch normalization of each channel${without === "" ? "" : `, without ${without}`}.`,
    applyLayer(
      "batchNormalization",
      `epsilon: ${numberLiteral(eps)}`,
      `momentum: ${numberLiteral(momentum)}`,
      `center: ${beta}`,
      `scale: ${gamma}`,
      "name",
    ),
  );
}

/** Batch normalization whose numbers are computed from options. */
export function batchNormOfOptionsCode(name: string, gamma: boolean, beta: boolean): FunctionCode {
  return layerFunction(
    name,
    "Batch normalization of each channel.",
    applyLayer("batchNormalization", "...args", `center: ${beta}`, `scale: ${gamma}`, "name"),
    { name: "args", type: "{ epsilon: number; momentum: number }" },
  );
}

export type ArgumentsOwner = Exclude<WeightedLayer, "dense"> | "pool";

/** The type of the arguments of a layer with a window. */
export function argumentsCode(name: string, owner: ArgumentsOwner): InterfaceCode {
  return {
    kind: "interface",
    name,
    doc: "Arguments of a layer; stride 1 and `same` padding by default.",
    isExported: false,
    properties: ARGUMENTS[owner].map((property) => ({ ...property, isReadonly: true })),
  };
}

const needed = (name: string, type: string) => ({ name, type, isOptional: false });
const optional = (name: string, type: string) => ({ name, type, isOptional: true });

const SIZE = "number | [number, number]";
const SEED = needed("seed", "number");
const KERNEL = needed("kernelSize", SIZE);
const WINDOW = [optional("strides", SIZE), optional("padding", '"same" | "valid"')] as const;
const CONV = [needed("filters", "number"), KERNEL, ...WINDOW] as const;
const DILATION = optional("dilationRate", SIZE);
const MULTIPLIER = optional("depthMultiplier", "number");

const ARGUMENTS: Readonly<
  Record<
    ArgumentsOwner,
    readonly { readonly name: string; readonly type: string; readonly isOptional: boolean }[]
  >
> = {
  conv: [...CONV, DILATION, SEED],
  groupedConv: [...CONV, DILATION, needed("groups", "number"), SEED],
  depthwiseConv: [KERNEL, ...WINDOW, MULTIPLIER, SEED],
  dilatedDepthwiseConv: [KERNEL, ...WINDOW, needed("dilationRate", SIZE), MULTIPLIER, SEED],
  separableConv: [...CONV, DILATION, MULTIPLIER, SEED],
  transposedConv: [...CONV, SEED],
  pool: [needed("poolSize", SIZE), ...WINDOW],
};

interface LayerText {
  /** The function of `tf.layers`, unless a class of the generated file makes the layer. */
  readonly maker?: string;
  readonly custom?: CustomLayer;
  readonly initializers: readonly string[];
  readonly doc: string;
}

const LAYERS: Readonly<Record<WeightedLayer, LayerText>> = {
  conv: { maker: "conv2d", initializers: ["kernelInitializer"], doc: "A convolution" },
  groupedConv: {
    custom: "GroupedConv2D",
    initializers: ["kernelInitializer"],
    doc: "A grouped convolution",
  },
  depthwiseConv: {
    maker: "depthwiseConv2d",
    initializers: ["depthwiseInitializer"],
    doc: "A depthwise convolution",
  },
  dilatedDepthwiseConv: {
    custom: "DilatedDepthwiseConv2D",
    initializers: ["depthwiseInitializer"],
    doc: "A dilated depthwise convolution",
  },
  separableConv: {
    maker: "separableConv2d",
    initializers: ["depthwiseInitializer", "pointwiseInitializer"],
    doc: "A depthwise convolution and a 1x1 convolution",
  },
  transposedConv: {
    maker: "conv2dTranspose",
    initializers: ["kernelInitializer"],
    doc: "A transposed convolution",
  },
  dense: { maker: "dense", initializers: ["kernelInitializer"], doc: "A fully connected layer" },
};
