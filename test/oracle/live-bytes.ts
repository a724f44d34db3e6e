/** Measures the peak of tensor bytes alive while something runs on a real backend. */
import * as tf from "@tensorflow/tfjs";

const BYTES_PER_NUMBER = 4;

/**
 * Bytes of the tensors that `run` makes and that are alive at the same time, at most: also of those that a layer makes for
 * itself alone. Tensors that were there before are not counted. `tf.memory().numBytes` would count a tensor that was
 * reshaped or cloned as if it had numbers of its own; here numbers are counted once, whoever shares them.
 */
export function peakBytesOf(run: () => void): number {
  const engine = tf.engine();
  const bytes = new Map<object, number>();
  let alive = 0;
  let peak = 0;
  const track = engine.trackTensor.bind(engine);
  const remove = engine.removeDataId.bind(engine);
  engine.trackTensor = (tensor, backend) => {
    const before = tf.memory().numDataBuffers;
    track(tensor, backend);
    if (tf.memory().numDataBuffers === before) return;
    bytes.set(tensor.dataId, tensor.size * BYTES_PER_NUMBER);
    alive += tensor.size * BYTES_PER_NUMBER;
    peak = Math.max(peak, alive);
  };
  engine.removeDataId = (dataId, backend) => {
    remove(dataId, backend);
    alive -= bytes.get(dataId) ?? 0;
    bytes.delete(dataId);
  };
  try {
    run();
    return peak;
  } finally {
    engine.trackTensor = track;
    engine.removeDataId = remove;
  }
}
