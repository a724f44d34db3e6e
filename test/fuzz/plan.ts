/**
 * Plans of random networks: trees of choices without text or sizes, which shrink well; `write-plan.ts` writes them out.
 */
import fc from "fast-check";

/** What a step does; sizes that do not fit its place are adjusted when the plan is written. */
export type StepPlan =
  | {
      readonly kind: "conv" | "sepconv";
      readonly kernel: readonly [number, number];
      readonly filters: number;
      readonly stride: 1 | 2;
      readonly isValid: boolean;
      readonly tail: string;
    }
  | {
      readonly kind: "dwconv";
      readonly kernel: readonly [number, number];
      readonly stride: 1 | 2;
      readonly mult: 1 | 2;
    }
  | {
      readonly kind: "pool";
      readonly operator: "maxpool" | "avgpool";
      readonly size: 2 | 3;
      readonly stride: 1 | 2;
      readonly isValid: boolean;
    }
  | { readonly kind: "plain"; readonly operator: string }
  | { readonly kind: "pad"; readonly size: 1 | 2 }
  | { readonly kind: "upsample" }
  | { readonly kind: "factor"; readonly filters: number; readonly isSplit: boolean }
  | {
      readonly kind: "concat";
      readonly branches: readonly Chain[];
      readonly isLabelled: boolean;
      readonly isReduction: boolean;
    }
  | { readonly kind: "sum"; readonly branches: readonly Chain[]; readonly filters: number }
  | {
      readonly kind: "residual";
      readonly body: Chain;
      readonly scale: number | undefined;
      /** Filters of a shortcut; without one the body ends with `project`. */
      readonly shortcut: number | undefined;
      readonly isReduction: boolean;
    }
  | { readonly kind: "gate"; readonly body: Chain }
  | { readonly kind: "repeat"; readonly count: number; readonly body: Chain }
  | { readonly kind: "indexed"; readonly count: number; readonly filters: number }
  | {
      readonly kind: "if";
      readonly chosen: number;
      readonly bodies: readonly Chain[];
      readonly hasElse: boolean;
    }
  | { readonly kind: "block"; readonly body: Chain }
  | { readonly kind: "aux"; readonly body: Chain }
  | { readonly kind: "call"; readonly module: number; readonly filters: number };

export type Chain = readonly StepPlan[];

export interface ModulePlan {
  readonly body: Chain;
  /** Begins with a convolution that has as many filters as the caller says. */
  readonly hasParameter: boolean;
  /** Begins, without a parameter, with a convolution whose filters are computed from the sizes that come in. */
  readonly readsSizes: boolean;
  readonly defaults: string | undefined;
}

export type EditPlan =
  | { readonly kind: "width"; readonly factor: number; readonly round: number | undefined }
  | { readonly kind: "set"; readonly classes: number }
  | { readonly kind: "input"; readonly scale: 1 | 2 }
  | { readonly kind: "defaults"; readonly text: string }
  | { readonly kind: "insert"; readonly at: number; readonly side: "after" | "before" }
  | { readonly kind: "replace"; readonly at: number; readonly filters: number }
  | { readonly kind: "use"; readonly replacement: number; readonly replaced: number };

export interface NetworkPlan {
  readonly side: number;
  readonly channels: number;
  readonly modules: readonly ModulePlan[];
  readonly statements: readonly { readonly chain: Chain; readonly isAsserted: boolean }[];
  readonly head: "pool" | "flatten" | "none";
  readonly classes: number;
  readonly edits: readonly EditPlan[];
}

const filters = fc.integer({ min: 1, max: 12 });
const stride = fc.constantFrom<1 | 2>(1, 2);
const kernel = fc.constantFrom<readonly [number, number]>(
  [1, 1],
  [3, 3],
  [5, 5],
  [1, 3],
  [3, 1],
  [2, 2],
);
const PLAIN = [
  "identity",
  "batchnorm",
  "dropout 0.1",
  "relu",
  "relu6",
  "elu",
  "leaky_relu 0.2",
  "silu",
  "gelu",
  "sigmoid",
  "tanh",
  "hard_sigmoid",
  "hard_swish",
  "softmax",
];
const TAILS = ["", "linear", "norm=none", "bias", "act=elu norm=none bias=false", "fixed=true"];

/** Steps of one line. */
const leaf: fc.Arbitrary<StepPlan> = fc.oneof(
  fc.record({
    kind: fc.constantFrom<"conv" | "sepconv">("conv", "conv", "conv", "sepconv"),
    kernel,
    filters,
    stride,
    isValid: fc.boolean(),
    tail: fc.constantFrom(...TAILS),
  }),
  fc.record({
    kind: fc.constant("dwconv" as const),
    kernel,
    stride,
    mult: fc.constantFrom<1 | 2>(1, 2),
  }),
  fc.record({
    kind: fc.constant("pool" as const),
    operator: fc.constantFrom<"maxpool" | "avgpool">("maxpool", "avgpool"),
    size: fc.constantFrom<2 | 3>(2, 3),
    stride,
    isValid: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("plain" as const), operator: fc.constantFrom(...PLAIN) }),
  fc.record({ kind: fc.constant("pad" as const), size: fc.constantFrom<1 | 2>(1, 2) }),
  fc.constant<StepPlan>({ kind: "upsample" }),
  fc.record({ kind: fc.constant("factor" as const), filters, isSplit: fc.boolean() }),
  fc.record({ kind: fc.constant("call" as const), module: fc.nat(3), filters }),
);

/** Steps with steps inside, `depth` deep. */
function steps(depth: number): fc.Arbitrary<StepPlan> {
  if (depth === 0) return leaf;
  const chain = fc.array(steps(depth - 1), { minLength: 1, maxLength: 3 });
  const branches = fc.array(chain, { minLength: 1, maxLength: 3 });
  const nested: fc.Arbitrary<StepPlan> = fc.oneof(
    fc.record({
      kind: fc.constant("concat" as const),
      branches,
      isLabelled: fc.boolean(),
      isReduction: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("sum" as const), branches, filters }),
    fc.record({
      kind: fc.constant("residual" as const),
      body: chain,
      scale: fc.option(fc.constantFrom(0.1, 0.17, 0.5), { nil: undefined }),
      shortcut: fc.option(filters, { nil: undefined }),
      isReduction: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("gate" as const), body: chain }),
    fc.record({
      kind: fc.constant("repeat" as const),
      count: fc.integer({ min: 0, max: 3 }),
      body: chain,
    }),
    fc.record({
      kind: fc.constant("indexed" as const),
      count: fc.integer({ min: 1, max: 4 }),
      filters,
    }),
    fc.record({
      kind: fc.constant("if" as const),
      chosen: fc.nat(3),
      bodies: branches,
      hasElse: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("block" as const), body: chain }),
    fc.record({ kind: fc.constant("aux" as const), body: chain }),
  );
  return fc.oneof({ weight: 2, arbitrary: leaf }, { weight: 1, arbitrary: nested });
}

const edit: fc.Arbitrary<EditPlan> = fc.oneof(
  fc.record({
    kind: fc.constant("width" as const),
    factor: fc.constantFrom(0.25, 0.5, 1.5, 2),
    round: fc.option(fc.constantFrom(1, 4, 8), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant("set" as const), classes: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant("input" as const), scale: fc.constantFrom<1 | 2>(1, 2) }),
  fc.record({
    kind: fc.constant("defaults" as const),
    text: fc.constantFrom("conv(act=silu)", "conv(norm=none)", "batchnorm(eps=0.01, gamma=false)"),
  }),
  fc.record({
    kind: fc.constant("insert" as const),
    at: fc.nat(5),
    side: fc.constantFrom<"after" | "before">("after", "before"),
  }),
  fc.record({ kind: fc.constant("replace" as const), at: fc.nat(5), filters }),
  fc.record({ kind: fc.constant("use" as const), replacement: fc.nat(3), replaced: fc.nat(3) }),
);

export interface PlanOptions {
  /** Longest side of the input in pixels. */
  readonly maxSide: number;
  /** Deepest nesting of steps. */
  readonly depth: number;
  readonly maxStatements: number;
  readonly maxEdits: number;
}

export function arbitraryPlan(options: PlanOptions): fc.Arbitrary<NetworkPlan> {
  const { maxSide, depth, maxStatements, maxEdits } = options;
  const module = fc.record({
    body: fc.array(steps(Math.max(0, depth - 1)), { minLength: 1, maxLength: 3 }),
    hasParameter: fc.boolean(),
    readsSizes: fc.boolean(),
    defaults: fc.option(fc.constantFrom("conv(norm=none)", "conv(act=elu)"), { nil: undefined }),
  });
  return fc.record({
    side: fc.integer({ min: Math.min(8, maxSide), max: maxSide }),
    channels: fc.integer({ min: 1, max: 4 }),
    modules: fc.array(module, { maxLength: 3 }),
    statements: fc.array(
      fc.record({
        chain: fc.array(steps(depth), { minLength: 1, maxLength: 3 }),
        isAsserted: fc.boolean(),
      }),
      { minLength: 1, maxLength: maxStatements },
    ),
    head: fc.constantFrom<"pool" | "flatten" | "none">("pool", "flatten", "none"),
    classes: fc.integer({ min: 1, max: 20 }),
    edits: fc.array(edit, { maxLength: maxEdits }),
  });
}
