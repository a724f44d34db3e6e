/**
 * The layer graph: a checked network as a flat list of layers that read one another, in topological order. Targets, peak
 * memory, receptive fields and the comparison of weights start from it; reports and readable code keep the block tree.
 */
import type { Span } from "../core/span.ts";
import type { ActivationName, Interpolation, Padding } from "./attributes.ts";
import type { Shape } from "./dimension.ts";
import type { OptionExpression } from "./option-expression.ts";

/** Height, then width. */
export type Pair = readonly [number, number];

interface WindowAttributes {
  readonly kernel: Pair;
  readonly stride: Pair;
  /** Zeros around what a convolution or a mean reads; what is beyond the edge never is a maximum. */
  readonly pad: Padding;
}

interface ConvAttributes extends WindowAttributes {
  readonly dilation: Pair;
  readonly bias: boolean;
}

interface AffineAttributes {
  readonly eps: number;
  readonly gamma: boolean;
  readonly beta: boolean;
}

type Nothing = Readonly<Record<never, never>>;

/**
 * The attributes of each kind of layer. None depends on the size of the picture, so that one description of a layer serves
 * every place and every picture.
 */
export interface LayerAttributes {
  /** The picture. */
  readonly input: Nothing;
  readonly conv: ConvAttributes & { readonly filters: number; readonly groups: number };
  readonly depthwise_conv: ConvAttributes & { readonly mult: number };
  /** A depthwise and a 1x1 convolution with nothing between them; one layer in Keras and tf.layers. */
  readonly separable_conv: ConvAttributes & { readonly filters: number; readonly mult: number };
  /** Spreads each cell over a window of the output; windows are those of a convolution that goes the other way. */
  readonly transposed_conv: WindowAttributes & { readonly filters: number; readonly bias: boolean };
  readonly dense: { readonly units: number; readonly bias: boolean };
  readonly batch_norm: AffineAttributes & { readonly momentum: number };
  /** Over the channels of each position. */
  readonly layer_norm: AffineAttributes;
  /** Over all positions of each of `groups` equal groups of channels. */
  readonly group_norm: AffineAttributes & { readonly groups: number };
  readonly l2_norm: { readonly eps: number };
  /** x / (k + alpha / size · the sum of squares of the `size` channels around x)^beta; beyond the channels are zeros. */
  readonly lrn: {
    readonly size: number;
    readonly alpha: number;
    readonly beta: number;
    readonly k: number;
  };
  /** `slope` is that of `leaky_relu`, and 0 elsewhere. */
  readonly activation: { readonly act: ActivationName; readonly slope: number };
  /** x above 0, alpha · x below, with an alpha for each channel; `init` is what alpha starts from. */
  readonly prelu: { readonly init: number };
  /** Each channel times its gamma; `init` is what gamma starts from. */
  readonly layer_scale: { readonly init: number };
  readonly max_pool: WindowAttributes;
  /** `countPad`: the zeros of the padding count in the mean. */
  readonly avg_pool: WindowAttributes & { readonly countPad: boolean };
  /** `keepDims`: gives 1×1×C and not C. */
  readonly global_max_pool: { readonly keepDims: boolean };
  readonly global_avg_pool: { readonly keepDims: boolean };
  /** Joins along the channels, in the order of the inputs. */
  readonly concat: Nothing;
  /** The channels of share `part` of `parts` equal ones, counted from 0. */
  readonly slice: { readonly part: number; readonly parts: number };
  /** Adds all inputs element by element. */
  readonly add: Nothing;
  /** Multiplies all inputs element by element; a side of 1, or a vector of channels, is repeated. */
  readonly multiply: Nothing;
  /** scale · x + offset. */
  readonly rescale: { readonly scale: number; readonly offset: number };
  /** Zeros, in rows above and below, and in columns left and right. */
  readonly pad: { readonly rows: Pair; readonly columns: Pair };
  /** Leaves out rows above and below, and columns left and right. */
  readonly crop: { readonly rows: Pair; readonly columns: Pair };
  readonly flatten: Nothing;
  /** The same numbers in the layer's own shape; only targets make it. */
  readonly reshape: Nothing;
  /** Axis i of the output is axis `axes[i]` of the input, both counted from 0 without the batch; only targets make it. */
  readonly permute: { readonly axes: readonly number[] };
  readonly upsample: { readonly factor: number; readonly interpolation: Interpolation };
  /** Resampled to this many rows and columns, whatever comes in. */
  readonly resize: {
    readonly height: number;
    readonly width: number;
    readonly interpolation: Interpolation;
  };
  readonly dropout: { readonly rate: number };
  /** In training, sets whole samples to zero with this probability, and multiplies the others by 1 / (1 - rate). */
  readonly drop_path: { readonly rate: number };
  /** Deals the channels of `groups` equal groups out in turn: channel i of group g becomes channel i · groups + g. */
  readonly shuffle: { readonly groups: number };
  /** Hands its input on as a further output of the network, whose name is the layer's. */
  readonly output: Nothing;
  /** Hands its input on as a tensor of its own, for targets in which no layer may read one tensor twice. */
  readonly copy: Nothing;
}

export type LayerKind = keyof LayerAttributes;

/** What an axis of a weight counts. */
export type AxisRole =
  | "kernel-height"
  | "kernel-width"
  /** The channels that come in. */
  | "in"
  /** The channels of one group of those that come in. */
  | "in-of-group"
  /** Kernels for each channel of a depthwise convolution. */
  | "multiplier"
  /** What comes in, times the multiplier. */
  | "in-times-multiplier"
  /** The channels that go out. */
  | "out"
  /** One, which stands for all places. */
  | "shared";

/** The distribution or constant that a weight starts from; `constant` is the attribute `init` of its layer. */
export type InitialValue = "he-uniform" | "glorot-uniform" | "zeros" | "ones" | "constant";

/** A weight of a layer, trainable or not. */
export interface LayerTensor {
  /** The name that Keras and tf.layers give it within its layer. */
  readonly name: string;
  readonly shape: readonly number[];
  /** One role for each axis of `shape`. */
  readonly axes: readonly AxisRole[];
  readonly trainable: boolean;
  readonly initial: InitialValue;
}

interface LayerBody<Kind extends LayerKind> {
  readonly kind: Kind;
  readonly attributes: LayerAttributes[Kind];
  /** Of the output, without the batch. */
  readonly shape: Shape;
  /** In Keras' order: trainable first. */
  readonly tensors: readonly LayerTensor[];
  /** Attributes that network parameters decide at run time. */
  readonly options: Readonly<Record<string, OptionExpression>>;
}

interface LayerPlace {
  /** Index in the graph's order. */
  readonly id: number;
  /** Unique dotted path: the layer's name in generated code and checkpoints. */
  readonly path: string;
  /** Ids of the layers that it reads, in the order of its operands. */
  readonly inputs: readonly number[];
  /** Path of the operator or combinator that it is part of. */
  readonly block: string;
  readonly span: Span;
}

export type LayerOf<Kind extends LayerKind> = LayerPlace & LayerBody<Kind>;

/** A layer in its place; `kind` tells its attributes. */
export type Layer = { readonly [Kind in LayerKind]: LayerOf<Kind> }[LayerKind];

interface TemplatePlace {
  /** Path below that of the operator or combinator; empty for one that has its path. */
  readonly name: string;
  /** Indexes of templates in the same list; -1 is the first tensor that comes in from outside, -2 the second. */
  readonly inputs: readonly number[];
}

export type LayerTemplateOf<Kind extends LayerKind> = TemplatePlace & LayerBody<Kind>;

/** A layer of an operator or combinator wherever that is used: its name and inputs are relative. */
export type LayerTemplate = {
  readonly [Kind in LayerKind]: LayerTemplateOf<Kind>;
}[LayerKind];

export interface LayerGraph {
  readonly layers: readonly Layer[];
  /** Id of the layer that gives the network's own output, then those of auxiliary outputs. */
  readonly outputs: readonly number[];
}

/** The path of the layer that the picture comes in by. */
export const INPUT_PATH = "input";

/** Whether a layer hands its input on at inference; dropout and stochastic depth act in training alone. */
export function passesInputOn({ kind }: Pick<Layer, "kind">): boolean {
  return kind === "copy" || kind === "drop_path" || kind === "dropout" || kind === "output";
}

/** Whether a layer has a kernel that it multiplies its input with. */
export function isKernel({ name }: Pick<LayerTensor, "name">): boolean {
  return name.endsWith("kernel");
}

/** Number of values in a tensor of this shape. */
export function tensorSize({ shape }: Pick<LayerTensor, "shape">): number {
  return shape.reduce((size, side) => size * side, 1);
}

/** Puts a template together; the parameter ties attributes to kind, which TypeScript does not see through the union. */
export function layerTemplate<Kind extends LayerKind>(
  kind: Kind,
  {
    name = "",
    tensors = [],
    options = NO_OPTIONS,
    ...own
  }: Pick<LayerTemplateOf<Kind>, "attributes" | "inputs" | "shape"> &
    Partial<LayerTemplateOf<Kind>>,
): LayerTemplate {
  return { kind, name, tensors, options, ...own } as LayerTemplate;
}

const NO_OPTIONS: Readonly<Record<string, OptionExpression>> = {};
