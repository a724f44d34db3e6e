/** Finds for every tensor of a network the one of a checkpoint, and says what is missing, too much, or of another shape. */
import type { LayerGraph } from "../../compiler/ir/layer-graph.ts";
import type { Checkpoint, StoredTensor } from "../checkpoint.ts";
import { isSameOrder } from "../layout.ts";
import { type NamedTensor, nameTensors } from "../names/name-tensors.ts";
import type { Naming } from "../names/naming.ts";
import { NAMING_STYLES, type NamingStyle } from "../names/naming-style.ts";
import type {
  CheckpointFit,
  FitStep,
  FitVerdict,
  ShapeMismatch,
  TensorFit,
} from "./checkpoint-fit.ts";
import { nameCheckpoint } from "./checkpoint-names.ts";

/** Compares names and shapes; `readFitted` reads the values. */
export function fitCheckpoint(
  graph: LayerGraph,
  naming: Naming,
  { tensors }: Pick<Checkpoint, "tensors">,
): CheckpointFit {
  const { byName, ignored } = nameCheckpoint(tensors, naming.style);
  const unplaced = new Map(byName);
  const fits: TensorFit[] = [];
  const absent: NamedTensor[] = [];
  const mismatched: ShapeMismatch[] = [];
  for (const named of nameTensors(graph, naming)) {
    const { storedName } = named;
    const stored = storedName === undefined ? undefined : byName.get(storedName);
    if (storedName === undefined || stored === undefined) {
      absent.push(named);
      continue;
    }
    unplaced.delete(storedName);
    const steps = stepsBetween(named, stored);
    if (steps === undefined) mismatched.push({ named, stored });
    else fits.push({ named, stored, steps });
  }
  const folded = foldBiases(fits, unplaced, NAMING_STYLES[naming.style]);
  const { filled, missing } = fillConstants(absent, folded);
  const isUnused = (name: string) => naming.unused.some((start) => name.startsWith(start));
  const unused = [...unplaced].filter(([name]) => isUnused(name)).map(([, stored]) => stored);
  const extra = [...unplaced].filter(([name]) => !isUnused(name)).map(([, stored]) => stored);
  const all = [...folded, ...filled];
  const isComplete = missing.length === 0 && mismatched.length === 0 && extra.length === 0;
  return {
    verdict: verdictOf(all, isComplete),
    fits: all,
    missing,
    mismatched,
    extra,
    ignored: [...ignored, ...unused],
  };
}

function verdictOf(fits: readonly TensorFit[], isComplete: boolean): FitVerdict {
  if (fits.length === 0) return "none";
  if (!isComplete) return "partial";
  return fits.every(({ steps }) => steps.length === 0) ? "full" : "permuted";
}

/**
 * Fills what a whole checkpoint does without, by the constant that changes nothing. Where some layers have their gamma, one
 * that is missing is a fault.
 */
function fillConstants(absent: readonly NamedTensor[], fits: readonly TensorFit[]) {
  const present = new Set(
    fits.map(({ named: { layer, tensor } }) => `${layer.kind} ${tensor.name}`),
  );
  const filled: TensorFit[] = [];
  const missing: NamedTensor[] = [];
  for (const named of absent) {
    const { layer, tensor } = named;
    const step = layer.kind === "batch_norm" ? CONSTANTS[tensor.name] : undefined;
    const isAbsentEverywhere = present.size > 0 && !present.has(`${layer.kind} ${tensor.name}`);
    if (step === undefined || !isAbsentEverywhere) missing.push(named);
    else filled.push({ named, stored: undefined, steps: [step] });
  }
  return { filled, missing };
}

const CONSTANTS: Readonly<Record<string, FitStep>> = {
  gamma: "gamma-of-ones",
  beta: "beta-of-zeros",
};

/** Takes biases of convolutions that have none here, and are followed by normalization, into its moving mean. */
function foldBiases(
  fits: readonly TensorFit[],
  unplaced: Map<string, StoredTensor>,
  { separator, tensorNames }: NamingStyle,
): readonly TensorFit[] {
  const kernels = new Map(
    fits.flatMap(({ named }) =>
      named.tensor.axes.length > 1 ? [[named.layer.id, named] as const] : [],
    ),
  );
  return fits.map((fit) => {
    const { layer, tensor } = fit.named;
    const kernel = kernels.get(layer.inputs[0] ?? -1);
    if (tensor.name !== "moving_mean" || kernel?.storedName === undefined) return fit;
    const module = kernel.storedName.slice(0, kernel.storedName.lastIndexOf(separator));
    const name = module + separator + (tensorNames.bias ?? "bias");
    const bias = unplaced.get(name);
    if (bias === undefined || !equal(bias.shape, tensor.shape)) return fit;
    unplaced.delete(name);
    return { ...fit, bias, steps: [...fit.steps, "bias-folded"] };
  });
}

/** Undefined where the shapes do not fit. */
function stepsBetween(
  { layout, tensor }: NamedTensor,
  stored: StoredTensor,
): readonly FitStep[] | undefined {
  const steps: FitStep[] = isSameOrder(layout) ? [] : ["transposed"];
  if (equal(stored.shape, layout.shape)) return steps;
  if (equal(withoutOnes(stored.shape), withoutOnes(layout.shape))) return [...steps, "reshaped"];
  const classes = tensor.axes.indexOf("out");
  const withBackground = layout.shape.with(layout.order.indexOf(classes), CLASSES + 1);
  const isClassifier = tensor.shape[classes] === CLASSES;
  if (!isClassifier || !equal(withoutOnes(stored.shape), withoutOnes(withBackground)))
    return undefined;
  return [...steps, "background-dropped"];
}

/** Classes of ImageNet. TF-slim's published checkpoints count them from 1, with the background at 0. */
const CLASSES = 1000;

function withoutOnes(shape: readonly number[]): readonly number[] {
  return shape.filter((side) => side !== 1);
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((side, index) => side === b[index]);
}
