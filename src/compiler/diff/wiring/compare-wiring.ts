/**
 * Proves that matched layers read matched tensors, on the layer graphs: a comparison of block trees does not see a layer that
 * crosses the border of a block.
 */
import { type Layer, type LayerGraph, passesInputOn } from "../../ir/layer-graph.ts";
import type { Alignment } from "../align/alignment.ts";
import { type AddChange, type Change, placeOf } from "../change.ts";
import { type Part, walkParts } from "../part.ts";
import { DIFF_RULES, NAME_RULES } from "../rules.ts";
import { createNumbering, type IdentityOf, type NumberedSide } from "./number-tensors.ts";

export interface WiringSide {
  readonly root: Part;
  readonly graph: LayerGraph;
}

/**
 * Adds a change for every matched layer with weights, and every output, that reads another tensor. It is a consequence where
 * `changes` already tell of what lies between.
 */
export function compareWiring(
  base: WiringSide,
  head: WiringSide,
  alignment: Alignment,
  changes: readonly Change[],
  add: AddChange,
): void {
  const sides = { base: indexSide(base), head: indexSide(head) };
  const numberStrictly = createNumbering();
  const numberLoosely = createNumbering();
  const identities = {
    base: identify(sides.base, sides.head, alignment.pairOfBase, "head"),
    head: identify(sides.head, sides.base, alignment.pairOfHead, "base"),
  };
  const number = (isLoose: boolean, side: "base" | "head"): readonly number[] => {
    const identityOf: IdentityOf = (layer) =>
      isLoose || layer.tensors.length > 0 ? identities[side].get(layer.id) : undefined;
    const numbered: NumberedSide = { graph: sides[side].graph, side, identityOf };
    return (isLoose ? numberLoosely : numberStrictly)(numbered);
  };
  const strict = { base: number(false, "base"), head: number(false, "head") };
  let loose: { readonly base: readonly number[]; readonly head: readonly number[] } | undefined;
  /** Whether two tensors are one; also where only layers between that are matched with one another differ. */
  const isSame = (before: number, after: number): boolean => {
    if (strict.base[before] === strict.head[after]) return true;
    loose ??= { base: number(true, "base"), head: number(true, "head") };
    return loose.base[before] === loose.head[after];
  };
  const explained = {
    base: explainedPaths(changes, "base"),
    head: explainedPaths(changes, "head"),
  };

  const report = (before: number, after: number, former: Part, part: Part): void => {
    const isExplained =
      between(sides.base, before, explained.base) || between(sides.head, after, explained.head);
    add({
      rule: "wiring-changed",
      base: placeOf(former),
      head: placeOf(part),
      before: describeTensor(sides.base.graph, before),
      after: describeTensor(sides.head.graph, after),
      ...(isExplained ? { isConsequence: true } : {}),
    });
  };

  const said = new Set<Part>();
  for (const layer of sides.head.graph.layers) {
    const part = sides.head.parts.get(layer.block);
    const former = part && alignment.pairOfHead.get(part)?.base;
    const identity = identities.head.get(layer.id);
    if (!part || !former || layer.tensors.length === 0 || identity === undefined) continue;
    const partner = sides.base.byPath.get(former.path + layer.path.slice(layer.block.length));
    const [before] = partner?.inputs ?? [];
    const [after] = layer.inputs;
    if (before === undefined || after === undefined || said.has(part)) continue;
    if (isSame(before, after)) continue;
    said.add(part);
    report(before, after, former, part);
  }
  const [baseMain = 0] = base.graph.outputs;
  const [headMain = 0] = head.graph.outputs;
  if (!isSame(baseMain, headMain)) report(baseMain, headMain, base.root, head.root);
  for (const output of head.graph.outputs.slice(1)) {
    const layer = head.graph.layers[output];
    const part = layer && sides.head.parts.get(layer.block);
    const former = part && alignment.pairOfHead.get(part)?.base;
    const partner = former && sides.base.byPath.get(former.path);
    if (!part || !former || !partner || isSame(partner.id, output)) continue;
    report(partner.id, output, former, part);
  }
}

interface IndexedSide {
  readonly graph: LayerGraph;
  readonly byPath: ReadonlyMap<string, Layer>;
  /** What has layers of its own, by path. */
  readonly parts: ReadonlyMap<string, Part>;
}

function indexSide({ root, graph }: WiringSide): IndexedSide {
  const blocks = new Set(graph.layers.map(({ block }) => block));
  const parts = new Map<string, Part>();
  walkParts(root, (part) => {
    // Of several things at one path, the innermost has the layer.
    if (part.node.kind !== "sequence" && blocks.has(part.path)) parts.set(part.path, part);
    return true;
  });
  return { graph, parts, byPath: new Map(graph.layers.map((layer) => [layer.path, layer])) };
}

/** Names layers that have a partner of their kind, by the path of the one in base. */
function identify(
  own: IndexedSide,
  other: IndexedSide,
  pairs: Alignment["pairOfHead"],
  otherSide: "base" | "head",
): ReadonlyMap<number, string> {
  const identities = new Map<number, string>();
  for (const { id, kind, path, block } of own.graph.layers) {
    const part = own.parts.get(block);
    const partner = part && pairs.get(part)?.[otherSide];
    const partnerPath = partner && partner.path + path.slice(block.length);
    if (partnerPath === undefined || other.byPath.get(partnerPath)?.kind !== kind) continue;
    identities.set(id, otherSide === "base" ? partnerPath : path);
  }
  return identities;
}

/** Paths of which a change says more than another name. */
function explainedPaths(changes: readonly Change[], side: "base" | "head"): ReadonlySet<string> {
  return new Set(
    changes.flatMap(({ rule, [side]: place }) =>
      place && DIFF_RULES[rule].class !== "cosmetic" && !NAME_RULES.has(rule) ? [place.path] : [],
    ),
  );
}

/** Whether a change tells of a layer between the tensor and the layers with weights that it is made of, these among them. */
function between(
  { graph: { layers } }: IndexedSide,
  tensor: number,
  explained: ReadonlySet<string>,
): boolean {
  const waiting = [tensor];
  const seen = new Set<number>();
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const layer = layers[id];
    if (!layer || seen.has(id)) continue;
    seen.add(id);
    for (
      let path = layer.block;
      path !== "";
      path = path.slice(0, Math.max(0, path.lastIndexOf(".")))
    ) {
      if (explained.has(path)) return true;
    }
    if (layer.tensors.length === 0) waiting.push(...layer.inputs);
  }
  return false;
}

/** How deep a tensor is written out. */
const MOST_DEPTH = 3;
const MOST_INPUTS = 4;

/** `add(stem.conv, relu(a.conv))`. */
function describeTensor({ layers }: LayerGraph, id: number, depth = MOST_DEPTH): string {
  const layer = layers[id];
  if (!layer) return "";
  const { kind, path, inputs, tensors } = layer;
  if (tensors.length > 0 || inputs.length === 0) return path;
  const [only = 0] = inputs;
  if (passesInputOn(layer)) return describeTensor({ layers, outputs: [] }, only, depth);
  const word = kind === "activation" ? layer.attributes.act : kind;
  if (depth === 0) return `${word}(…)`;
  const shown = inputs
    .slice(0, MOST_INPUTS)
    .map((input) => describeTensor({ layers, outputs: [] }, input, depth - 1));
  return `${word}(${[...shown, ...(inputs.length > MOST_INPUTS ? ["…"] : [])].join(", ")})`;
}
