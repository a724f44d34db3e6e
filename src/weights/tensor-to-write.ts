/** What writers of checkpoints take: tensors whose values come in pieces. */
import type { StoredTensor } from "./checkpoint.ts";

/** A tensor to write: as it would be read, of any type. */
export type TensorToWrite = Pick<StoredTensor, "name" | "shape" | "read">;
