/** Owns the names of the layers of generated code, as far as they must be known before it runs. */
import { assert } from "../../core/assert.ts";
import type { Span } from "../../core/span.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import type { ActivationName } from "../../ir/attributes.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { childPath, joinPath, walk } from "../../ir/walk.ts";
import { scaleSlot } from "./describe.ts";
import { type LayerStyle, layerCallOf } from "./layer-call.ts";

export const INPUT_NAME = "input";

export interface OutputNames {
  /** The layer whose output is the network's. */
  readonly main: string;
  /** Paths of auxiliary outputs, in order. */
  readonly aux: readonly string[];
}

/** Finds the names of the outputs; reports two layers of one name, which tfjs would refuse. */
export function nameOutputs(root: ShapedNode, report: Report): OutputNames {
  const places = new Map<string, Span>([[INPUT_NAME, root.node.span]]);
  const aux: string[] = [];
  walk(root, (shaped, path) => {
    const { node } = shaped;
    if (node.kind === "aux") aux.push(path);
    for (const name of layersOf(shaped, path)) {
      const first = places.get(name);
      places.set(name, first ?? node.span);
      if (!first) continue;
      const related = [{ span: first, message: "the other layer of this name" }];
      report("emit/duplicate-layer-name", node.span, { name }, { related });
    }
    return true;
  });
  return { main: lastLayer(root, root.node.name) ?? INPUT_NAME, aux };
}

/** The layers that a node itself becomes, the one that gives its output last. */
function layersOf({ node }: ShapedNode, path: string): readonly string[] {
  switch (node.kind) {
    case "operator": {
      const call = layerCallOf(node);
      return call ? suffixesOf(call.style).map((suffix) => joinPath(path, suffix)) : [];
    }
    case "concat":
    case "sum":
      return node.branches.length > 1 ? [path] : [];
    case "residual":
      return [...(scaleSlot(node) ? ["scale"] : []), "add"].map((name) => joinPath(path, name));
    case "scale_by":
    case "aux":
      return [path];
    default:
      return [];
  }
}

function suffixesOf(style: LayerStyle): readonly string[] {
  switch (style.kind) {
    case "weighted": {
      const { norm, act } = style.tail;
      const after = act ? activationSuffixes(act).map((suffix) => joinPath(act, suffix)) : [];
      return ["", ...(norm ? ["batchnorm"] : []), ...after];
    }
    case "activation":
      return activationSuffixes(style.act);
    case "plain":
      switch (style.layer) {
        case "avgPoolCountingPad":
          return ["pad", ""];
        case "avgPoolToOne":
        case "maxPoolToOne":
          return ["", "reshape"];
        default:
          return [""];
      }
    default:
      return [""];
  }
}

function activationSuffixes(act: ActivationName): readonly string[] {
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
function lastLayer(shaped: ShapedNode, path: string): string | undefined {
  const { node, children } = shaped;
  if (node.kind === "aux") return undefined;
  const own = layersOf(shaped, path).at(-1);
  if (own !== undefined || node.kind === "operator") return own;
  for (let index = children.length - 1; index >= 0; index--) {
    const child = children[index];
    assert(child, "an index below the length has a child");
    const last = lastLayer(child, childPath(node, path, child.node, index));
    if (last !== undefined) return last;
  }
  return undefined;
}
