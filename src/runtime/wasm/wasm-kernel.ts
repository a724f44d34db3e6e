/** Typed registration of kernels on the wasm backend, with access to tensors and to the stock kernels. */
import * as tf from "@tensorflow/tfjs";

/** What tfjs passes to a kernel, with the names of its inputs and its attributes known. */
export interface KernelCall<Input extends string, Attributes> {
  /** Borrowed: the kernel must not free them. */
  readonly inputs: Readonly<Record<Input, tf.TensorInfo>>;
  readonly attributes: Attributes;
  readonly backend: tf.KernelBackend;
}

/** One kernel, under the name that tfjs looks it up by. */
export interface WasmKernel<Input extends string, Attributes> {
  readonly name: string;
  /** Makes the result, which belongs to tfjs from then on. */
  readonly run: (call: KernelCall<Input, Attributes>) => tf.TensorInfo;
}

/** Registers a kernel on the wasm backend, in the place of the stock one where there is one. */
export function registerWasmKernel<Input extends string, Attributes>(
  kernel: WasmKernel<Input, Attributes>,
): void {
  const stock: tf.KernelConfig | undefined = tf.getKernel(kernel.name, "wasm");
  if (stock !== undefined) tf.unregisterKernel(kernel.name, "wasm");
  tf.registerKernel({
    ...stock,
    kernelName: kernel.name,
    backendName: "wasm",
    // tfjs stores kernels of all signatures under one type; the operation that names this kernel passes what it asks for.
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel.run({
        inputs: inputs as KernelCall<Input, Attributes>["inputs"],
        attributes: attrs as Attributes,
        backend: backend as tf.KernelBackend,
      }),
  });
}

/** Runs a stock kernel of the wasm backend inside one of ours. */
export type RunStockKernel = (
  name: string,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  attributes: tf.NamedAttrMap,
) => tf.TensorInfo;

/**
 * Builds a result out of stock kernels and frees all that they made but the result. `own` registers one more tensor to
 * be freed with them.
 */
export function composeKernels(
  backend: tf.KernelBackend,
  build: (run: RunStockKernel, own: (tensor: tf.TensorInfo) => tf.TensorInfo) => tf.TensorInfo,
): tf.TensorInfo {
  const made: tf.TensorInfo[] = [];
  let result: tf.TensorInfo | undefined;
  const own = (tensor: tf.TensorInfo): tf.TensorInfo => {
    made.push(tensor);
    return tensor;
  };
  const run: RunStockKernel = (name, inputs, attributes) => {
    const { kernelFunc } = tf.getKernel(name, "wasm");
    const output = kernelFunc({ inputs: { ...inputs }, attrs: attributes, backend });
    if (Array.isArray(output)) throw new Error(`kernel ${name} has more than one output`);
    return own(output);
  };
  try {
    result = build(run, own);
    return result;
  } finally {
    for (const tensor of made) if (tensor !== result) backend.disposeData(tensor.dataId);
  }
}

/** A copy of a float32 tensor's values. */
export function readFloats(backend: tf.KernelBackend, tensor: tf.TensorInfo): Float32Array {
  const values = backend.readSync(tensor.dataId);
  if (values instanceof Float32Array) return values;
  throw new Error(`a gradient is taken of float32 tensors, not of ${tensor.dtype}`);
}

/** A new float32 tensor with these values. */
export function makeFloats(
  backend: tf.KernelBackend,
  shape: readonly number[],
  values: Float32Array,
): tf.TensorInfo {
  return {
    dataId: backend.write(values, [...shape], "float32"),
    shape: [...shape],
    dtype: "float32",
  };
}
