/** Runs generated models on a real backend: build, predict, save and load, train, count tensors. */
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "../../src/runtime/load-backend.ts";

/** What every generated file exports beside its factory. */
export interface GeneratedModule {
  readonly INPUT_SHAPE: readonly number[];
  readonly OUTPUT_NAMES: readonly string[];
  readonly [name: string]: unknown;
}

export type Factory = (options?: Readonly<Record<string, number>>) => tf.LayersModel;

/** The wasm backend with the kernels that training needs, on every machine the same. */
export async function startBackend(): Promise<void> {
  await loadBackend({ prefer: ["wasm"], training: true });
}

/** The one exported function whose name begins with `create`. */
export function factoryOf(generated: GeneratedModule): Factory {
  const [found, ...others] = Object.entries(generated).filter(([name]) =>
    /^create[A-Z]/.test(name),
  );
  if (!found || others.length > 0) throw new Error("a generated file exports one factory");
  return found[1] as Factory;
}

/** Numbers in all weights of a list. */
export function countWeights(weights: readonly { readonly shape: tf.Shape }[]): number {
  return weights.reduce(
    (all, { shape }) => all + shape.reduce<number>((size, side) => size * Number(side), 1),
    0,
  );
}

/** A picture-like batch of one, the same in every run. */
export function randomInput(shape: readonly number[], batch = 1, seed = 7): tf.Tensor {
  return tf.randomUniform([batch, ...shape], -1, 1, "float32", seed);
}

/** All outputs of one prediction. */
export async function predict(
  model: tf.LayersModel,
  x: tf.Tensor,
): Promise<readonly Float32Array[]> {
  const outputs = tf.tidy(() => [model.predict(x)].flat());
  const values = await Promise.all(outputs.map((output) => output.data<"float32">()));
  tf.dispose(outputs);
  return values;
}

/** The model after `model.save` and `tf.loadLayersModel`. */
export async function saveAndLoad(model: tf.LayersModel): Promise<tf.LayersModel> {
  const saved: tf.io.ModelArtifacts[] = [];
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved.push(artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    }),
  );
  const [artifacts] = saved;
  if (!artifacts) throw new Error("nothing was saved");
  return tf.loadLayersModel(tf.io.fromMemory(artifacts));
}

export interface Training {
  readonly losses: readonly number[];
  /** Tensors that `model.fit` left behind. */
  readonly leaked: number;
}

/** A few steps of `model.fit` towards zeros. */
export async function train(model: tf.LayersModel, x: tf.Tensor, steps: number): Promise<Training> {
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const targets = model.outputs.map(({ shape }) =>
    tf.zeros([x.shape[0] ?? 1, ...shape.slice(1).map(Number)]),
  );
  const before = tf.memory().numTensors;
  const { history } = await model.fit(x, targets, { epochs: steps, batchSize: 8, verbose: 0 });
  const leaked = tf.memory().numTensors - before;
  tf.dispose(targets);
  return { losses: (history.loss ?? []).map(Number), leaked };
}
