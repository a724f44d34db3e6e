/**
 * Trained weights of another implementation give the same answer in generated code. They are those of npm's nsfwjs 4.3.0,
 * an Inception-v3 trained in Keras; it is no dependency, so the test runs where `npm install --no-save nsfwjs@4.3.0` was.
 */
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { createNodeHost } from "../../src/node/node-host.ts";
import { compileModel } from "./compile-model.ts";
import { factoryOf, predict, startBackend } from "./run-model.ts";

interface PackagedModel {
  readonly modelJson: () => Promise<{ readonly default: tf.io.ModelJSON }>;
  /** Parts of the weights' bytes as base64. */
  readonly weightBundles: readonly (() => Promise<{ readonly default: string }>)[];
}

/** Kept from the type checker: the package may not be there. */
const PACKAGE = process.env.INCEPTC_NSFWJS ?? "nsfwjs/models/inception_v3";

const packaged: PackagedModel | undefined = await import(/* @vite-ignore */ PACKAGE).then(
  ({ InceptionV3Model }) => InceptionV3Model,
  () => undefined,
);

const ROOT = join(import.meta.dirname, "../..");
const PATH = "specs/trained-inception-v3.incept";
const TEXT = `
import { InceptionV3 } from "./inception-v3.incept"
variant TrainedInceptionV3 of InceptionV3 {
  replace head with avgpool 8x8 /8 valid -> flatten -> dense 256 act=relu -> dropout 0.5
    -> dense 128 act=relu -> dropout 0.25 -> dense classes -> softmax
  set classes = 5
  preprocess(range=[0, 1])
}`;

beforeAll(startBackend);

async function loadPackaged({ modelJson, weightBundles }: PackagedModel): Promise<tf.LayersModel> {
  const { default: json } = await modelJson();
  const bundles = await Promise.all(weightBundles.map((bundle) => bundle()));
  const bytes = Buffer.concat(bundles.map(({ default: text }) => Buffer.from(text, "base64")));
  return tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
      weightData: new Uint8Array(bytes).buffer,
    }),
  );
}

/** Layers of a class in the order in which they were made, by a number that grows with it. */
function layersOf(
  model: tf.LayersModel,
  className: string,
  numberOf: (layer: tf.layers.Layer) => number,
): readonly tf.layers.Layer[] {
  return model.layers
    .filter((layer) => layer.getClassName() === className)
    .toSorted((a, b) => numberOf(a) - numberOf(b));
}

describe.runIf(packaged)("Inception-v3 with trained weights", () => {
  it("gives what the original gives", async () => {
    if (!packaged) throw new Error("it runs where the package is");
    const original = await loadPackaged(packaged);
    const host = createNodeHost({ cwd: ROOT, root: ROOT, overlay: { path: PATH, text: TEXT } });
    const generated = await compileModel("trained", { path: PATH, host });
    const model = factoryOf(generated)();
    expect(model.countParams()).toBe(original.countParams());

    for (const className of ["Conv2D", "BatchNormalization", "Dense"]) {
      // Keras numbers the names of its layers; here the layers count as they are made.
      const from = layersOf(original, className, ({ name }) => Number(/\d+$/.exec(name)?.[0]));
      const to = layersOf(model, className, ({ id }) => id);
      expect(to.length).toBe(from.length);
      to.forEach((layer, index) => {
        layer.setWeights(from[index]?.getWeights() ?? []);
      });
    }
    const x = tf.randomUniform([2, 299, 299, 3], 0, 1, "float32", 11);
    const [expected = []] = await predict(original, x);
    const [actual = []] = await predict(model, x);
    const differences = Array.from(actual, (value, index) =>
      Math.abs(value - (expected[index] ?? 0)),
    );
    expect(actual.length).toBe(10);
    expect(Math.max(...differences)).toBeLessThan(1e-5);
    tf.dispose(x);
    original.dispose();
    model.dispose();
  });
});
