/** The form of a counting convention: a weight for each primitive operation, summed into one number. */
import { PRIMITIVE_NAMES, type Primitives } from "../../ops/primitives.ts";

/** How much one of each primitive counts; one that is not listed counts nothing. */
export type PrimitiveWeights = Partial<Primitives>;

export interface Convention {
  readonly name: string;
  /** What its number is called. */
  readonly word: "MACs" | "FLOPs" | "mult-adds" | "flops";
  /** Whose number it is and what is special about it, in one sentence. */
  readonly doc: string;
  readonly weights: PrimitiveWeights;
  /**
   * Whether the tool goes by classes that it knows: in a class that fuses normalization and activation, such as timm's
   * `BatchNormAct2d`, it does not count the normalization. Our number is that of plain layers.
   */
  readonly missesFusedNorm?: true;
}

/** Groups of primitives that can be counted beside multiply-adds. */
export const COUNT_GROUPS = {
  bias: ["convBiasAdds", "denseBiasAdds"],
  norm: [
    "batchNormElements",
    "layerNormElements",
    "groupNormElements",
    "l2NormElements",
    "lrnElements",
    "lrnWindowElements",
  ],
  act: ["reluElements", "otherActivationElements"],
  pool: [
    "maxPoolWindowElements",
    "maxPoolOutputElements",
    "avgPoolWindowElements",
    "globalPoolInputElements",
  ],
  add: ["scaleMuls", "joinAdds"],
  resample: ["resampleElements"],
} as const satisfies Readonly<Record<string, readonly (keyof Primitives)[]>>;

export type CountGroup = keyof typeof COUNT_GROUPS;

/** The number that the convention gives. */
export function countOperations({ weights }: Convention, primitives: Primitives): number {
  return PRIMITIVE_NAMES.reduce((all, name) => all + (weights[name] ?? 0) * primitives[name], 0);
}

/** The number that the tool prints for code whose normalization and activation are one class. */
export function countWithFusedNorm(convention: Convention, primitives: Primitives): number {
  const seen = convention.missesFusedNorm
    ? { ...primitives, batchNormElements: 0, batchNormChannels: 0 }
    : primitives;
  return countOperations(convention, seen);
}

/** The convention that also counts the groups, each operation as `rule` weighs it. */
export function alsoCounting(
  convention: Convention,
  groups: readonly CountGroup[],
  rule: Convention,
): Convention {
  const names = groups.flatMap((group): readonly (keyof Primitives)[] => COUNT_GROUPS[group]);
  const added = Object.fromEntries(names.map((name) => [name, rule.weights[name] ?? 0]));
  return { ...convention, weights: { ...convention.weights, ...added } };
}
