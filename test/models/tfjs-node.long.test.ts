/**
 * The main networks on TensorFlow's own C library: the files of generated/ run, train and survive the disk as they do on
 * wasm. tfjs-node is optional; `npm run setup:tfjs-node` brings it, and without it these tests skip and say why.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { loadBackend } from "../../src/runtime/load-backend.ts";
import { modelFiles } from "../../src/runtime/node/model-files.ts";
import { factoryOf, type GeneratedModule, predict, randomInput, train } from "./run-model.ts";

const backend = await loadBackend({ prefer: ["tfjs-node"] }).then(
  () => ({ isLoaded: true, why: "" }),
  (error: unknown) => ({ isLoaded: false, why: String(error) }),
);

it.for(["inception-v3", "inception-v4", "inception-resnet-v1", "inception-resnet-v2"])(
  "%s runs, is saved and loaded, and trains",
  async (name, context) => {
    if (!backend.isLoaded) return context.skip(backend.why);
    expect(tf.getBackend()).toBe("tensorflow");
    const generated: GeneratedModule = await import(
      /* @vite-ignore */ `../../generated/${name}.ts`
    );
    const model = factoryOf(generated)();
    const x = randomInput(generated.INPUT_SHAPE);
    const outputs = await predict(model, x);
    for (const output of outputs) expect(output.every(Number.isFinite)).toBe(true);
    const folder = mkdtempSync(join(tmpdir(), "inceptc-model-"));
    try {
      await model.save(modelFiles(folder));
      const loaded = await tf.loadLayersModel(modelFiles(folder));
      expect(await predict(loaded, x)).toEqual(outputs);
      loaded.dispose();
    } finally {
      rmSync(folder, { recursive: true });
    }
    const { losses, leaked } = await train(model, x, 1);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(leaked).toBe(0);
    expect(await predict(model, x)).not.toEqual(outputs);
    x.dispose();
    model.dispose();
  },
);
