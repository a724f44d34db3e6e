/** Finds the state dict in what was pickled, and its tensors by name. */
import { CheckpointError } from "../../checkpoint-error.ts";
import { PickleDict, PickleList, PickleTuple, type PickleValue } from "./pickle-value.ts";
import { TorchTensor } from "./torch-values.ts";

/** Where training programs keep the state dict among what else they save. */
const STATE_DICT_KEYS = ["state_dict", "model_state_dict", "model", "module", "net"];

/** A dictionary can contain another one many times, which would be as many names. */
const MAX_NAMES = 200_000;
const MAX_DEPTH = 16;

export interface StateDict {
  /** In the order of the file; names of dictionaries in dictionaries are joined by `.`, others stay as they are. */
  readonly tensors: ReadonlyMap<string, TorchTensor>;
  /** Numbers and texts beside the tensors. */
  readonly metadata: Readonly<Record<string, string>>;
}

export function findStateDict(file: string, root: PickleValue): StateDict {
  const metadata = new Map<string, string>();
  let dict = root;
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const inner = innerStateDict(dict);
    if (inner === undefined) break;
    if (dict instanceof PickleDict) noteScalars(dict, metadata);
    dict = inner;
  }
  const tensors = new Map<string, TorchTensor>();
  if (dict instanceof PickleDict) {
    noteScalars(dict, metadata);
    collectTensors(file, dict, tensors);
  }
  if (tensors.size === 0) {
    throw new CheckpointError(
      { file },
      `holds ${describe(dict)}, and no tensors by name`,
      "save model.state_dict() in Python",
    );
  }
  return { tensors, metadata: Object.fromEntries(metadata) };
}

function innerStateDict(dict: PickleValue): PickleDict | undefined {
  if (!(dict instanceof PickleDict)) return undefined;
  for (const value of dict.entries.values()) if (value instanceof TorchTensor) return undefined;
  for (const key of STATE_DICT_KEYS) {
    const value = dict.entries.get(key);
    if (value instanceof PickleDict) return value;
  }
  return undefined;
}

function noteScalars(dict: PickleDict, metadata: Map<string, string>): void {
  for (const [key, value] of dict.entries) {
    if (["string", "number", "bigint", "boolean"].includes(typeof value)) {
      metadata.set(String(key), String(value));
    }
  }
}

/** Adds all tensors of a dictionary, and of those in it. */
function collectTensors(file: string, root: PickleDict, tensors: Map<string, TorchTensor>): void {
  let visited = 0;
  const visit = (dict: PickleDict, prefix: string, depth: number): void => {
    if (depth > MAX_DEPTH) {
      throw new CheckpointError({ file }, `has more than ${MAX_DEPTH} dictionaries in each other`);
    }
    for (const [key, value] of dict.entries) {
      visited += 1;
      if (visited > MAX_NAMES) {
        throw new CheckpointError({ file }, `has more than ${MAX_NAMES} names`);
      }
      const name = prefix + String(key);
      if (value instanceof PickleDict) visit(value, `${name}.`, depth + 1);
      if (!(value instanceof TorchTensor)) continue;
      if (tensors.has(name)) throw new CheckpointError({ file, tensor: name }, "is there twice");
      tensors.set(name, value);
    }
  };
  visit(root, "", 0);
}

function describe(value: PickleValue): string {
  if (value instanceof PickleDict) {
    const keys = [...value.entries.keys()].slice(0, 8).map((key) => JSON.stringify(String(key)));
    return keys.length === 0 ? "an empty dictionary" : `a dictionary of ${keys.join(", ")}`;
  }
  if (value instanceof PickleList || value instanceof PickleTuple) return "a list";
  return value instanceof TorchTensor ? "a single tensor" : "a value";
}
