/** Compares each `factor` chain of small kernels with the one convolution that it replaces. */
import type { FactorNode } from "../ir/architecture.ts";
import type { AttributeValue, SizeValue } from "../ir/attributes.ts";
import { tensorSize } from "../ir/layer-graph.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { walk } from "../ir/walk.ts";
import { createLayerBuilder } from "../ops/layer-builder.ts";
import { isUseOf } from "../ops/operator.ts";
import { factorPart } from "../ops/registry.ts";
import { type CostMeter, macsOf } from "./measure-cost.ts";

/** One `factor`, and the plain convolution with the same kernel, stride, input and output channels. */
export interface Factorization {
  readonly path: string;
  /** Height and width of the kernel that the parts amount to. */
  readonly kernel: readonly [number, number];
  readonly params: number;
  readonly macs: number;
  readonly plainParams: number;
  readonly plainMacs: number;
}

export function measureFactorizations(
  root: ShapedNode,
  meter: CostMeter,
): readonly Factorization[] {
  const found: Factorization[] = [];
  const known = new Map<ShapedNode, Omit<Factorization, "path">>();
  walk(root, (shaped, path) => {
    if (shaped.node.kind !== "factor") return true;
    const before = known.get(shaped) ?? measureOne(shaped, shaped.node, meter);
    if (before) {
      known.set(shaped, before);
      found.push({ path, ...before });
    }
    return false;
  });
  return found;
}

function measureOne(
  shaped: ShapedNode,
  { kernel, parts }: FactorNode,
  meter: CostMeter,
): Omit<Factorization, "path"> | undefined {
  const last = parts.at(-1);
  if (!last || !isUseOf(last, factorPart)) return undefined;
  const stride = [0, 1].map((axis) =>
    parts.reduce((product, part) => product * sideOf(part.attributes.stride, axis), 1),
  );
  const plain = { ...last.attributes, kernel, stride, dilation: [1, 1] };
  const { builder, layers } = createLayerBuilder({});
  factorPart.lower(plain, shaped, builder);
  const { convMacs = 0 } = factorPart.measure(plain, shaped.input, shaped.output);
  const { params, primitives } = meter(shaped);
  return {
    kernel,
    params: params.total,
    macs: macsOf(primitives),
    plainParams: layers
      .flatMap(({ tensors }) => tensors)
      .reduce((sum, tensor) => sum + tensorSize(tensor), 0),
    plainMacs: convMacs,
  };
}

function sideOf(size: AttributeValue | undefined, axis: number): number {
  return Array.isArray(size) ? ((size as SizeValue)[axis] ?? 1) : 1;
}
