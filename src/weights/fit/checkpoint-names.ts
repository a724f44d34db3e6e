/** Names of a checkpoint in the form that rules give them: without what depends on the session that saved it. */
import type { StoredTensor } from "../checkpoint.ts";
import { NAMING_STYLES, type NamingStyle, type NamingStyleName } from "../names/naming-style.ts";

/** The tensors of a checkpoint by their names under a style, and those that belong to no network. */
export interface NamedCheckpoint {
  readonly byName: ReadonlyMap<string, StoredTensor>;
  /** Counters and optimizer state, which inference does not read. */
  readonly ignored: readonly StoredTensor[];
}

/** Of training: PyTorch's counters, TensorFlow's step and the slots of its optimizers. */
const TRAINING_STATE =
  /(^|[./])num_batches_tracked$|^global_step$|\/(Momentum|RMSProp(_1)?|Adam(_1)?|ExponentialMovingAverage)$|^(optimizer|optimizer_weights|iteration)([./]|$)/;

/** A wrapper's prefix that every name of a PyTorch checkpoint may have. */
const WRAPPERS = ["module.", "model.", "net.", "_orig_mod."];

export function nameCheckpoint(
  tensors: readonly StoredTensor[],
  style: NamingStyleName,
): NamedCheckpoint {
  const ignored = tensors.filter(({ name }) => TRAINING_STATE.test(name));
  const own = tensors.filter(({ name }) => !TRAINING_STATE.test(name));
  const names = own.map(({ name }) => name.replace(/:0$/, ""));
  const { autoNames }: NamingStyle = NAMING_STYLES[style];
  const plain =
    style === "pytorch" ? withoutWrapper(names) : autoNames ? renumber(names, autoNames) : names;
  const byName = new Map(own.map((tensor, index) => [plain[index] ?? tensor.name, tensor]));
  return { byName, ignored };
}

function withoutWrapper(names: readonly string[]): readonly string[] {
  const wrapper = WRAPPERS.find((prefix) => names.every((name) => name.startsWith(prefix)));
  return wrapper === undefined || names.length === 0
    ? names
    : withoutWrapper(names.map((name) => name.slice(wrapper.length)));
}

/** Counts Keras' automatic names from nothing: `conv2d_95` of a session's second model, or Keras 2's `conv2d_1`. */
function renumber(
  names: readonly string[],
  autoNames: Readonly<Record<string, string>>,
): readonly string[] {
  const classes = new Map(Object.values(autoNames).map((name) => [name, new Set<number>()]));
  const parsed = names.map((name) => {
    const [, className = "", number = "", rest = ""] = /^(.*?)(?:_(\d+))?(\/.*)$/.exec(name) ?? [];
    const numbers = classes.get(className);
    numbers?.add(Number(number));
    return numbers && { className, number: Number(number), rest };
  });
  const ranks = new Map(
    [...classes].map(([className, numbers]) => [
      className,
      new Map([...numbers].sort((a, b) => a - b).map((number, rank) => [number, rank])),
    ]),
  );
  return names.map((name, index) => {
    const own = parsed[index];
    if (own === undefined) return name;
    const rank = ranks.get(own.className)?.get(own.number) ?? 0;
    return own.className + (rank === 0 ? "" : `_${rank}`) + own.rest;
  });
}
