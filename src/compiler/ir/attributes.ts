/** The values of operator attributes after every expression is evaluated. */

export const ACTIVATIONS = [
  "relu",
  "relu6",
  "elu",
  "leaky_relu",
  "silu",
  "gelu",
  "sigmoid",
  "tanh",
  "hard_sigmoid",
  "hard_swish",
  "softmax",
] as const;

/** An activation function; `leaky_relu` takes its slope from the operator's `slope`. */
export type ActivationName = (typeof ACTIVATIONS)[number];

/** How a feature map is resampled: the places that each reads are in the record of `upsample`. */
export const INTERPOLATIONS = [
  "nearest",
  "bilinear",
  "bilinear_half_pixel",
  "bilinear_align_corners",
] as const;

export type Interpolation = (typeof INTERPOLATIONS)[number];

export type PaddingName = "same" | "valid";

/** Rows added above and below, and columns left and right; at least one is not 0. */
export type PaddingSides = readonly [top: number, bottom: number, left: number, right: number];

/** How a window goes over the edges of a feature map. */
export type Padding = PaddingName | PaddingSides;

/** Batch normalization, per channel: (x − mean) / sqrt(variance + eps) · gamma + beta. */
export interface BatchNorm {
  readonly kind: "batch";
  readonly eps: number;
  /** Share of the old running statistics that one step keeps (Keras' `momentum`, slim's `decay`). */
  readonly momentum: number;
  /** Whether there is a trainable scale; the published TensorFlow Inceptions have none. */
  readonly gamma: boolean;
  /** Whether there is a trainable offset. */
  readonly beta: boolean;
}

/** Layer normalization: as batch normalization, with mean and variance over the channels of each position. */
export interface LayerNorm {
  readonly kind: "layer";
  readonly eps: number;
  readonly gamma: boolean;
  readonly beta: boolean;
}

/** Group normalization: as batch normalization, with mean and variance over all positions of each of `groups` equal groups of channels. */
export interface GroupNorm {
  readonly kind: "group";
  readonly groups: number;
  readonly eps: number;
  readonly gamma: boolean;
  readonly beta: boolean;
}

/** The normalization after a layer. */
export type Norm = BatchNorm | LayerNorm | GroupNorm;

/** Height × width, or height × width × channels. */
export type SizeValue = readonly number[];

export type AttributeValue = number | boolean | string | SizeValue | Norm | null;

export type Attributes = Readonly<Record<string, AttributeValue>>;
