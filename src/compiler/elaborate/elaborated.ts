/** Owns what all steps share on the way to the IR: names and paths, counting layers, and nodes that stand in for errors. */
import type { Span } from "../core/span.ts";
import type { Node, SequenceNode } from "../ir/architecture.ts";
import { type Shape, UNKNOWN } from "../ir/dimension.ts";
import { joinPath } from "../ir/walk.ts";
import type { Identifier, Label } from "../syntax/ast.ts";
import { createNamer } from "./namer.ts";
import type { Elaborated, Elaboration, Place } from "./place.ts";

export function inOrder<Part>(
  parts: readonly Part[],
  input: Shape,
  elaborate: (part: Part, shape: Shape) => Elaborated,
): Elaborated {
  const nodes: Node[] = [];
  let shape = input;
  for (const part of parts) {
    const { nodes: more, output } = elaborate(part, shape);
    nodes.push(...more);
    shape = output;
  }
  return { nodes, output: shape };
}

export function hole(span: Span, input: Shape): Elaborated {
  const output = input.length === 1 ? [UNKNOWN] : [UNKNOWN, UNKNOWN, UNKNOWN];
  return { nodes: [{ kind: "hole", name: "", span }], output };
}

export function sequence(name: string, span: Span, steps: readonly Node[]): SequenceNode {
  return { kind: "sequence", name, span, steps };
}

/** A named scope inside the one of `place`. */
export function openScope(
  elaboration: Elaboration,
  base: string,
  place: Place,
): { readonly name: string; readonly place: Place } {
  const name = place.namer.next(base);
  const path = joinPath(place.path, name);
  recordPath(elaboration, path, place.site);
  return { name, place: { ...place, path, namer: createNamer() } };
}

export function claimLabel(elaboration: Elaboration, label: Identifier, place: Place): string {
  if (!place.namer.claim(label.text)) {
    elaboration.report("name/duplicate-label", label.span, { name: label.text, scope: place.path });
    return place.namer.next(label.text);
  }
  return label.text;
}

/** The node with what its label says of the name before. */
export function withFormerName<Named extends Node>(node: Named, label: Label | undefined): Named {
  return label?.was ? { ...node, was: label.was.text } : node;
}

export function recordPath(elaboration: Elaboration, path: string, site: string): void {
  const found = elaboration.search?.found;
  if (found && !found.has(path)) found.set(path, site);
}

/** Steps are entered for each layer that a network may have at most; more do not end in layers. */
const STEPS_PER_LAYER = 10;

/**
 * Counts one step that is entered, or that stands for `layers` known ones, against the limit; past it, reports once and
 * gives `false` from then on.
 */
export function countStep(elaboration: Elaboration, layers: number, span: Span): boolean {
  if (elaboration.isFull) return false;
  elaboration.layers += layers;
  elaboration.steps++;
  const { layers: mostLayers } = elaboration.limits;
  const mostSteps = STEPS_PER_LAYER * mostLayers;
  const [limit, what] =
    elaboration.steps > mostSteps
      ? ([mostSteps, "steps"] as const)
      : ([mostLayers, "layers"] as const);
  if (elaboration.layers <= mostLayers && what === "layers") return true;
  elaboration.isFull = true;
  elaboration.report("type/too-many-layers", span, { limit, what });
  return false;
}
