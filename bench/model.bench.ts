/** Compares generated models with the same layers loaded by tfjs from JSON: the overhead of generated code. */
import * as tf from "@tensorflow/tfjs";
import { createInceptionV4, INPUT_SHAPE } from "../generated/inception-v4.ts";
import { loadBackend } from "../src/runtime/index.ts";
import { formatMs, formatRatio, timeInTurn } from "./measure.ts";
import type { Section } from "./section.ts";

export const model: Section = {
  title: "Inception-v4 as generated, and the same layers from their JSON",
  columns: ["what", "generated", "tf.layers", "of tf.layers"],
  rows: async () => {
    const { reason } = await loadBackend();
    const generated = createInceptionV4();
    const topology: unknown = generated.toJSON(null, false);
    const fromJson = (): Promise<tf.LayersModel> =>
      tf.models.modelFromJSON(topology as Parameters<typeof tf.models.modelFromJSON>[0]);
    const plain = await fromJson();
    const x = tf.zeros([1, ...INPUT_SHAPE]);
    const predict = (model: tf.LayersModel) => (): void => {
      const outputs = tf.tidy(() => [model.predict(x)].flat());
      // Reading waits until the backend is done.
      for (const output of outputs) output.dataSync();
      tf.dispose(outputs);
    };
    const build = await timeInTurn(
      {
        generated: () => void createInceptionV4().dispose(),
        plain: async () => void (await fromJson()).dispose(),
      },
      { rounds: 5, warmUp: 1 },
    );
    const run = await timeInTurn(
      { generated: predict(generated), plain: predict(plain) },
      { rounds: 9, warmUp: 2 },
    );
    tf.dispose([x]);
    for (const each of [generated, plain]) each.dispose();
    const row = (what: string, { generated, plain }: typeof run): readonly string[] => [
      what,
      formatMs(generated),
      formatMs(plain),
      formatRatio(generated, plain),
    ];
    return [row("build", build), row(`predict, ${reason.split(" (")[0]}`, run)];
  },
};
