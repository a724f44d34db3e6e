/**
 * Numbers the tensors of two layer graphs so that equal numbers mean equal tensors, given which layers with weights are one
 * another. What has no weights is told by what it computes: the same function of the same tensors is the same tensor,
 * however it is nested and in whatever order terms are added.
 */
import { type Layer, type LayerGraph, passesInputOn } from "../../ir/layer-graph.ts";

/**
 * What a layer is known by in both graphs; `undefined` for one that only its own graph has, and for one without weights that is
 * told by its attributes.
 */
export type IdentityOf = (layer: Layer) => string | undefined;

/** One side of a comparison. */
export interface NumberedSide {
  readonly graph: LayerGraph;
  readonly side: "base" | "head";
  readonly identityOf: IdentityOf;
}

/** Gives the number of the tensor that each layer puts out, by id. */
export type NumberTensors = (side: NumberedSide) => readonly number[];

/** Terms of a join within a join that are listed one by one: more would take time that grows with their square. */
const MOST_TERMS = 256;

/** Numbers of one numbering can be compared with one another. */
export function createNumbering(): NumberTensors {
  const numbers = new Map<string, number>();
  const termsOf = new Map<number, readonly number[]>();
  const kindOf = new Map<number, "add" | "concat">();
  const intern = (key: string): number => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  /** A join of terms, those of joins of the same kind among them listed one by one. */
  const join = (kind: "add" | "concat", inputs: readonly number[]): number => {
    const terms = inputs
      .flatMap((input) => {
        const inner = termsOf.get(input);
        const isSameKind = inner !== undefined && kindOf.get(input) === kind;
        return isSameKind && inner.length <= MOST_TERMS ? inner : [input];
      })
      .toSorted((a, b) => a - b);
    const number = intern(`${kind} ${terms.join()}`);
    termsOf.set(number, terms);
    kindOf.set(number, kind);
    return number;
  };
  return ({ graph, side, identityOf }) => {
    const tensors: number[] = [];
    const numberOf = (layer: Layer): number => {
      const inputs = layer.inputs.map((input) => tensors[input] ?? -1);
      const [first = -1] = inputs;
      const identity = identityOf(layer);
      if (layer.tensors.length > 0) {
        return intern(identity === undefined ? `${side} ${layer.path}` : `layer ${identity}`);
      }
      if (passesInputOn(layer)) return first;
      switch (layer.kind) {
        case "input":
          return intern("input");
        case "rescale":
          if (layer.attributes.scale === 1 && layer.attributes.offset === 0) return first;
          break;
        // The order of terms makes no difference to a sum; of channels it is followed by itself.
        case "add":
        case "concat":
          return join(layer.kind, inputs);
        default:
      }
      // What its attributes change is said of the pair.
      const own = identity ?? JSON.stringify(layer.attributes);
      return intern(`${layer.kind} ${own} ${inputs.join()}`);
    };
    for (const layer of graph.layers) tensors.push(numberOf(layer));
    return tensors;
  };
}
