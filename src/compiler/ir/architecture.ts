/**
 * The block tree that the author wrote, with every expression evaluated and every module instantiated.
 *
 * Sizes are not in it; shape inference adds them in a parallel tree (`ShapedNode`).
 *
 * Nodes are immutable and may be shared: equal instantiations of a module are one object, so results per node can be
 * cached by object. A node therefore knows only its own name; its path is computed on the way down (`walk.ts`).
 */
import type { Span } from "../core/span.ts";
import type { Attributes } from "./attributes.ts";
import type { Dimension, Shape } from "./dimension.ts";
import type { OptionExpression } from "./option-expression.ts";

interface NodeCommon {
  /** The node's segment of the path; empty for a node that adds none. */
  readonly name: string;
  /** Where it was written. */
  readonly span: Span;
  /** The former name that the author declared; only used by comparisons. */
  readonly was?: string;
}

/** A shape that a signature or an assertion demands; a name binds, `_` is any size. */
export interface ShapePattern {
  readonly dimensions: readonly Dimension[];
  readonly span: Span;
}

/** Steps that follow one another; a statement, a block, a branch. */
export interface SequenceNode extends NodeCommon {
  readonly kind: "sequence";
  readonly steps: readonly Node[];
  /** `=> shape` after the statement. */
  readonly assertion?: ShapePattern;
}

/** One operator with all its attributes. */
export interface OperatorNode extends NodeCommon {
  readonly kind: "operator";
  readonly operator: string;
  readonly attributes: Attributes;
  /** Where each attribute that the author wrote stands; the smallest thing to edit. */
  readonly attributeSpans: Readonly<Record<string, Span>>;
  /** Attributes whose value is computed from network parameters, for code generation. */
  readonly options: Readonly<Record<string, OptionExpression>>;
}

/**
 * Branches side by side, joined along the channels (`concat`) or element by element (`sum`). Those of a `split` get a share of
 * the channels each, in order, and are joined as in a `concat`.
 */
export interface JoinNode extends NodeCommon {
  readonly kind: "concat" | "sum" | "split";
  readonly branches: readonly SequenceNode[];
}

/**
 * `shortcut(x) + scale · body(x)`; without a shortcut, x itself. In training the body of a sample is left out with probability
 * `drop`, and counts 1 / (1 - drop) otherwise.
 */
export interface ResidualNode extends NodeCommon {
  readonly kind: "residual";
  readonly scale: number;
  readonly scaleOption?: OptionExpression;
  readonly scaleSpan?: Span;
  readonly drop: number;
  readonly dropOption?: OptionExpression;
  readonly dropSpan?: Span;
  readonly body: SequenceNode;
  readonly shortcut?: SequenceNode;
}

export function isJoin(node: Node): node is JoinNode {
  return node.kind === "concat" || node.kind === "sum" || node.kind === "split";
}

/** A scale of 1 is a multiplication only where generated code can be given another one. */
export function isScaled({ scale, scaleOption }: ResidualNode): boolean {
  return scale !== 1 || scaleOption !== undefined;
}

/** Whether the body may be left out in training, now or by an option of generated code. */
export function isDropped({ drop, dropOption }: ResidualNode): boolean {
  return drop !== 0 || dropOption !== undefined;
}

/** `x · body(x)`, the gate broadcast over the sizes that are 1 (squeeze-and-excitation). */
export interface GateNode extends NodeCommon {
  readonly kind: "scale_by";
  readonly body: SequenceNode;
}

/** A convolution written as the chain of its parts, which together must cover `kernel`. */
export interface FactorNode extends NodeCommon {
  readonly kind: "factor";
  readonly kernel: readonly [number, number];
  readonly kernelSpan: Span;
  readonly parts: readonly OperatorNode[];
}

/** The same step `instances.length` times with fresh weights; instance i lies under the path segment `i`. */
export interface RepeatNode extends NodeCommon {
  readonly kind: "repeat";
  readonly instances: readonly Node[];
}

/** A module put to use. */
export interface CallNode extends NodeCommon {
  readonly kind: "call";
  readonly instance: ModuleInstance;
}

/** Reads the current tensor, leaves it unchanged, and adds an output called `name`. */
export interface AuxNode extends NodeCommon {
  readonly kind: "aux";
  readonly body: SequenceNode;
}

/** A step that has an error of its own, already reported: nothing is known of its output. */
export interface HoleNode extends NodeCommon {
  readonly kind: "hole";
}

export type Node =
  | SequenceNode
  | OperatorNode
  | JoinNode
  | ResidualNode
  | GateNode
  | FactorNode
  | RepeatNode
  | CallNode
  | AuxNode
  | HoleNode;

/** What the author said of a module, independent of its uses. */
export interface ModuleFacts {
  readonly name: string;
  readonly doc?: string;
  readonly span: Span;
}

/** A module with its arguments; equal instantiations are the same object. */
export interface ModuleInstance {
  readonly module: ModuleFacts;
  /** The contract after `:`; names in the input bind, and must agree in the output. */
  readonly signature?: { readonly input: ShapePattern; readonly output: ShapePattern };
  readonly arguments: readonly { readonly name: string; readonly text: string }[];
  readonly body: SequenceNode;
}

export type BudgetMetric =
  | "params"
  | "trainable_params"
  | "macs"
  | "flops"
  | "activations"
  | "peak_memory"
  | "depth";

export type Relation = "<=" | "<" | ">=" | ">" | "==";

/** A bound on a cost, of the whole network or of the block at `path`. */
export interface Budget {
  readonly path: string;
  readonly metric: BudgetMetric;
  readonly relation: Relation;
  readonly limit: number;
  readonly span: Span;
}

/** How a picture becomes the network's input; pixels count 0…255. */
export interface Preprocess {
  /** Pixels 0…255 are mapped linearly to this range. */
  readonly range: readonly [number, number];
  /** Subtracted after mapping, one value for all channels or one each. */
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  /** Central share of the picture that is kept. */
  readonly crop?: number;
  /** Length of the shorter side in pixels before a central crop to the input size. */
  readonly resize?: number;
  /** Per-image standardization: (x − mean(x)) / max(std(x), 1 / sqrt(N)). */
  readonly standardize: boolean;
}

/** A parameter of the network with the value it was elaborated with. */
export interface NetworkParameter {
  readonly name: string;
  readonly type: "int" | "float" | "bool" | "size" | "pad" | "act" | "norm";
  readonly value: number | boolean | string | readonly number[];
  /** Whether generated code may take it at run time: it only affects operator attributes. */
  readonly isOption: boolean;
}

export interface Architecture {
  readonly name: string;
  readonly doc?: string;
  readonly span: Span;
  /** The network that a variant was made from. */
  readonly base?: string;
  readonly input: Shape;
  /** Whether a module computes with the height or width that it is given: another input is another architecture then. */
  readonly readsSizes?: true;
  readonly inputSpan: Span;
  readonly parameters: readonly NetworkParameter[];
  readonly preprocess?: Preprocess;
  readonly budgets: readonly Budget[];
  readonly body: SequenceNode;
}
