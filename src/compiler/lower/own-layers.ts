/**
 * The layers that one node of the block tree becomes by itself: those of an operator, the shares and the join of branches, the scale,
 * the dropping and the addition of a residual. What lies below the node is not among them.
 */
import { isDropped, isScaled } from "../ir/architecture.ts";
import { shareOf } from "../ir/dimension.ts";
import { type LayerTemplate, layerTemplate } from "../ir/layer-graph.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { createLayerBuilder } from "../ops/layer-builder.ts";
import { operatorNamed } from "../ops/registry.ts";

/** Trees never change, so what was found out about a node holds for as long as it is there. */
const KNOWN = new WeakMap<ShapedNode, readonly LayerTemplate[]>();

/**
 * Layers of a node whose shapes are known; the last gives the node's output. Of a join, input -1 - i comes from branch i;
 * of a split -1 is what it deals out, and -2 - i comes from branch i;
 * of a residual -1 is the trunk or what the shortcut makes of it, and -2 the body; of a gate -1 is the trunk and -2 the gate.
 */
export function ownLayers(shaped: ShapedNode): readonly LayerTemplate[] {
  const known = KNOWN.get(shaped);
  if (known) return known;
  const layers = layersOf(shaped);
  KNOWN.set(shaped, layers);
  return layers;
}

function layersOf(shaped: ShapedNode): readonly LayerTemplate[] {
  const { node, input, output } = shaped;
  switch (node.kind) {
    case "operator": {
      const { builder, layers } = createLayerBuilder(node.options);
      operatorNamed(node.operator).lower(node.attributes, { input, output }, builder);
      return layers;
    }
    case "concat":
    case "sum": {
      // One branch alone has nothing to be joined with.
      if (node.branches.length < 2) return [];
      const inputs = node.branches.map((_, index) => -1 - index);
      return [
        layerTemplate(node.kind === "sum" ? "add" : "concat", {
          attributes: {},
          inputs,
          shape: output,
        }),
      ];
    }
    case "split": {
      const parts = node.branches.length;
      if (parts < 2) return [];
      const shape = shareOf(input, parts);
      const shares = node.branches.map((_, part) =>
        layerTemplate("slice", {
          name: `part_${part}`,
          attributes: { part, parts },
          inputs: [-1],
          shape,
        }),
      );
      const inputs = node.branches.map((_, index) => -2 - index);
      return [...shares, layerTemplate("concat", { attributes: {}, inputs, shape: output })];
    }
    case "residual": {
      const layers: LayerTemplate[] = [];
      const body = (): number => (layers.length === 0 ? -2 : layers.length - 1);
      if (isScaled(node)) {
        layers.push(
          layerTemplate("rescale", {
            name: "scale",
            attributes: { scale: node.scale, offset: 0 },
            inputs: [body()],
            shape: output,
            ...(node.scaleOption ? { options: { scale: node.scaleOption } } : {}),
          }),
        );
      }
      if (isDropped(node)) {
        layers.push(
          layerTemplate("drop_path", {
            name: "drop",
            attributes: { rate: node.drop },
            inputs: [body()],
            shape: output,
            ...(node.dropOption ? { options: { rate: node.dropOption } } : {}),
          }),
        );
      }
      const inputs = [-1, body()];
      return [
        ...layers,
        layerTemplate("add", { name: "add", attributes: {}, inputs, shape: output }),
      ];
    }
    case "scale_by":
      return [layerTemplate("multiply", { attributes: {}, inputs: [-1, -2], shape: output })];
    case "aux": {
      const [body = shaped] = shaped.children;
      return [layerTemplate("output", { attributes: {}, inputs: [-1], shape: body.output })];
    }
    default:
      return [];
  }
}
