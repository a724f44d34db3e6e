/** Lists all operators and finds them by name, including the names that other frameworks use. */
import { assert } from "../core/assert.ts";
import type { NearestNames } from "../diagnostics/nearest-name.ts";
import { avgpool } from "./avgpool.ts";
import { batchnorm } from "./batchnorm.ts";
import { conv } from "./conv.ts";
import { deconv } from "./deconv.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { dwconv } from "./dwconv.ts";
import { elu } from "./elu.ts";
import { flatten } from "./flatten.ts";
import { gelu } from "./gelu.ts";
import { globalavgpool } from "./globalavgpool.ts";
import { globalmaxpool } from "./globalmaxpool.ts";
import { groupnorm } from "./groupnorm.ts";
import { hardSigmoid } from "./hard-sigmoid.ts";
import { hardSwish } from "./hard-swish.ts";
import { identity } from "./identity.ts";
import { l2norm } from "./l2norm.ts";
import { layerScale } from "./layer-scale.ts";
import { layernorm } from "./layernorm.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { lrn } from "./lrn.ts";
import { maxpool } from "./maxpool.ts";
import type { OperatorDefinition } from "./operator.ts";
import { pad } from "./pad.ts";
import { prelu } from "./prelu.ts";
import { project } from "./project.ts";
import { relu } from "./relu.ts";
import { relu6 } from "./relu6.ts";
import { sepconv } from "./sepconv.ts";
import { shuffle } from "./shuffle.ts";
import { sigmoid } from "./sigmoid.ts";
import { silu } from "./silu.ts";
import { softmax } from "./softmax.ts";
import { tanh } from "./tanh.ts";
import { upsample } from "./upsample.ts";

/** Every operator of the language with its own attribute type, in the order in which help lists them. */
export const operators = {
  conv,
  project,
  dwconv,
  sepconv,
  deconv,
  dense,
  maxpool,
  avgpool,
  globalavgpool,
  globalmaxpool,
  batchnorm,
  layernorm,
  groupnorm,
  dropout,
  flatten,
  identity,
  pad,
  upsample,
  shuffle,
  l2norm,
  lrn,
  layer_scale: layerScale,
  relu,
  relu6,
  elu,
  leaky_relu: leakyRelu,
  prelu,
  silu,
  gelu,
  sigmoid,
  tanh,
  hard_sigmoid: hardSigmoid,
  hard_swish: hardSwish,
  softmax,
} as const;

const byName: ReadonlyMap<string, OperatorDefinition> = new Map<string, OperatorDefinition>(
  Object.entries(operators),
);

export const OPERATOR_NAMES: readonly string[] = [...byName.keys()];

/** The words that some operator takes for `attribute=value`: `valid`, `linear` … */
export const FLAG_NAMES: readonly string[] = [
  ...new Set([...byName.values()].flatMap(({ flags }) => Object.keys(flags))),
];

/** The operator that the language calls `name`. */
export function findOperator(name: string): OperatorDefinition | undefined {
  return byName.get(name);
}

/** The operator that `norm=word` on another one stands for. */
export function normCalled(word: string): OperatorDefinition | undefined {
  return [...byName.values()].find(({ norm }) => norm === word);
}

/** What the parts of a `factor` are uses of. */
export const factorPart = conv;

/** Something with a name of its own, and with names elsewhere. */
interface Named {
  readonly alsoCalled?: readonly string[];
  readonly resembles?: readonly string[];
}

/** The attributes of `operator` that other frameworks call `name`. */
export function attributesCalled({ attributes }: OperatorDefinition, name: string): NearestNames {
  return namesCalled(Object.keys(attributes), (one) => attributes[one], name);
}

/** The operators that other frameworks call `name`. */
export function operatorsCalled(name: string): NearestNames {
  return namesCalled(OPERATOR_NAMES, (one) => byName.get(one), name);
}

/** Those that are exactly what is called so elsewhere, or else those that are often the same. */
function namesCalled(
  known: readonly string[],
  find: (name: string) => Named | undefined,
  name: string,
): NearestNames {
  const wanted = plain(name);
  const includesName = (names: readonly string[] = []): boolean =>
    names.some((one) => plain(one) === wanted);
  const exact = known.filter((one) => includesName([one, ...(find(one)?.alsoCalled ?? [])]));
  if (exact.length === 1) return { names: exact, applicability: "safe" };
  const similar = known.filter((one) => includesName(find(one)?.resembles));
  return { names: [...exact, ...similar], applicability: "suggested" };
}

/** Case and underscores make no difference. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

/** The operator of a node that was elaborated, and so must be in the list. */
export function operatorNamed(name: string): OperatorDefinition {
  const operator = byName.get(name);
  assert(operator !== undefined, `\`${name}\` is an operator`);
  return operator;
}
