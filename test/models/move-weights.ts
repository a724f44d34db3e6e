/** Owns putting the weights of one model into another as a weight report says, and nothing but what it says. */
import * as tf from "@tensorflow/tfjs";
import type { WeightReport } from "../../src/compiler/index.ts";

type Weights = ReadonlyMap<string, tf.LayerVariable>;

function weightsByName(model: tf.LayersModel): Weights {
  // tfjs makes names unique in a process; the original one is what a saved model has.
  return new Map(model.weights.map((weight) => [weight.originalName, weight]));
}

/** Gives every weight a number of its own, so that no two of them could stand for one another. */
export function scatterWeights(model: tf.LayersModel, seed: number): void {
  model.weights.forEach((weight, index) => {
    // A variance must be positive.
    const [low, high] = weight.originalName.endsWith("moving_variance") ? [0.5, 1.5] : [-0.5, 0.5];
    const shape = weight.shape.map(Number);
    tf.tidy(() => {
      weight.write(tf.randomUniform(shape, low, high, "float32", seed + index));
    });
  });
}

/** @throws Error for a weight of head that the report gives no value. */
export function moveWeights(
  base: tf.LayersModel,
  head: tf.LayersModel,
  report: WeightReport,
): void {
  const from = weightsByName(base);
  const to = weightsByName(head);
  const left = new Set(to.keys());
  const write = (name: string, make: () => tf.Tensor): void => {
    const weight = to.get(name);
    if (!weight || !left.delete(name))
      throw new Error(`${name} is no weight of head, or comes twice`);
    tf.tidy(() => {
      weight.write(make());
    });
  };
  const read = (name: string): tf.Tensor => {
    const weight = from.get(name);
    if (!weight) throw new Error(`${name} is no weight of base`);
    return weight.read();
  };
  for (const move of report.matched) write(move.head, () => read(move.base));
  for (const move of report.permuted) {
    write(move.head, () => {
      const gathered = move.axes.reduce<tf.Tensor>((tensor, { axis, runs }) => {
        const order = runs.flatMap(([start, count]) =>
          Array.from({ length: count }, (_, index) => start + index),
        );
        return tf.gather(tensor, order, axis);
      }, read(move.base));
      // What the wasm backend gathers it remembers with another rank; a product is a tensor of its own.
      return gathered.reshape([...move.shape]).mul(1);
    });
  }
  for (const { name, shape, repair } of report.missing) {
    if (repair?.kind === "fill") write(name, () => tf.fill([...shape], repair.value));
  }
  if (left.size > 0) throw new Error(`nothing for ${[...left].join(", ")}`);
}
