/**
 * The package's `./weights` entry: reads and writes checkpoints, in Node and in browsers; opens no files by itself.
 *
 * @module inceptc/weights
 */
export {
  type ByteSource,
  bytesInMemory,
  bytesOfBlob,
  type CheckpointFiles,
  filesInMemory,
  singleFile,
} from "./byte-source.ts";
export {
  CHECKPOINT_FORMATS,
  type Checkpoint,
  type CheckpointFormat,
  readValues,
  type StoredTensor,
  storedBytes,
  valueCount,
} from "./checkpoint.ts";
export { CheckpointError, type CheckpointPlace } from "./checkpoint-error.ts";
export {
  type CheckpointFit,
  FIT_STEPS,
  type FitStep,
  type FitVerdict,
  type ShapeMismatch,
  type TensorFit,
} from "./fit/checkpoint-fit.ts";
export { fitCheckpoint } from "./fit/fit-checkpoint.ts";
export { fittedTensors } from "./fit/fitted-tensors.ts";
export { readFitted } from "./fit/read-fitted.ts";
export { writeKeras3 } from "./formats/keras/write-keras-3.ts";
export { writeKerasH5 } from "./formats/keras/write-keras-h5.ts";
export { writeNpz } from "./formats/npz/write-npz.ts";
export { writeSafetensors } from "./formats/safetensors/write-safetensors.ts";
export { type NamedTensor, nameTensors } from "./names/name-tensors.ts";
export { type Naming, parseNamings } from "./names/naming.ts";
export type { NamingStyleName } from "./names/naming-style.ts";
export { openCheckpoint } from "./open-checkpoint.ts";
export { STORED_TYPES, type StoredType, type WrittenType } from "./stored-type.ts";
export type { TensorToWrite } from "./tensor-to-write.ts";
