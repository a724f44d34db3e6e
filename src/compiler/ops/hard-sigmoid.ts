/** Defines `hard_sigmoid`: a sigmoid approximated by three straight lines. */
import { defineActivation, type NoAttributes } from "./activation.ts";

export const hardSigmoid = defineActivation<NoAttributes>(
  "hard_sigmoid",
  "min(max(x + 3, 0), 6) / 6, as in PyTorch and Keras 3; Keras 2 and tf.layers use a different function of this name.",
  [],
  {},
);
