/** What the comparison of a network with a checkpoint says of every tensor on either side. */
import type { StoredTensor } from "../checkpoint.ts";
import type { NamedTensor } from "../names/name-tensors.ts";

/** What a tensor goes through on its way into the network, beside being read. */
export const FIT_STEPS = {
  transposed: "axes reordered",
  reshaped: "axes of size 1 left out",
  "background-dropped": "the background class, number 0, left out",
  "gamma-of-ones": "gamma filled with ones, which changes nothing",
  "beta-of-zeros": "beta filled with zeros, which changes nothing",
  "bias-folded":
    "a bias before normalization subtracted from the moving mean, which changes nothing",
} as const;

export type FitStep = keyof typeof FIT_STEPS;

/** A tensor of the network that the checkpoint gives; `stored` is undefined for one that a constant fills exactly. */
export interface TensorFit {
  readonly named: NamedTensor;
  readonly stored: StoredTensor | undefined;
  readonly steps: readonly FitStep[];
  /** The bias that the checkpoint adds before this moving mean is subtracted. */
  readonly bias?: StoredTensor;
}

/** A tensor whose counterpart has another shape; `shape` is what the layout asks for in the file. */
export interface ShapeMismatch {
  readonly named: NamedTensor;
  readonly stored: StoredTensor;
}

/**
 * `full`: every tensor is there as it is; `permuted`: also after a step that changes nothing of the function; `partial`:
 * some are; `none`: none is.
 */
export type FitVerdict = "full" | "permuted" | "partial" | "none";

export interface CheckpointFit {
  readonly verdict: FitVerdict;
  readonly fits: readonly TensorFit[];
  readonly missing: readonly NamedTensor[];
  readonly mismatched: readonly ShapeMismatch[];
  /** Tensors of the checkpoint that the network has no place for: it may be another network's. */
  readonly extra: readonly StoredTensor[];
  /** Counters, optimizer state, and what the naming says this network leaves out, such as auxiliary heads. */
  readonly ignored: readonly StoredTensor[];
}
