/** A checkpoint's tensors under the names and in the layout of generated code. */
import type { TensorToWrite } from "../tensor-to-write.ts";
import type { CheckpointFit } from "./checkpoint-fit.ts";
import { readFitted } from "./read-fitted.ts";

/** Those that fit, in the order of the network's layers; one at a time is in memory while they are read. */
export function fittedTensors({ fits }: CheckpointFit): readonly TensorToWrite[] {
  const inOrder = [...fits].sort((a, b) => a.named.layer.id - b.named.layer.id);
  return inOrder.map((fit) => ({
    name: fit.named.fullName,
    shape: fit.named.tensor.shape,
    async *read() {
      yield await readFitted(fit);
    },
  }));
}
