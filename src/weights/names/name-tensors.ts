/** Gives every tensor of a network the name and layout that a framework's checkpoint has for it. */
import { groupBy } from "../../compiler/core/group-by.ts";
import {
  type Layer,
  type LayerGraph,
  type LayerTensor,
  passesInputOn,
} from "../../compiler/ir/layer-graph.ts";
import { CheckpointError } from "../checkpoint-error.ts";
import { type StoredLayout, storedLayout } from "../layout.ts";
import type { Naming } from "./naming.ts";
import { NAMING_STYLES, type NamingStyle } from "./naming-style.ts";
import { fillTemplate, pathMatcher } from "./path-pattern.ts";

/** A tensor of the network, and where a checkpoint has it. */
export interface NamedTensor {
  readonly layer: Layer;
  readonly tensor: LayerTensor;
  /** `stem.conv/kernel`: the layer of generated code, then the tensor's name in it. */
  readonly fullName: string;
  /** In the checkpoint; undefined where the naming says nothing of its layer. */
  readonly storedName: string | undefined;
  readonly layout: StoredLayout;
}

/** All tensors of a graph in its order. */
export function nameTensors(graph: LayerGraph, naming: Naming): readonly NamedTensor[] {
  const style: NamingStyle = NAMING_STYLES[naming.style];
  const findModule = moduleFinder(naming, style);
  const numbers = new Map<string, number>();
  const operators = groupBy(
    graph.layers.filter(({ tensors }) => tensors.length > 0),
    ({ block }) => block,
  );
  return [...operators].flatMap(([path, layers]) => {
    const modules = layerNames(layers, findModule(path, layers.length > 1), style, numbers);
    return layers.flatMap((layer, index) =>
      layer.tensors.map((tensor) => ({
        layer,
        tensor,
        fullName: `${layer.path}/${tensor.name}`,
        storedName: tensorName(modules[index], tensor, style),
        layout: storedLayout(tensor, style.axisOrder, flattenedShape(graph, layer)),
      })),
    );
  });
}

type ModuleNames = readonly [kernel: string | undefined, norm: string | undefined];

/** A name for each weighted layer of an operator. */
function layerNames(
  layers: readonly Layer[],
  [kernel, norm]: ModuleNames,
  { autoNames }: NamingStyle,
  numbers: Map<string, number>,
): readonly (string | undefined)[] {
  return layers.map(({ kind }, index) => {
    const auto = autoNames?.[kind];
    const own = index === 0 ? kernel : norm;
    if (own !== undefined || auto === undefined) return own;
    const number = numbers.get(auto) ?? 0;
    numbers.set(auto, number + 1);
    return number === 0 ? auto : `${auto}_${number}`;
  });
}

/** Finds the names of an operator's module, by the first pattern that its path matches. */
function moduleFinder({ file, modules }: Naming, { parts }: NamingStyle) {
  const entries = Object.entries(modules).map(([pattern, module]) => ({
    match: pathMatcher(pattern),
    module,
  }));
  const inParts = (module: string, hasNorm: boolean) =>
    hasNorm ? ([module + parts.kernel, module + parts.norm] as const) : ([module, module] as const);
  return (path: string, hasNorm: boolean): ModuleNames => {
    for (const { match, module } of entries) {
      const values = match(path);
      if (values === undefined) continue;
      const [kernel, norm] = typeof module === "string" ? inParts(module, hasNorm) : module;
      try {
        return [fillTemplate(kernel, values), fillTemplate(norm, values)];
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new CheckpointError({ file }, `cannot name \`${path}\`: ${error.message}`);
      }
    }
    return [undefined, undefined];
  };
}

function tensorName(
  module: string | undefined,
  { name }: LayerTensor,
  { separator, tensorNames }: NamingStyle,
): string | undefined {
  return module && module + separator + (tensorNames[name] ?? name);
}

/** What a dense layer's inputs were flattened from: height×width×channels, or undefined. */
function flattenedShape({ layers }: LayerGraph, layer: Layer): readonly number[] | undefined {
  if (layer.kind !== "dense") return undefined;
  let input: Layer | undefined = layer;
  do input = layers[input.inputs[0] ?? -1];
  while (input !== undefined && (passesInputOn(input) || input.kind === "activation"));
  const before = input?.kind === "flatten" ? layers[input.inputs[0] ?? -1] : undefined;
  return before?.shape.flatMap((side) => (typeof side === "number" ? [side] : []));
}
