/** Gives a generated model the weights of a checkpoint, by the names of its layers. */
import * as tf from "@tensorflow/tfjs";

/** A tensor of a checkpoint, as `inceptc/weights` gives it; `name` is `layer/tensor`. */
export interface NamedWeights {
  readonly name: string;
  readonly shape: readonly number[];
  /** The values in row-major order, in pieces. */
  read(): AsyncIterable<Float32Array>;
}

/**
 * Sets every weight of a model. Names are those of generated code: `a.0.b1x1.conv.batchnorm/beta`, as `inceptc weights
 * convert` writes them. All names and shapes are checked before the first weight changes; one layer is read at a time.
 *
 * @throws Error naming the tensors that are missing, that the model has no place for, or whose shape is another
 */
export async function loadWeights(
  model: tf.LayersModel,
  tensors: Iterable<NamedWeights>,
): Promise<void> {
  const byName = new Map([...tensors].map((tensor) => [tensor.name, tensor]));
  const layers = model.layers.filter(({ weights }) => weights.length > 0);
  const slots = new Map(
    layers.map((layer) => [
      layer,
      layer.weights.map(({ name, shape }) => slotOf(layer, name, shape)),
    ]),
  );
  const problems = findProblems([...slots.values()].flat(), byName);
  if (problems.length > 0) {
    const shown = problems.slice(0, 5).join("; ");
    const more = problems.length > 5 ? `; and ${problems.length - 5} more` : "";
    throw new Error(`the weights do not fit ${model.name}: ${shown}${more}`);
  }
  for (const [layer, own] of slots) {
    const values: tf.Tensor[] = [];
    try {
      for (const { name, shape } of own) {
        const tensor = byName.get(name);
        if (tensor !== undefined)
          values.push(tf.tensor(await readAll(tensor), [...shape], "float32"));
      }
      layer.setWeights(values);
    } finally {
      tf.dispose(values);
    }
  }
}

interface Slot {
  readonly name: string;
  readonly shape: readonly number[];
}

/** tfjs names a variable `layer/tensor`, and numbers it where a name was taken before. */
function slotOf(layer: tf.layers.Layer, name: string, shape: readonly (number | null)[]): Slot {
  const own = name.slice(name.lastIndexOf("/") + 1).replace(/_\d+$/, "");
  return { name: `${layer.name}/${own}`, shape: shape.map((side) => side ?? 0) };
}

function findProblems(
  slots: readonly Slot[],
  byName: ReadonlyMap<string, NamedWeights>,
): readonly string[] {
  const known = new Set(slots.map(({ name }) => name));
  const unknown = [...byName.keys()].filter((name) => !known.has(name));
  return [
    ...slots.flatMap(({ name, shape }) => {
      const tensor = byName.get(name);
      if (tensor === undefined) return [`\`${name}\` is missing`];
      const fits = tf.util.arraysEqual([...tensor.shape], [...shape]);
      return fits
        ? []
        : [`\`${name}\` is ${tensor.shape.join("×")} and should be ${shape.join("×")}`];
    }),
    ...unknown.map((name) => `the model has no \`${name}\``),
  ];
}

async function readAll({ shape, read }: NamedWeights): Promise<Float32Array> {
  const values = new Float32Array(tf.util.sizeFromShape([...shape]));
  let filled = 0;
  for await (const piece of read()) {
    values.set(piece, filled);
    filled += piece.length;
  }
  return values;
}
