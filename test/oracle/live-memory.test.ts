/** Holds the peak of live memory against tf.layers: bytes that are allocated while a model of the same layers predicts. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { createGoogLeNet } from "../../generated/googlenet.ts";
import { createSEResNet50 } from "../../generated/se-resnet-50.ts";
import { createSqueezeNet } from "../../generated/squeezenet.ts";
import { measurePeakBytes } from "../../src/compiler/cost/live-memory.ts";
import type { ShapedNode } from "../../src/compiler/ir/shaped.ts";
import { loadBackend } from "../../src/runtime/load-backend.ts";
import { checkedSpec, checkedStatements } from "../support/checked-networks.ts";
import { applyOperator } from "./tfjs-layers.ts";

beforeAll(async () => {
  await loadBackend();
});

describe("the peak of live memory is that of tf.layers", () => {
  it.each([
    ["a chain", "conv 3x3 8 -> maxpool 3x3 /2 -> conv 1x1 4"],
    [
      "branches",
      "concat { | conv 1x1 8 | conv 1x1 2 -> conv 3x3 4 | avgpool 3x3 -> conv 1x1 2 } -> conv 1x1 2",
    ],
    [
      "branches with the widest first",
      "concat { | conv 1x1 32 -> conv 1x1 1 | conv 1x1 2 | conv 3x3 9 }",
    ],
    [
      "branches with the widest last",
      "concat { | conv 1x1 2 | conv 3x3 9 | conv 1x1 32 -> conv 1x1 1 }",
    ],
    [
      "joins in joins",
      "concat { | conv 1x1 4 -> concat { | conv 1x3 6 | conv 3x1 6 } | sum { | conv 1x1 3 | conv 3x3 3 } }",
    ],
    ["a residual", "conv 1x1 6 -> residual { conv 1x1 24 -> conv 1x1 6 linear } -> relu"],
    [
      "a residual with a shortcut",
      "conv 1x1 12 -> residual { conv 1x1 4 /2 -> conv 1x1 16 } shortcut { conv 1x1 16 /2 } -> relu",
    ],
    ["repeats", "conv 1x1 4 -> 3 x { residual { conv 3x3 8 -> conv 3x3 4 linear } -> relu }"],
    [
      "an auxiliary head",
      "conv 1x1 16\naux side { conv 3x3 20 }\nmaxpool 2x2 /2 -> conv 1x1 4 -> conv 3x3 8",
    ],
  ])("for %s", (_, statements) => {
    const { root } = checkedStatements(statements, "12x12x3");
    expect(measurePeakBytes(root)).toBe(predictPeakBytes(buildModel(root), root));
  });
});

describe("the peak of live memory is that of the generated code", () => {
  it.each([
    ["specs/zoo/squeezenet.incept", "SqueezeNet", createSqueezeNet],
    ["specs/zoo/googlenet.incept", "GoogLeNet", createGoogLeNet],
    ["specs/zoo/se-resnet-50.incept", "SEResNet50", createSEResNet50],
  ] as const)("for %s", (path, network, createModel) => {
    const { root } = checkedSpec(path, network);
    expect(measurePeakBytes(root)).toBe(predictPeakBytes(createModel(), root));
  });
});

function buildModel(root: ShapedNode): tf.LayersModel {
  const start = tf.input({ shape: root.input.map(Number) });
  const heads: tf.SymbolicTensor[] = [];
  const main = applyNode(root, start, heads);
  return tf.model({ inputs: start, outputs: [main, ...heads] });
}

/** The most bytes of activations after any layer of the model, the input among them. */
function predictPeakBytes(model: tf.LayersModel, root: ShapedNode): number {
  const picture = tf.zeros([1, ...root.input.map(Number)]);
  let before = 0;
  let peak = 0;
  for (const layer of model.layers) {
    const apply = layer.apply.bind(layer);
    layer.apply = (inputs, options) => {
      // The model works on a slice of the picture that is as large as the picture.
      if (before === 0) before = tf.memory().numBytes - picture.size * 4;
      const result = apply(inputs, options);
      peak = Math.max(peak, tf.memory().numBytes - before);
      return result;
    };
  }
  tf.tidy(() => model.predict(picture));
  picture.dispose();
  model.dispose();
  return peak;
}

function applyNode(
  { node, children }: ShapedNode,
  x: tf.SymbolicTensor,
  heads: tf.SymbolicTensor[],
): tf.SymbolicTensor {
  const [first] = children;
  switch (node.kind) {
    case "operator":
      return applyOperator(node, [x]);
    case "concat":
    case "sum": {
      const parts = children.map((branch) => applyNode(branch, x, heads));
      return joined(
        node.kind === "sum" ? tf.layers.add() : tf.layers.concatenate({ axis: -1 }),
        parts,
      );
    }
    case "residual": {
      const [body, shortcut] = children.map((side) => applyNode(side, x, heads));
      return joined(tf.layers.add(), [shortcut ?? x, body ?? x]);
    }
    case "aux":
      if (first) heads.push(applyNode(first, x, heads));
      return x;
    case "sequence":
    case "repeat":
      return children.reduce((before, child) => applyNode(child, before, heads), x);
    default:
      throw new Error(`no layer for ${node.kind}`);
  }
}

function joined(layer: tf.layers.Layer, parts: tf.SymbolicTensor[]): tf.SymbolicTensor {
  const result = layer.apply(parts);
  if (Array.isArray(result) || result instanceof tf.Tensor)
    throw new Error("a join gives one tensor");
  return result;
}
