/** Copies the weights of one model into another, exactly as a weight report says. */
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
    write(move.head, () => move.axes.reduce(gatherAxis, read(move.base)));
  }
  for (const { name, shape, repair } of report.missing) {
    if (repair?.kind === "fill") write(name, () => tf.fill([...shape], repair.value));
  }
  if (left.size > 0) throw new Error(`nothing for ${[...left].join(", ")}`);
  foldWeights(base, head, report);
}

type Axes = WeightReport["permuted"][number]["axes"][number];

function gatherAxis(tensor: tf.Tensor, { axis, runs }: Axes): tf.Tensor {
  const order = runs.flatMap(([start, count]) =>
    Array.from({ length: count }, (_, index) => start + index),
  );
  // What the wasm backend gathers it remembers with another rank; a product is a tensor of its own.
  return tf.gather(tensor, order, axis).reshape(tensor.shape).mul(1);
}

/** The order in which tensors that are left over are put into others. */
const FOLDS = ["bias", "moving_mean", "moving_variance", "gamma", "beta"];

/** Puts what is left over into the tensors that the report names, as docs/diff.md says. */
function foldWeights(base: tf.LayersModel, head: tf.LayersModel, report: WeightReport): void {
  const from = weightsByName(base);
  const to = weightsByName(head);
  const moves = [...report.matched, ...report.permuted];
  const folds = report.extra.toSorted((a, b) => rankOf(a.name) - rankOf(b.name));
  for (const { name, repair } of folds) {
    if (repair?.kind !== "fold") continue;
    const path = moves.find((move) => pathOf(move.base) === pathOf(name))?.head;
    const inHead = (word: string): tf.LayerVariable | undefined =>
      to.get(`${pathOf(path ?? "")}/${word}`) ?? to.get(`${pathOf(path ?? "")}.batchnorm/${word}`);
    for (const word of repair.into) {
      const target = inHead(word);
      const weight = from.get(name);
      if (!target || !weight) throw new Error(`${name} has no ${word} to go into`);
      tf.tidy(() => {
        const value = alongChannels(repair.axes.reduce(gatherAxis, weight.read()), target);
        target.write(fold(wordOf(name), value, target, word));
      });
    }

    function fold(
      what: string,
      value: tf.Tensor,
      target: tf.LayerVariable,
      into: string,
    ): tf.Tensor {
      const before = target.read();
      switch (what) {
        case "bias":
        case "moving_mean":
          return before.sub(value);
        case "moving_variance":
          return before.div(value.add(epsilonOf(base, name)).sqrt());
        case "gamma":
          return before.mul(value);
        case "beta": {
          if (into === "bias") return before.add(value);
          const variance = inHead("moving_variance");
          if (!variance) throw new Error(`${name} has no variance beside it`);
          const deviation = variance.read().add(epsilonOf(head, variance.originalName)).sqrt();
          return before.sub(value.mul(deviation).div(inHead("gamma")?.read() ?? 1));
        }
        default:
          throw new Error(`${name} cannot be folded`);
      }
    }
  }
}

/** The path of the operator that a tensor is of. */
function pathOf(name: string): string {
  return name.replace(/(?:\.batchnorm)?\/.*$/, "");
}

function wordOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function rankOf(name: string): number {
  return FOLDS.indexOf(wordOf(name));
}

/** One number for each channel in the shape of those axes of the tensor that count channels. */
function alongChannels(value: tf.Tensor, { shape, originalName }: tf.LayerVariable): tf.Tensor {
  const axes = wordOf(originalName) === "depthwise_kernel" ? -2 : -1;
  return value.reshape(shape.slice(axes).map(Number));
}

/** Of the normalization that has a weight of this name. */
function epsilonOf(model: tf.LayersModel, name: string): number {
  const layer = model.layers.find(({ weights }) =>
    weights.some(({ originalName }) => originalName === name),
  );
  return Number(layer?.getConfig().epsilon);
}
