/** The result of elaborating a part of a network. */
import type { Span } from "../core/span.ts";
import type { Node, SequenceNode } from "../ir/architecture.ts";
import type { Shape } from "../ir/dimension.ts";
import type { Label } from "../syntax/ast.ts";
import type { NamedPart } from "./named-part.ts";

/** How much a part of a network is, or may be. */
export interface Extent {
  readonly layers: number;
  /** Steps of every kind, whether or not there is a layer in them. */
  readonly steps: number;
}

/** What is known of a part of a network beside its nodes. */
export interface Facts {
  readonly extent: Extent;
  /** How many steps and modules deep it goes. */
  readonly height: number;
  /** Whether nothing was found in it. */
  readonly isClean: boolean;
  /** Whether a limit was exceeded in it: what comes after it is left out. */
  readonly isFull: boolean;
  /** Network parameters that it fixes at compile time. */
  readonly staticParameters: ReadonlySet<string>;
  /** Whether it depends on the height or width of its input. */
  readonly readsSizes: boolean;
  /** What edits can refer to in it. */
  readonly named: readonly NamedPart[];
}

/** Nodes in order, and what is known of the shape after them: rank and channels. */
export interface Elaborated extends Facts {
  readonly nodes: readonly Node[];
  readonly output: Shape;
}

/** The result with other nodes or another output, of which the same is known. */
export function withNodes(
  elaborated: Elaborated,
  nodes: readonly Node[],
  output: Shape = elaborated.output,
): Elaborated {
  return { ...elaborated, nodes, output };
}

export function sequence(name: string, span: Span, steps: readonly Node[]): SequenceNode {
  return { kind: "sequence", name, span, steps };
}

/** The node with the former name from its label. */
export function withFormerName<Named extends Node>(node: Named, label: Label | undefined): Named {
  return label?.was ? { ...node, was: label.was.text } : node;
}
