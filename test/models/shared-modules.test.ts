/** Tests that a module, shared by all its calls, means what its steps mean where they are written out. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { report } from "../../src/compiler/index.ts";
import type { ShapedNode } from "../../src/compiler/ir/shaped.ts";
import { lower } from "../../src/compiler/lower/lower.ts";
import { checkedText } from "../support/checked-networks.ts";
import { compileModel } from "./compile-model.ts";
import { factoryOf, predict, randomInput, startBackend } from "./run-model.ts";

beforeAll(startBackend);

interface Pair {
  readonly modules: string;
  readonly shared: string;
  readonly inlined: string;
}

const STEPS = "concat { | conv 1x1 4 | conv 3x3 3 -> conv 3x3 4 } -> maxpool 3x3";

const PAIRS: Readonly<Record<string, Pair>> = {
  "called several times with the same arguments": {
    modules: `module M { ${STEPS} }`,
    shared: "a: M\nb: M\nc: conv 1x1 5\nd: M",
    inlined: `a: { ${STEPS} }\nb: { ${STEPS} }\nc: conv 1x1 5\nd: { ${STEPS} }`,
  },
  "called with other arguments": {
    modules: "module M(n: int, a: act = relu) { conv 3x3 n act=a -> conv 1x1 (2 * n) }",
    shared: "a: M(n=3)\nb: M(n=4, a=elu)\nc: M(n=3)",
    inlined:
      "a: { conv 3x3 3 -> conv 1x1 6 }\nb: { conv 3x3 4 act=elu -> conv 1x1 8 }\nc: { conv 3x3 3 -> conv 1x1 6 }",
  },
  "repeated, on trunks of other widths": {
    modules: "module M { residual(scale=0.3) { conv 1x1 4 -> conv 3x3 4 -> project } -> relu }",
    shared: "a: 3 x M\nb: conv 1x1 6\nc: 2 x M",
    inlined: `a: 3 x { residual(scale=0.3) { conv 1x1 4 -> conv 3x3 4 -> project } -> relu }
      b: conv 1x1 6
      c: 2 x { residual(scale=0.3) { conv 1x1 4 -> conv 3x3 4 -> project } -> relu }`,
  },
  "called by another module": {
    modules: `module Inner { g: residual { conv 3x3 trunk linear } }
      module M(n: int) {
 first: conv 3x3 n
 second: Inner
 }`,
    shared: "a: M(n=4)\nb: M(n=6)",
    inlined: `a: {
 first: conv 3x3 4
 second: { g: residual { conv 3x3 trunk linear } } }
      b: {
 first: conv 3x3 6
 second: { g: residual { conv 3x3 trunk linear } } }`,
  },
};

function network(body: string, modules = ""): string {
  return `${modules}\nnetwork N { input 12x10x3\n${body}\n}`;
}

/** Names and shapes of all layers, in order. */
function layersOf(root: ShapedNode): readonly string[] {
  return lower(root).layers.map(({ path, shape }) => `${path} ${shape}`);
}

let made = 0;

/** What the generated code predicts where every weight is made from the name of its layer. */
async function predictionOf(text: string) {
  const generated = await compileModel(`shared-modules-${made++}`, text);
  const model = factoryOf(generated)();
  for (const layer of model.layers) {
    const weights = layer.getWeights().map(({ shape }, index) => {
      const seed = [...`${layer.name} ${index}`].reduce(
        (hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 65_521,
        7,
      );
      return tf.randomUniform(shape, 0.1, 0.6, "float32", seed);
    });
    layer.setWeights(weights);
    tf.dispose(weights);
  }
  const x = randomInput(generated.INPUT_SHAPE);
  const outputs = await predict(model, x);
  const names = model.layers.map(({ name }) => name);
  tf.dispose(x);
  model.dispose();
  return { names, outputs };
}

describe.each(Object.entries(PAIRS))("a module %s", (_, { modules, shared, inlined }) => {
  const one = network(shared, modules);
  const other = network(inlined);

  it("has the names and shapes of its steps", () => {
    const layers = layersOf(checkedText(one).root);
    expect(layers.length).toBeGreaterThan(4);
    expect(layers).toEqual(layersOf(checkedText(other).root));
  });

  it("costs what its steps cost", () => {
    const costOf = (text: string) => {
      const result = report(text, { by: "layer" }).report;
      const { params, macs, flops, activations, peakMemory, depth } = Object(result);
      return { params, macs, flops, activations, peakMemory, depth };
    };
    const cost = costOf(one);
    expect(cost.params.total).toBeGreaterThan(0);
    expect(cost).toEqual(costOf(other));
  });

  it("computes what its steps compute", async () => {
    const sharedModel = await predictionOf(one);
    expect(sharedModel.outputs[0]?.some((value) => value !== 0)).toBe(true);
    expect(sharedModel).toEqual(await predictionOf(other));
  });
});
