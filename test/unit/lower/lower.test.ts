/** Holds lowered networks to the invariants of the layer graph and to what the block tree says of them. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCostMeter } from "../../../src/compiler/cost/measure-cost.ts";
import { type LayerGraph, tensorSize } from "../../../src/compiler/ir/layer-graph.ts";
import type { CheckedArchitecture } from "../../../src/compiler/ir/shaped.ts";
import { walk } from "../../../src/compiler/ir/walk.ts";
import { lower } from "../../../src/compiler/lower/lower.ts";
import { executionOrder } from "../../../src/compiler/lower/tf-layers/execution-order.ts";
import { legalizeForTfLayers } from "../../../src/compiler/lower/tf-layers/legalize.ts";
import { verifyLayerGraph } from "../../../src/compiler/lower/verify-layer-graph.ts";
import { arbitrarySpec } from "../../fuzz/arbitrary-spec.ts";
import { fuzz } from "../../fuzz/fuzz.ts";
import {
  checkedNetworks,
  checkedStatements,
  checkedText,
  REPOSITORY,
} from "../../support/checked-networks.ts";
import { EVERY_CONSTRUCT } from "../../support/every-construct.ts";

/** One line a layer: path, kind and what it reads. */
function listLayers({ layers }: LayerGraph): readonly string[] {
  return layers.map(({ path, kind, inputs }) =>
    [path, kind, ...inputs.map((input) => layers[input]?.path)].join(" "),
  );
}

const lowered = (statements: string): LayerGraph => lower(checkedStatements(statements).root);

describe("layers", () => {
  it("are an operator's own, its normalization and its activation", () => {
    const graph = lowered("conv 3x3 8 act=hard_swish");
    expect(listLayers(graph)).toEqual([
      "input input",
      "conv conv input",
      "conv.batchnorm batch_norm conv",
      "conv.hard_swish activation conv.batchnorm",
    ]);
    expect(listLayers(legalizeForTfLayers(graph)).slice(3)).toEqual([
      "conv.hard_swish.shift rescale conv.batchnorm",
      "conv.hard_swish.relu6 activation conv.hard_swish.shift",
      "conv.hard_swish.scale rescale conv.hard_swish.relu6",
      "conv.hard_swish multiply conv.batchnorm conv.hard_swish.scale",
    ]);
  });

  it("join branches in their order, and a residual's trunk before its body", () => {
    const joined = lowered("concat { | relu | identity }\nresidual(scale=0.5) { tanh }");
    expect(listLayers(joined)).toEqual([
      "input input",
      "relu activation input",
      "concat concat relu input",
      "residual.tanh activation concat",
      "residual.scale rescale residual.tanh",
      "residual.add add concat residual.scale",
    ]);
    expect(joined.outputs).toEqual([5]);
  });

  it("scale a residual's body before they drop it", () => {
    const graph = lowered("residual(scale=0.5, drop=0.1) { tanh }");
    expect(listLayers(graph).slice(2)).toEqual([
      "residual.scale rescale residual.tanh",
      "residual.drop drop_path residual.scale",
      "residual.add add input residual.drop",
    ]);
    expect(graph.layers[3]).toMatchObject({ attributes: { rate: 0.1 } });
    // A probability of 0 is no layer.
    expect(listLayers(lowered("residual(drop=0) { tanh }"))).toHaveLength(3);
  });

  it("deal a split's channels out before its branches", () => {
    const graph = lowered("conv 1x1 4\nsplit { | a: relu | identity }");
    expect(listLayers(graph).slice(4)).toEqual([
      "split.part_0 slice conv.relu",
      "a.relu activation split.part_0",
      "split.part_1 slice conv.relu",
      "split concat a.relu split.part_1",
    ]);
    expect(graph.layers[6]).toMatchObject({ attributes: { part: 1, parts: 2 } });
    // All channels are one branch's own.
    expect(listLayers(lowered("split { | relu }"))).toEqual([
      "input input",
      "relu activation input",
    ]);
  });

  it("read a tensor once where tf.layers runs them", () => {
    const legal = legalizeForTfLayers(lowered("sum { | identity | identity | relu }"));
    expect(listLayers(legal)).toEqual([
      "input input",
      "relu activation input",
      "sum.copy copy input",
      "sum add input sum.copy relu",
    ]);
  });

  it("pad by TensorFlow's rule where an average counts its padding", () => {
    const { layers } = legalizeForTfLayers(
      lower(checkedStatements("avgpool 3x3 /2 count_pad=true", "6x5x2").root),
    );
    expect(layers[1]).toMatchObject({
      path: "avgpool.pad",
      attributes: { rows: [0, 1], columns: [1, 1] },
      shape: [7, 7, 2],
    });
  });

  it("of auxiliary heads are outputs after the network's own", () => {
    const { layers, outputs } = lowered("relu\naux side { conv 1x1 4 }\ntanh");
    expect(outputs.map((id) => layers[id]?.path)).toEqual(["tanh", "side"]);
  });
});

describe("the order of execution", () => {
  it("takes the last branch first, and every layer once", () => {
    const graph = legalizeForTfLayers(lowered("concat { | a: relu | b: tanh -> elu }"));
    expect(executionOrder(graph).map(({ path }) => path)).toEqual([
      "input",
      "b.tanh",
      "b.elu",
      "a.relu",
      "concat",
    ]);
  });
});

/** Everything that holds for any network. */
function expectGraphOf({ root }: CheckedArchitecture): void {
  const graph = lower(root);
  verifyLayerGraph(graph);
  const legal = legalizeForTfLayers(graph);
  verifyLayerGraph(legal);
  const order = executionOrder(legal);
  expect(new Set(order).size).toBe(legal.layers.length);
  const ranAt = new Map(order.map(({ id }, time) => [id, time]));
  for (const { id, inputs } of order) {
    for (const input of inputs) expect(ranAt.get(input)).toBeLessThan(Number(ranAt.get(id)));
  }
  const params = graph.layers
    .flatMap(({ tensors }) => tensors)
    .reduce((all, tensor) => all + tensorSize(tensor), 0);
  expect(params).toBe(createCostMeter()(root).params.total);
  const last = new Map(graph.layers.map(({ block, shape }) => [block, shape]));
  walk(root, ({ node, output }, path) => {
    const shape = last.get(path);
    if (node.kind === "operator" && shape) expect(shape).toEqual(output);
    return true;
  });
}

const SPECS = ["specs", "specs/zoo"].flatMap((folder) =>
  readdirSync(join(REPOSITORY, folder))
    .filter((name) => name.endsWith(".incept"))
    .map((name) => `${folder}/${name}`),
);

describe("the graph of every network", () => {
  it.each(SPECS)("of %s keeps its invariants", (path) => {
    for (const network of checkedNetworks(path)) expectGraphOf(network);
  });

  it("with every construct keeps its invariants", () => {
    expectGraphOf(checkedText(EVERY_CONSTRUCT));
  });

  it("that is valid keeps its invariants", async () => {
    const property = fc.property(arbitrarySpec(), ({ text }) => expectGraphOf(checkedText(text)));
    await fuzz(property, { runs: 60, longRuns: 5000 });
  });
});
