/** Owns the form of an operator: the one record that says everything the compiler knows of it. */
import type { ParametersOf } from "../diagnostics/catalogue.ts";
import type { Attributes, AttributeValue } from "../ir/attributes.ts";
import type { Shape } from "../ir/dimension.ts";
import type { Primitives } from "./primitives.ts";

/** The type, meaning and range of one attribute. Ranges are inclusive. */
export interface AttributeDefinition {
  readonly type: "int" | "float" | "bool" | "size" | "pad" | "act" | "norm" | "choice";
  /** One sentence, shown in help, hover and the operator pages. */
  readonly doc: string;
  /**
   * Used when neither the operator nor any `defaults` says otherwise; absent means it must be given. A function sees
   * the attributes declared before this one. For `norm` and `act`, `null` is none and `"batch"` stands for the
   * `batchnorm` defaults in force.
   */
  readonly default?: AttributeValue | ((given: Attributes) => AttributeValue);
  readonly min?: number;
  readonly max?: number;
  /** Excludes `max` itself (`0 <= dropout < 1`). */
  readonly maxExclusive?: boolean;
  /** The words of a `choice`. */
  readonly choices?: readonly string[];
  /** Whether `width` edits multiply it. */
  readonly scalesWithWidth?: boolean;
}

/** One tensor that the operator owns; `layer` names the sub-layer, empty for the operator's own. */
export interface WeightDefinition {
  readonly layer: "" | "batchnorm";
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
}

/** Codes that a shape rule may report: those of the shape family. */
export type ShapeCode =
  | "shape/needs-feature-map"
  | "shape/needs-vector"
  | "shape/window-too-large"
  | "shape/zero-output"
  | "shape/groups-do-not-divide";

export type ReportShape = <Code extends ShapeCode>(
  code: Code,
  parameters: ParametersOf<Code>,
  attribute?: string,
) => void;

/** How far one output cell sees: window, step and distance between samples, height then width. */
export interface Window {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Zeros or nothing before the first row and column (TensorFlow's rule). */
  readonly padBefore: readonly [number, number];
}

/** The attributes of an operator after evaluation, as its own type `A`. */
export interface OperatorDefinition<A> {
  readonly name: string;
  readonly family:
    | "convolution"
    | "dense"
    | "pooling"
    | "normalization"
    | "activation"
    | "shape"
    | "regularization";
  readonly doc: string;
  /** Attributes given by position, in order. */
  readonly operands: readonly (keyof A & string)[];
  readonly attributes: { readonly [Name in keyof A & string]: AttributeDefinition };
  /** Words that stand for `attribute=value`. */
  readonly flags: Readonly<
    Record<string, { readonly attribute: keyof A & string; readonly value: AttributeValue }>
  >;
  /**
   * The shape after the operator. Problems go to `report`; the result then is the most useful guess, with unknown
   * dimensions where there is none, so that one root cause makes one message.
   */
  readonly inferShape: (attributes: A, input: Shape, report: ReportShape) => Shape;
  /** Tensors for an input whose channels are known. */
  readonly weights: (attributes: A, input: Shape) => readonly WeightDefinition[];
  /** Exact operation counts for known shapes; `undefined` when the operator has no cost rule. */
  readonly measure: (attributes: A, input: Shape, output: Shape) => Partial<Primitives>;
  readonly window?: (attributes: A, input: Shape) => Window;
}

/** Declares an operator; the type argument ties rules and attributes together. */
export function defineOperator<A>(definition: OperatorDefinition<A>): OperatorDefinition<A> {
  return definition;
}
