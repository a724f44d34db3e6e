/** Lowers a block tree to the layer graph: every operator and combinator becomes its layers, and blocks disappear. */
import { assert, unreachable } from "../core/assert.ts";
import type { Layer, LayerGraph, LayerTemplate } from "../ir/layer-graph.ts";
import { INPUT_PATH } from "../ir/layer-graph.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { childPath, joinPath } from "../ir/walk.ts";
import { ownLayers } from "./own-layers.ts";

/**
 * The graph of a network, or of a block taken by itself. Every shape in the tree must be known. Branches stand in their
 * order, a residual's body before its shortcut; auxiliary heads stand where they leave the trunk.
 */
export function lower(root: ShapedNode): LayerGraph {
  const layers: Layer[] = [
    {
      id: 0,
      path: INPUT_PATH,
      kind: "input",
      attributes: {},
      inputs: [],
      shape: root.input,
      tensors: [],
      options: {},
      block: "",
      span: root.node.span,
    },
  ];
  const heads: number[] = [];

  /** Puts a node's own layers, or some of them, into the graph, and gives the id of the last. */
  const put = (
    shaped: ShapedNode,
    block: string,
    outside: readonly number[],
    templates = ownLayers(shaped),
  ): number => {
    const start = layers.length;
    const [first = 0] = outside;
    let last = first;
    for (const template of templates) {
      const inputs = template.inputs.map((input) =>
        input < 0 ? outside[-1 - input] : start + input,
      );
      last = layers.length;
      layers.push(toLayer(template, last, inputs.map(known), block, shaped));
    }
    return last;
  };

  const enterChild = (parent: ShapedNode, path: string, index: number, input: number): number => {
    const child = parent.children[index];
    assert(child, "an index below the number of children has a child");
    return enter(child, childPath(parent.node, path, child.node, index), input);
  };

  const enter = (shaped: ShapedNode, path: string, input: number): number => {
    const { node, children } = shaped;
    switch (node.kind) {
      case "operator":
        return put(shaped, path, [input]);
      case "sequence":
      case "factor":
      case "repeat":
      case "call":
      case "hole":
        return children.reduce(
          (before, _, index) => enterChild(shaped, path, index, before),
          input,
        );
      case "concat":
      case "sum": {
        const ends = children.map((_, index) => enterChild(shaped, path, index, input));
        return put(shaped, path, ends);
      }
      case "split": {
        const templates = ownLayers(shaped);
        const join = templates.slice(children.length);
        const ends = children.map((_, index) => {
          const share = put(shaped, path, [input], templates.slice(index, index + 1));
          return enterChild(shaped, path, index, share);
        });
        return put(shaped, path, join.length > 0 ? [input, ...ends] : ends, join);
      }
      case "residual": {
        const body = enterChild(shaped, path, 0, input);
        const trunk = children.length > 1 ? enterChild(shaped, path, 1, input) : input;
        return put(shaped, path, [trunk, body]);
      }
      case "scale_by":
        return put(shaped, path, [input, enterChild(shaped, path, 0, input)]);
      case "aux":
        heads.push(put(shaped, path, [enterChild(shaped, path, 0, input)]));
        return input;
      default:
        return unreachable(node);
    }
  };

  const main = enter(root, root.node.name, 0);
  return { layers, outputs: [main, ...heads] };
}

function known(id: number | undefined): number {
  assert(id !== undefined, "a layer reads what was put before it");
  return id;
}

function toLayer(
  { kind, name, attributes, shape, tensors, options }: LayerTemplate,
  id: number,
  inputs: readonly number[],
  block: string,
  { node: { span } }: ShapedNode,
): Layer {
  const path = joinPath(block, name);
  // Kind and attributes come from one template, and so belong together.
  return { id, path, kind, attributes, inputs, shape, tensors, options, block, span } as Layer;
}
