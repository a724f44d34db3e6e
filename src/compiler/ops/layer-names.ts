/**
 * Names the layers that each node becomes in generated code, and finds the one that gives a block's output.
 *
 * What the layers compute is decided in the emitter.
 */
import { assert } from "../core/assert.ts";
import type { Node, OperatorNode, ResidualNode } from "../ir/architecture.ts";
import { ACTIVATIONS } from "../ir/attributes.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { childPath, joinPath } from "../ir/walk.ts";
import { avgpool } from "./avgpool.ts";
import { identity } from "./identity.ts";
import { maxpool } from "./maxpool.ts";

/** The name of the layer that the picture comes in by; an output, too, where there is no other layer. */
export const INPUT_NAME = "input";

/** The layers that a node itself becomes, the one that gives its output last; none for what only holds others. */
export function layerNamesOf(shaped: ShapedNode, path: string): readonly string[] {
  const copies = copiesFor(shaped).map(({ name }) => joinPath(path, name));
  return [...copies, ...ownLayers(shaped.node, path)];
}

function ownLayers(node: Node, path: string): readonly string[] {
  switch (node.kind) {
    case "operator":
      return suffixesOf(node).map((suffix) => joinPath(path, suffix));
    case "concat":
    case "sum":
      return node.branches.length > 1 ? [path] : [];
    case "residual":
      return [...(isScaled(node) ? ["scale"] : []), "add"].map((name) => joinPath(path, name));
    case "scale_by":
    case "aux":
      return [path];
    default:
      return [];
  }
}

/** A tensor of its own for one child of a join, and the name of the layer that makes it, inside the join. */
export interface Copy {
  readonly child: number;
  readonly name: string;
}

/**
 * The children that hand a join the very tensor that another does. tf.layers frees a tensor that one layer reads twice before
 * the other readers have had it, so all such children but one need a copy.
 */
export function copiesFor(join: ShapedNode): readonly Copy[] {
  return copiedChildren(join).map((child, order) => ({
    child,
    name: order === 0 ? "copy" : `copy_${order}`,
  }));
}

function copiedChildren({ node, children }: ShapedNode): readonly number[] {
  const passesOn = (child: ShapedNode): boolean => outputLayerOf(child, "") === undefined;
  switch (node.kind) {
    case "concat":
    case "sum":
      return children.flatMap((child, index) => (passesOn(child) ? [index] : [])).slice(1);
    // Without a shortcut of its own, the other side is the trunk itself.
    case "residual":
      return !isScaled(node) && children.every(passesOn) ? [0] : [];
    case "scale_by":
      return children.every(passesOn) ? [0] : [];
    default:
      return [];
  }
}

function isScaled({ scale, scaleOption }: ResidualNode): boolean {
  return scale !== 1 || scaleOption !== undefined;
}

function suffixesOf({ operator, attributes }: OperatorNode): readonly string[] {
  const isPool = operator === maxpool.name || operator === avgpool.name;
  if (operator === identity.name) return [];
  if (isPool && attributes.kernel === null) return ["", "reshape"];
  if (operator === avgpool.name) {
    return attributes.count_pad === true && attributes.pad === "same" ? ["pad", ""] : [""];
  }
  if (ACTIVATIONS.some((name) => name === operator)) return activationSuffixes(operator);
  const { norm = null, act = null } = attributes;
  const after = typeof act === "string" ? activationSuffixes(act) : [];
  return [
    "",
    ...(norm === null ? [] : ["batchnorm"]),
    ...after.map((suffix) => joinPath(String(act), suffix)),
  ];
}

/** tf.layers lacks these two, and they are made of others. */
function activationSuffixes(act: string): readonly string[] {
  switch (act) {
    case "hard_sigmoid":
      return ["shift", "relu6", ""];
    case "hard_swish":
      return ["shift", "relu6", "scale", ""];
    default:
      return [""];
  }
}

/** The layer that gives the block's output; nothing where the block passes its input on. */
export function outputLayerOf({ node, children }: ShapedNode, path: string): string | undefined {
  if (node.kind === "aux") return undefined;
  const own = ownLayers(node, path).at(-1);
  if (own !== undefined || node.kind === "operator") return own;
  for (let index = children.length - 1; index >= 0; index--) {
    const child = children[index];
    assert(child, "an index below the length has a child");
    const last = outputLayerOf(child, childPath(node, path, child.node, index));
    if (last !== undefined) return last;
  }
  return undefined;
}
