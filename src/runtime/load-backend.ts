/** Starts the best available tfjs backend in Node and says why it was chosen; it installs nothing. */
import * as tf from "@tensorflow/tfjs";
import { registerWasmTrainingKernels } from "./wasm/register-wasm-training-kernels.ts";

/** A backend by the name of the package that brings it. */
export type BackendChoice = "tfjs-node" | "wasm" | "cpu";

export interface LoadBackendOptions {
  /** The backends to try, the preferred one first. Default: `["tfjs-node", "wasm", "cpu"]`. */
  readonly prefer?: readonly BackendChoice[];
  /**
   * Whether gradients will be taken: registers the training kernels that the wasm backend lacks. Default: false. The cpu
   * backend trains as it is, slowly, and shares out the gradient of average pooling wrongly at the edges of `same` padding.
   */
  readonly training?: boolean;
  /**
   * Imports the package of a backend. Default: `import(name)`. Pass your own where a bundler has to see the names, or where
   * the packages are installed beside your code and not beside this one.
   */
  readonly importPackage?: (name: string) => Promise<unknown>;
}

export interface LoadedBackend {
  readonly choice: BackendChoice;
  /** What runs and why, as one sentence to print: `wasm 4.22.0 (tfjs-node cannot be loaded: ...)`. */
  readonly reason: string;
}

/** Kept from the type checker and from bundlers: both packages are optional. */
const PACKAGES: Readonly<Record<Exclude<BackendChoice, "cpu">, string>> = {
  "tfjs-node": "@tensorflow/tfjs-node",
  wasm: "@tensorflow/tfjs-backend-wasm",
};

const REPAIRS: Readonly<Record<BackendChoice, string>> = {
  "tfjs-node":
    "install it with npm install @tensorflow/tfjs-node, or with npm run setup:tfjs-node in a checkout of inceptc",
  wasm: "install it with npm install @tensorflow/tfjs-backend-wasm",
  cpu: "",
};

/**
 * Starts the first backend of `prefer` that can be loaded and makes it the current one.
 *
 * @throws Error naming each backend that was tried and its cause, where none can be loaded
 */
export async function loadBackend(options: LoadBackendOptions = {}): Promise<LoadedBackend> {
  const { prefer = ["tfjs-node", "wasm", "cpu"], importPackage = (name) => import(name) } = options;
  const refusals: string[] = [];
  for (const choice of prefer) {
    const cause = await start(choice, importPackage);
    if (cause !== undefined) {
      const repair = REPAIRS[choice];
      refusals.push(`${choice} cannot be loaded: ${cause}${repair && `; ${repair}`}`);
      continue;
    }
    if (choice === "wasm" && options.training === true) registerWasmTrainingKernels();
    const why = refusals.length > 0 ? ` (${refusals.join("; ")})` : "";
    return { choice, reason: `${choice} ${tf.version["tfjs-core"]}${why}` };
  }
  throw new Error(`no backend could be started: ${refusals.join("; ")}`);
}

/** Loads and selects a backend; returns undefined, or the cause in one line. */
async function start(
  choice: BackendChoice,
  importPackage: (name: string) => Promise<unknown>,
): Promise<string | undefined> {
  try {
    if (choice === "tfjs-node") prepareForTfjsNode();
    if (choice !== "cpu") await importPackage(PACKAGES[choice]);
    const started = await tf.setBackend(choice === "tfjs-node" ? "tensorflow" : choice);
    return started ? undefined : "it did not start";
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.split("\n")[0]?.trim() || "no cause was given";
  }
}

/**
 * tfjs-node 4.22 calls `util.isNullOrUndefined` and `util.isArray`, which Node 23 removed; TensorFlow logs at its
 * most talkative level unless an environment variable says otherwise.
 */
function prepareForTfjsNode(): void {
  const util = process.getBuiltinModule("node:util");
  const removed = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  };
  for (const [name, replacement] of Object.entries(removed)) {
    if (!(name in util)) Object.assign(util, { [name]: replacement });
  }
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
}
