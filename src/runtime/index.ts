/**
 * The package's `./runtime` entry: what generated code and its users may import beside tfjs, in Node and in a browser.
 * Saving to files is in `./runtime/node`, since only Node has files.
 *
 * @module inceptc/runtime
 */
export {
  type BackendChoice,
  type LoadBackendOptions,
  type LoadedBackend,
  loadBackend,
} from "./load-backend.ts";
export { loadWeights, type NamedWeights } from "./load-weights.ts";
export { type PreprocessSpec, preprocess, type RgbaPicture } from "./preprocess.ts";
export { makeBatchNormTrainable } from "./trainable-batch-norm.ts";
export { registerWasmTrainingKernels } from "./wasm/register-wasm-training-kernels.ts";
