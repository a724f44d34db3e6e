/** Shared by the elaboration of all steps: names and paths, limits on size, and the nodes that stand for errors. */
import type { Span } from "../core/span.ts";
import type { Node, SequenceNode } from "../ir/architecture.ts";
import { type Shape, UNKNOWN } from "../ir/dimension.ts";
import { joinPath } from "../ir/walk.ts";
import type { Identifier, Label } from "../syntax/ast.ts";
import { createNamer } from "./namer.ts";
import type { Elaborated, Elaboration, Place } from "./place.ts";
import type { Extent } from "./shared-instances.ts";

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
  const { text, span } = label;
  if (place.namer.claim(text, span)) return text;
  const first = place.namer.spanOf(text);
  const related = first ? [{ span: first, message: `\`${text}\` is here already` }] : [];
  elaboration.report("name/duplicate-label", span, { name: text, scope: place.path }, { related });
  return place.namer.next(text);
}

/** The node with the former name from its label. */
export function withFormerName<Named extends Node>(node: Named, label: Label | undefined): Named {
  return label?.was ? { ...node, was: label.was.text } : node;
}

export function recordPath(elaboration: Elaboration, path: string, site: string): void {
  const found = elaboration.search?.found;
  if (found && !found.has(path)) found.set(path, site);
}

/** Whether an edit looks for what is at the path or inside it. */
export function isSearched({ search }: Elaboration, path: string): boolean {
  const wanted = search?.path;
  return wanted !== undefined && (wanted === path || wanted.startsWith(`${path}.`));
}

/** Steps for each layer that a network may have at most: an operator is one, and each block, call or repeat around it. */
const STEPS_PER_LAYER = 4;

/** Whether so much more is still within the limits. */
export function hasRoom({ layers, steps, limits }: Elaboration, more: Extent): boolean {
  return (
    layers + more.layers <= limits.layers && steps + more.steps <= STEPS_PER_LAYER * limits.layers
  );
}

/** Counts against the limits; once one is exceeded, reports once and returns `false` from then on. */
export function countExtent(elaboration: Elaboration, more: Extent, span: Span): boolean {
  if (elaboration.isFull) return false;
  const isWithin = hasRoom(elaboration, more);
  elaboration.layers += more.layers;
  elaboration.steps += more.steps;
  if (isWithin) return true;
  elaboration.isFull = true;
  const { layers } = elaboration.limits;
  const [limit, what] =
    elaboration.layers > layers
      ? ([layers, "layers"] as const)
      : ([STEPS_PER_LAYER * layers, "steps"] as const);
  elaboration.report("type/too-many-layers", span, { limit, what });
  return false;
}

/** What was counted since `before`. */
export function extentSince(before: Extent, { layers, steps }: Elaboration): Extent {
  return { layers: layers - before.layers, steps: steps - before.steps };
}
