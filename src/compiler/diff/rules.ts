/** Lists every kind of difference that can be found, with a stable name, a class and a title. */
import { changesFunction, type FindingClass } from "./classes.ts";

/** The level at which users see it: what the author wrote (modules, counts, constants), or the resulting operators. */
export type RuleScope = "source" | "graph";

export interface Rule {
  readonly class: FindingClass;
  readonly scope: RuleScope;
  /** What changed, shown before the values. */
  readonly title: string;
  readonly doc: string;
}

function rule(of: FindingClass, scope: RuleScope, title: string, doc: string): Rule {
  return { class: of, scope, title, doc };
}

/** A rule's name is never reused for a different rule: approvals and filters refer to it. */
export const DIFF_RULES = {
  "network-added": rule("interface", "source", "network added", "Base has no such network."),
  "network-removed": rule("interface", "source", "network removed", "Head has no such network."),
  "input-shape-changed": rule(
    "interface",
    "source",
    "input",
    "The network takes pictures of a different size or with different channels.",
  ),
  "input-range-changed": rule(
    "interface",
    "source",
    "preprocessing",
    "Pixels are mapped to different numbers: range, mean, std or standardization.",
  ),
  "output-shape-changed": rule(
    "interface",
    "graph",
    "output",
    "An output has a different shape, such as a different number of classes.",
  ),
  "output-order-changed": rule(
    "interface",
    "graph",
    "order of the output's channels",
    "The output's channels are in a different order, and no later layer can reorder them.",
  ),
  "output-added": rule(
    "interface",
    "graph",
    "output added",
    "The network has an additional output: prediction returns a longer list.",
  ),
  "output-removed": rule(
    "interface",
    "graph",
    "output removed",
    "The network no longer has an output.",
  ),
  "outputs-reordered": rule(
    "interface",
    "graph",
    "order of the outputs",
    "Prediction returns the same outputs in a list of another order.",
  ),
  "output-renamed": rule(
    "interface",
    "graph",
    "name of the output",
    "The layer that produces an output has a different name.",
  ),
  "option-removed": rule(
    "interface",
    "source",
    "option removed",
    "Generated code no longer takes a parameter.",
  ),

  "layer-added": rule(
    "weights",
    "graph",
    "layer added",
    "A layer with weights that base does not have.",
  ),
  "layer-removed": rule(
    "weights",
    "graph",
    "layer removed",
    "A layer with weights that head does not have.",
  ),
  "layer-renamed": rule(
    "weights",
    "graph",
    "layer renamed",
    "The same layer under a different name; weights are looked up by name.",
  ),
  "block-added": rule(
    "weights",
    "source",
    "block added",
    "A block with weights that base does not have.",
  ),
  "block-removed": rule(
    "weights",
    "source",
    "block removed",
    "A block with weights that head does not have.",
  ),
  "block-renamed": rule(
    "weights",
    "source",
    "block renamed",
    "A block of layers with weights under a different name.",
  ),
  "branch-added": rule(
    "weights",
    "source",
    "branch added",
    "A branch with weights that base does not have.",
  ),
  "branch-removed": rule(
    "weights",
    "source",
    "branch removed",
    "A branch with weights that head does not have.",
  ),
  "branch-order-changed": rule(
    "weights",
    "source",
    "order of branches",
    "Branches are concatenated in a different order, which permutes the input channels of the layers after them.",
  ),
  "channel-order-changed": rule(
    "weights",
    "graph",
    "order of channels",
    "A layer reads the same channels in a different order; its weights fit once they are permuted.",
  ),
  "shortcut-added": rule(
    "weights",
    "source",
    "shortcut added",
    "A residual's shortcut has layers with weights that base does not have.",
  ),
  "shortcut-removed": rule(
    "weights",
    "source",
    "shortcut removed",
    "A residual's shortcut no longer has layers with weights.",
  ),
  "repeat-count-changed": rule(
    "weights",
    "source",
    "repeats",
    "The repeat count of a block with weights differs.",
  ),
  "filters-changed": rule(
    "weights",
    "graph",
    "output channels",
    "A layer has a different number of output channels.",
  ),
  "kernel-changed": rule("weights", "graph", "kernel", "A convolution has a different window."),
  "kernel-order-changed": rule(
    "weights",
    "source",
    "order of kernels",
    "Consecutive convolutions have their kernels in a different order.",
  ),
  "groups-changed": rule(
    "weights",
    "graph",
    "groups",
    "A convolution has a different number of groups.",
  ),
  "multiplier-changed": rule(
    "weights",
    "graph",
    "depth multiplier",
    "A depthwise convolution has a different number of kernels per channel.",
  ),
  "input-channels-changed": rule(
    "weights",
    "graph",
    "weights of a different shape",
    "A layer is unchanged, but its weights have a different shape because its input has.",
  ),
  "bias-added": rule(
    "weights",
    "graph",
    "bias added",
    "A layer has a bias that base does not have; filling it with 0 is exact.",
  ),
  "bias-removed": rule(
    "weights",
    "graph",
    "bias removed",
    "A layer no longer has a bias; before batch normalization it can be folded.",
  ),
  "norm-added": rule(
    "weights",
    "graph",
    "normalization added",
    "A layer is followed by a normalization that base does not have.",
  ),
  "norm-removed": rule(
    "weights",
    "graph",
    "normalization removed",
    "A layer is no longer followed by a normalization.",
  ),
  "norm-kind-changed": rule(
    "weights",
    "graph",
    "kind of normalization",
    "A layer is followed by batch normalization instead of layer normalization, or the like.",
  ),
  "norm-part-added": rule(
    "weights",
    "graph",
    "scale or offset added",
    "Layer normalization has a scale or an offset that base does not have; filling it with 1 or 0 is exact.",
  ),
  "norm-part-removed": rule(
    "weights",
    "graph",
    "scale or offset removed",
    "Layer normalization no longer has its scale or its offset; it cannot be folded into the layers before it.",
  ),
  "norm-gamma-added": rule(
    "weights",
    "graph",
    "batchnorm gamma added",
    "Batch normalization has a scale that base does not have; filling it with 1 is exact.",
  ),
  "norm-gamma-removed": rule(
    "weights",
    "graph",
    "batchnorm gamma removed",
    "Batch normalization no longer has a scale; it can be folded into the preceding kernel and the moving mean.",
  ),
  "norm-beta-added": rule(
    "weights",
    "graph",
    "batchnorm beta added",
    "Batch normalization has an offset that base does not have; filling it with 0 is exact.",
  ),
  "norm-beta-removed": rule(
    "weights",
    "graph",
    "batchnorm beta removed",
    "Batch normalization no longer has an offset; it can be folded into the statistics.",
  ),

  "input-crop-changed": rule(
    "numerics",
    "source",
    "preprocessing",
    "The picture is cropped or resized differently.",
  ),
  "module-replaced": rule(
    "numerics",
    "source",
    "module",
    "A block uses a different module, with different contents.",
  ),
  "residual-scale-changed": rule(
    "numerics",
    "source",
    "residual scale",
    "A residual's body is multiplied by a different number.",
  ),
  "stride-changed": rule("numerics", "graph", "stride", "A window moves by a different step."),
  "padding-changed": rule("numerics", "graph", "padding", "A feature map is padded differently."),
  "dilation-changed": rule(
    "numerics",
    "graph",
    "dilation",
    "A window takes samples at a different distance.",
  ),
  "window-changed": rule("numerics", "graph", "window", "A pool has a different window."),
  "pool-border-changed": rule(
    "numerics",
    "graph",
    "padding counts in the mean",
    "Average pooling counts the zeros of the padding in the mean, or no longer does.",
  ),
  "activation-changed": rule(
    "numerics",
    "graph",
    "activation",
    "A layer is followed by a different activation, by none, or by one where there was none.",
  ),
  "norm-epsilon-changed": rule(
    "numerics",
    "graph",
    "epsilon",
    "A normalization adds a different number to the variance.",
  ),
  "attribute-changed": rule(
    "numerics",
    "graph",
    "attribute",
    "Some other attribute of an operator, without effect on weights.",
  ),
  "join-changed": rule(
    "numerics",
    "source",
    "join",
    "Branches are summed instead of concatenated, or get a share of the channels each instead of all, or the other way round.",
  ),
  "step-added": rule(
    "numerics",
    "graph",
    "step added",
    "An operator or block without weights that base does not have.",
  ),
  "step-removed": rule(
    "numerics",
    "graph",
    "step removed",
    "An operator or block without weights that head does not have.",
  ),
  "step-moved": rule(
    "numerics",
    "graph",
    "step moved",
    "The same step is in a different place among its neighbours.",
  ),
  "wiring-changed": rule(
    "numerics",
    "graph",
    "reads",
    "A layer, or an output of the network, reads a different tensor than in base.",
  ),
  "not-proved": rule(
    "unproved",
    "graph",
    "not proved that it reads the same",
    "Sums within sums, or a flattened map, are too large to be compared term by term; the layer may read another tensor.",
  ),
  "step-count-changed": rule(
    "numerics",
    "source",
    "repeats of a step",
    "The repeat count of a block without weights differs.",
  ),
  "scope-added": rule(
    "numerics",
    "source",
    "block added around layers",
    "Existing layers are inside a residual, gate, join or other block that base does not have.",
  ),
  "scope-removed": rule(
    "numerics",
    "source",
    "block around layers removed",
    "Layers are no longer inside a residual, gate, join or other block that base has.",
  ),

  "resolution-changed": rule(
    "cost",
    "graph",
    "resolution",
    "The same layers work on feature maps of a different size.",
  ),
  "dropout-changed": rule(
    "cost",
    "graph",
    "dropout",
    "Dropout, or that of a residual's body, has a different rate, was added or was removed; it only affects training.",
  ),
  "norm-momentum-changed": rule(
    "cost",
    "graph",
    "batchnorm momentum",
    "Running statistics move at a different rate; it only affects training.",
  ),

  "network-renamed": rule(
    "cosmetic",
    "source",
    "name of the network",
    "The network has a different name.",
  ),
  "module-renamed": rule(
    "cosmetic",
    "source",
    "name of the module",
    "A module has a different name and the same contents.",
  ),
  "argument-changed": rule(
    "cosmetic",
    "source",
    "arguments",
    "A module gets different arguments; their effects are separate findings.",
  ),
  "parameter-changed": rule(
    "cosmetic",
    "source",
    "parameter",
    "A parameter of the network was added or has a different value; its effects are separate findings.",
  ),
  "step-renamed": rule(
    "cosmetic",
    "graph",
    "step renamed",
    "An operator or block without weights has a different name.",
  ),
  "term-order-changed": rule(
    "cosmetic",
    "source",
    "order of terms",
    "Branches are summed in a different order.",
  ),
  "factor-changed": rule(
    "cosmetic",
    "source",
    "kernel of the factorization",
    "A chain of convolutions is declared to replace a different kernel; its parts are compared separately.",
  ),
  "identity-changed": rule("cosmetic", "graph", "identity", "An identity was added or removed."),
  "budget-changed": rule("cosmetic", "source", "budget", "The network has a different budget."),
} as const satisfies Readonly<Record<string, Rule>>;

export type DiffRuleId = keyof typeof DIFF_RULES;

export const DIFF_RULE_IDS: readonly string[] = Object.keys(DIFF_RULES);

export function isDiffRuleId(id: string): id is DiffRuleId {
  return Object.hasOwn(DIFF_RULES, id);
}

/** Differences in names only. */
export const NAME_RULES: ReadonlySet<DiffRuleId> = new Set<DiffRuleId>([
  "layer-renamed",
  "block-renamed",
  "step-renamed",
  "module-renamed",
  "network-renamed",
  "output-renamed",
]);

/** Whether a rule's findings say that something else is computed, and not only that something has another name. */
export function tellsOfFunction(rule: DiffRuleId): boolean {
  return changesFunction(DIFF_RULES[rule].class) && !NAME_RULES.has(rule);
}
