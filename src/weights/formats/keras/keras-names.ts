/**
 * Names the tensors of Keras' files: `layer/weight`, such as `conv2d_1/kernel`; of a model inside of a model,
 * `inner/conv2d_1/kernel`.
 *
 * All three formats of Keras give the same names for the same model.
 */

/**
 * Of a layer in a legacy file. The scope of its weights is not always its name (the classifier of the published
 * Inception-v3 is `predictions`, and its kernel `predictions_1/kernel:0`), and may be inside of the model's. Other scopes
 * are those of layers in the layer.
 */
export function legacyNames(layer: string, weights: readonly string[]): readonly string[] {
  const plain = weights.map((weight) => weight.replace(/:\d+$/, ""));
  if (plain.every((weight) => weight.startsWith(`${layer}/`))) return plain;
  const names = plain.map((weight) => {
    const parts = weight.split("/");
    const own = parts.slice(0, -1).findIndex((part) => isScopeOf(layer, part));
    return [layer, ...parts.slice(own + 1)].join("/");
  });
  const areDistinct = new Set(names).size === names.length;
  return areDistinct ? names : plain.map((weight) => `${layer}/${weight}`);
}

/** Keras numbers a scope that there is already. */
function isScopeOf(layer: string, scope: string): boolean {
  return (
    scope === layer ||
    (scope.startsWith(`${layer}_`) && /^\d+$/.test(scope.slice(layer.length + 1)))
  );
}

const BATCH_NORMALIZATION: Readonly<Record<number, readonly string[]>> = {
  2: ["moving_mean", "moving_variance"],
  3: ["beta", "moving_mean", "moving_variance"],
  4: ["gamma", "beta", "moving_mean", "moving_variance"],
};

const KERNEL = ["kernel", "bias"];

/** The weights of a layer in the order in which its class makes them; the last may be left out. */
const WEIGHTS: Readonly<Record<string, readonly string[]>> = {
  conv1d: KERNEL,
  conv2d: KERNEL,
  conv3d: KERNEL,
  conv2d_transpose: KERNEL,
  depthwise_conv2d: KERNEL,
  dense: KERNEL,
  separable_conv2d: ["depthwise_kernel", "pointwise_kernel", "bias"],
  p_re_lu: ["alpha"],
  embedding: ["embeddings"],
  normalization: ["mean", "variance", "count"],
  layer_normalization: ["gamma", "beta"],
  group_normalization: ["gamma", "beta"],
};

/**
 * Of `count` weights of a layer of Keras 3, whose files number them. `group` is the layer's group, named by class and
 * place among the layers of that class. Three weights of a batch normalization are those of one without gamma: one without
 * beta has as many, and no published network has that. Weights of other classes keep their numbers.
 */
export function keras3WeightNames(group: string, count: number): readonly string[] {
  const kind = group.replace(/_\d+$/, "");
  const numbers = Array.from({ length: count }, (_, index) => String(index));
  if (kind === "batch_normalization") return BATCH_NORMALIZATION[count] ?? numbers;
  const known = Object.hasOwn(WEIGHTS, kind) ? WEIGHTS[kind] : undefined;
  return known !== undefined && count <= known.length ? known.slice(0, count) : numbers;
}
