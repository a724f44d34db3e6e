/**
 * Makes batch normalisation without gamma or beta trainable in `tf.layers`, without new weights or other results.
 *
 * Why it is needed and why it is done this way: docs/decisions/0001-batchnorm-without-gamma.md.
 */
import * as tf from "@tensorflow/tfjs";

/**
 * Gives every batch normalisation of `model` that was built with `scale: false` or `center: false` the constant that
 * `tf.layers` reads in a training step: ones for gamma, zeros for beta. They are made at each read and freed with the step.
 *
 * A constant is no weight: `weights`, `countParams()` and saved files stay what they are in Keras. It is not saved
 * either, so call this on a model that comes from `tf.loadLayersModel` before training it. Calling it twice does no harm.
 *
 * @returns the same model
 */
export function makeBatchNormTrainable<Model extends tf.LayersModel>(model: Model): Model {
  for (const layer of model.layers) {
    if (layer instanceof tf.LayersModel) makeBatchNormTrainable(layer);
    if (layer.getClassName() !== "BatchNormalization") continue;
    const { scale, center } = layer.getConfig();
    // Every weight of the layer, its moving mean among them, has the shape [C] that gamma and beta would have.
    const shape = () => layer.weights[0]?.shape.map(Number) ?? [];
    if (scale === false) Object.assign(layer, { gamma: { read: () => tf.ones(shape()) } });
    if (center === false) Object.assign(layer, { beta: { read: () => tf.zeros(shape()) } });
  }
  return model;
}
