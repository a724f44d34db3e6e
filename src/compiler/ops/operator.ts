/** The record that describes an operator: attributes, shape rule, weights, operation counts, receptive field. */
import type { ParametersOf } from "../diagnostics/catalogue.ts";
import type { OperatorNode } from "../ir/architecture.ts";
import type { Attributes, AttributeValue, Norm } from "../ir/attributes.ts";
import type { Shape } from "../ir/dimension.ts";
import type { LayerBuilder } from "./layer-builder.ts";
import type { Primitives } from "./primitives.ts";

/** The type, meaning and range of a value that an author writes. Ranges are inclusive and hold for each side of a size. */
export interface ValueDefinition {
  readonly type: "int" | "float" | "bool" | "size" | "pad" | "act" | "norm" | "choice";
  /** One sentence, shown in help, hover and the operator pages. */
  readonly doc: string;
  /** What Keras and PyTorch call it, where that is far from its name; case and underscores are free. */
  readonly alsoCalled?: readonly string[];
  /** Names elsewhere of something that is often, but not always, the same: offered, and never written without asking. */
  readonly resembles?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** Excludes `max` itself (`0 <= dropout < 1`). */
  readonly maxExclusive?: boolean;
  /** The words of a `choice`. */
  readonly choices?: readonly string[];
}

/** One attribute of an operator. */
export interface AttributeDefinition extends ValueDefinition {
  /**
   * Used when neither the operator nor any `defaults` says otherwise; absent means it must be given. A function sees
   * the attributes declared before this one, and gives `undefined` where the attribute must be given after all. For
   * `norm` and `act`, `null` is none; `"batch"`, `"layer"` and `"group"` stand for the defaults of `batchnorm`, `layernorm`
   * and `groupnorm` in force.
   */
  readonly default?: AttributeValue | ((given: Attributes) => AttributeValue | undefined);
  /** Whether `width` edits multiply it. */
  readonly scalesWithWidth?: boolean;
  /** Set by the compiler to the channels of the surrounding residual's trunk; an author cannot write it. */
  readonly derived?: boolean;
  /** An attribute that cannot be given beside this one. */
  readonly excludes?: string;
  /** What another value means for those who compare two networks. */
  readonly change: AttributeChange;
  /** Whether the attribute has an effect beside the others of the same operator. Default: always. */
  readonly appliesWhen?: (attributes: Attributes) => boolean;
  /** What a comparison shows for it, where that is not its value. */
  readonly show?: (attributes: Attributes) => AttributeValue;
}

/**
 * What a changed attribute means, from weights that no longer fit (`filters`, `kernel`, `groups`, `multiplier`, `bias`,
 * `norm`, `gamma`, `beta`, and `affine` for both in other normalizations) to what only trains otherwise (`momentum`, `dropout`) or changes nothing by itself (`none`).
 * `numerics` is any other change of what is computed.
 */
export type AttributeChange =
  | "filters"
  | "kernel"
  | "groups"
  | "multiplier"
  | "bias"
  | "norm"
  | "gamma"
  | "beta"
  | "affine"
  | "window"
  | "stride"
  | "padding"
  | "dilation"
  | "pool-border"
  | "activation"
  | "epsilon"
  | "numerics"
  | "momentum"
  | "dropout"
  | "none";

/** What goes into one use of an operator and what comes out, without the batch. */
export interface OperatorShapes {
  readonly input: Shape;
  readonly output: Shape;
}

/** Codes that a shape rule may report: those of the shape family that concern one operator alone. */
export type ShapeCode =
  | "shape/needs-feature-map"
  | "shape/needs-vector"
  | "shape/window-too-large"
  | "shape/zero-output"
  | "shape/size-too-large"
  | "shape/groups-do-not-divide"
  | "shape/even-window"
  | "shape/upsample-shrinks"
  | "shape/window-in-padding"
  | "shape/stride-with-dilation";

/** Reports at the operator, or at one of its attributes where that is the thing to edit. */
export type ReportShape = <Code extends ShapeCode>(
  code: Code,
  parameters: ParametersOf<Code>,
  attribute?: string,
) => void;

/**
 * Everything that the compiler knows of one operator.
 *
 * The rules are methods, so that a definition with its own attribute type `A` is also one for plain `Attributes`:
 * whoever calls a rule through the registry hands over the attributes that were elaborated by `attributes` of the
 * same definition, which is what makes them an `A`.
 */
export interface OperatorDefinition<A extends Attributes = Attributes> {
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
  /** What Keras, PyTorch and papers call it; case and underscores are free. */
  readonly alsoCalled?: readonly string[];
  /** Names elsewhere of something that is often, but not always, the same: offered, and never written without asking. */
  readonly resembles?: readonly string[];
  /** Attributes given by position, in order. */
  readonly operands: readonly (keyof A & string)[];
  readonly attributes: { readonly [Name in keyof A & string]: AttributeDefinition };
  /** Set where the output is the input itself; such an operator becomes no layer. */
  readonly isIdentity?: true;
  /** Set where a vector has nothing left to do for it: on one it can be left out. */
  readonly isNeedlessOnVector?: true;
  /** The word of `norm=` that stands for this operator at the end of others, which take its defaults. */
  readonly norm?: Norm["kind"];
  /** Words that stand for `attribute=value`. */
  readonly flags: Readonly<Record<string, Flag<keyof A & string>>>;
  /**
   * The shape after the operator. Problems go to `report`; the result then is the most useful guess, with unknown
   * dimensions where there is none, so that one root cause makes one message.
   */
  inferShape(attributes: A, input: Shape, report: ReportShape): Shape;
  /** Adds the layers that a use of the operator becomes, for known shapes. What it adds nothing for passes its input on. */
  lower(attributes: A, shapes: OperatorShapes, layers: LayerBuilder): void;
  /** Exact operation counts for known shapes. */
  measure(attributes: A, input: Shape, output: Shape): Partial<Primitives>;
}

/** A word that stands for `attribute=value`. */
export interface Flag<Name extends string = string> {
  readonly attribute: Name;
  readonly value: AttributeValue;
}

/** Declares an operator; the type argument ties rules and attributes together. */
export function defineOperator<A extends Attributes>(
  definition: OperatorDefinition<A>,
): OperatorDefinition<A> {
  return definition;
}

/** Whether a node is a use of `definition`; its attributes then have the definition's own type. */
export function isUseOf<A extends Attributes>(
  node: OperatorNode,
  definition: OperatorDefinition<A>,
): node is OperatorNode & { readonly attributes: A } {
  return node.operator === definition.name;
}
