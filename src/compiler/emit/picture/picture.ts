/**
 * The model of a picture: what is drawn and how it is connected, before layout.
 *
 * It is plain JSON, so that the page can redraw it with other modules folded. Like the nodes of a network, scopes are
 * shared: a module used twenty times is one scope, and its nodes know only their path within that scope.
 */
import type { OperatorDefinition } from "../../ops/operator.ts";

/** How a part differs from another version of the network. */
export type Mark = "added" | "removed" | "changed";

/** Marks by path of the network. */
export type Marks = ReadonlyMap<string, Mark>;

/** Texts of changes by path of the network. */
export type ChangeTexts = ReadonlyMap<string, readonly string[]>;

export interface Picture {
  readonly network: string;
  /** The network that a variant was made from. */
  readonly base: string | null;
  readonly doc: string | null;
  readonly input: string;
  readonly output: string;
  readonly params: number;
  /** Multiply-adds of one picture through the network; what the heat of a block is a share of. */
  readonly macs: number;
  readonly hasMarks: boolean;
  /** The network's own scope comes last. */
  readonly scopes: readonly Scope[];
}

/** The contents of one frame: nodes, and edges between them by index. */
export interface Scope {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

export interface PictureEdge {
  readonly from: number;
  readonly to: number;
  /** Of the tensor that flows, `35×35×384`; empty where the edge before it says so already. */
  readonly shape: string;
  /** The factor of a residual: `×0.17`. */
  readonly factor: string;
}

/**
 * - `entry`, `exit`: where the frame's tensor comes in and leaves; `split`: where it is handed to several.
 * - `input`, `output`: of the network; an auxiliary head ends in an output of its own.
 * - `concat`, `sum`, `scale_by`: joins. A residual ends in a `sum`.
 * - `group`: a module, a repeat, several steps under a label, an auxiliary head; it can be folded.
 */
export type PictureNodeKind =
  | "entry"
  | "exit"
  | "split"
  | "input"
  | "output"
  | "operator"
  | "concat"
  | "sum"
  | "scale_by"
  | "group";

export interface PictureNode {
  readonly kind: PictureNodeKind;
  /** From the start of the scope; of points, empty. */
  readonly path: string;
  /** `3×3 conv`, `InceptionA`. */
  readonly title: string;
  /** What else an operator is: `96 /2 valid`. */
  readonly note: string;
  /** What sort of operator it is; empty for all else. */
  readonly family: OperatorDefinition["family"] | "";
  /** How many of the same follow one another. */
  readonly times: number;
  /** The first of the `times` instances of a repeat that it stands for; its path, or its body's, is that instance's. */
  readonly firstInstance: number | null;
  readonly input: string;
  readonly output: string;
  /** Of all `times` together. */
  readonly params: number;
  readonly macs: number;
  /** `file:line` where it was written; empty for points. */
  readonly at: string;
  /** Everything else that is known of it, by name. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly mark: Mark | null;
  /** What was changed of it, `output channels: 32 → 16`. */
  readonly changes: readonly string[];
  readonly group: GroupBody | null;
}

export interface GroupBody {
  readonly kind: "module" | "repeat" | "steps" | "aux" | "unchanged";
  /** Index of the scope inside the group. */
  readonly scope: number;
  /** What the paths in the scope begin with, from the start of the scope around; of a repeat, its first instance. */
  readonly path: string;
}
