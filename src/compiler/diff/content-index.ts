/** Numbers parts by their contents, so that equal contents on either side have equal numbers. */
import type { Node, OperatorNode } from "../ir/architecture.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { ownLayers } from "../lower/own-layers.ts";
import { operatorNamed } from "../ops/registry.ts";

/** From the strictest to the loosest. */
export interface ContentKeys {
  /** Everything: names, shapes, modules, what follows from the surroundings. */
  readonly exact: number;
  /** What the author wrote, with labels; neither counted names nor shapes. */
  readonly content: number;
  /** The same without any name. */
  readonly bare: number;
}

export interface Keyed extends ContentKeys {
  /** Whether an operator in it has tensors. */
  readonly hasWeights: boolean;
}

export interface ContentIndex {
  keysOf(shaped: ShapedNode, label: string, children: readonly Keyed[]): Keyed;
}

export function createContentIndex(): ContentIndex {
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  const known = new Map<ShapedNode, Keyed>();
  const compute = (shaped: ShapedNode, label: string, children: readonly Keyed[]): Keyed => {
    const { node, input, output } = shaped;
    const own = ownContent(node, false);
    const keyed = (name: string, of: keyof ContentKeys, extra: readonly unknown[]): number =>
      numberOf(JSON.stringify([of, name, own, children.map((child) => child[of]), ...extra]));
    return {
      exact: keyed(node.name, "exact", [ownContent(node, true), input, output]),
      content: keyed(label, "content", []),
      bare: keyed("", "bare", []),
      hasWeights:
        node.kind === "operator"
          ? ownLayers(shaped).some(({ tensors }) => tensors.length > 0)
          : children.some((child) => child.hasWeights),
    };
  };
  return {
    keysOf: (shaped, label, children) => {
      // Equal uses are one object: what is in them is computed once.
      const keys = known.get(shaped) ?? compute(shaped, label, children);
      known.set(shaped, keys);
      return keys;
    },
  };
}

/** What a node says apart from its name and children; `isWhole` adds what makes no difference to what it computes. */
function ownContent(node: Node, isWhole: boolean): readonly unknown[] {
  switch (node.kind) {
    case "operator":
      return ["operator", node.operator, attributeEntries(node, isWhole)];
    case "residual":
      return ["residual", node.scale, node.drop, node.shortcut !== undefined];
    case "call":
      return isWhole ? ["call", node.instance.module.name, node.instance.arguments] : ["steps"];
    case "sequence":
      return ["steps"];
    case "factor":
      return isWhole ? ["factor", node.kernel] : ["steps"];
    default:
      return [node.kind];
  }
}

function attributeEntries(
  { operator, attributes }: OperatorNode,
  isWhole: boolean,
): readonly (readonly [string, unknown])[] {
  const definitions = operatorNamed(operator).attributes;
  return Object.entries(attributes)
    .filter(([name]) => isWhole || definitions[name]?.derived !== true)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
