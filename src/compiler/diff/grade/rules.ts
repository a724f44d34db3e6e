/** Lists every kind of difference that can be found, with a stable name, a class and a title. */
import type { FindingClass } from "./classes.ts";

/** What users see of it: what the author wrote (modules, counts, constants), or the operators that come of it. */
export type RuleScope = "source" | "graph";

export interface Rule {
  readonly class: FindingClass;
  readonly scope: RuleScope;
  /** What changed, before the values. */
  readonly title: string;
  readonly doc: string;
}

function rule(of: FindingClass, scope: RuleScope, title: string, doc: string): Rule {
  return { class: of, scope, title, doc };
}

/** A rule's name is never given to another rule: approvals and filters hold it. */
export const DIFF_RULES = {
  "network-added": rule("interface", "source", "network added", "There is no network in base."),
  "network-removed": rule("interface", "source", "network removed", "There is no network in head."),
  "input-shape-changed": rule(
    "interface",
    "source",
    "input",
    "The network takes pictures of another size or of other channels.",
  ),
  "input-range-changed": rule(
    "interface",
    "source",
    "preprocessing",
    "Pixels are mapped to other numbers: range, mean, std or standardization.",
  ),
  "output-shape-changed": rule(
    "interface",
    "graph",
    "output",
    "An output has another shape, such as another number of classes.",
  ),
  "output-order-changed": rule(
    "interface",
    "graph",
    "order of the output's channels",
    "The output's channels come in another order, and no layer after them could put them right.",
  ),
  "output-added": rule(
    "interface",
    "graph",
    "output added",
    "The network has one output more: prediction gives a longer list.",
  ),
  "output-removed": rule(
    "interface",
    "graph",
    "output removed",
    "The network no longer has an output.",
  ),
  "output-renamed": rule(
    "interface",
    "graph",
    "name of the output",
    "The layer that makes an output has another name.",
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
    "The same layer under another name; weights are found by name.",
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
    "A block of layers with weights under another name.",
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
    "Branches are concatenated in another order, which permutes the input channels of the layers after them.",
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
    "A block with weights is repeated more or less often.",
  ),
  "filters-changed": rule(
    "weights",
    "graph",
    "output channels",
    "A layer has another number of output channels.",
  ),
  "kernel-changed": rule("weights", "graph", "kernel", "A convolution has another window."),
  "kernel-order-changed": rule(
    "weights",
    "source",
    "order of kernels",
    "Convolutions that follow one another have their kernels in another order.",
  ),
  "groups-changed": rule("weights", "graph", "groups", "A convolution is split into other groups."),
  "multiplier-changed": rule(
    "weights",
    "graph",
    "depth multiplier",
    "A depthwise convolution has another number of kernels for each channel.",
  ),
  "input-channels-changed": rule(
    "weights",
    "graph",
    "weights of another shape",
    "A layer stayed as it is, and its weights have another shape because what comes in has.",
  ),
  "bias-added": rule(
    "weights",
    "graph",
    "bias added",
    "A layer has a bias that base does not have; 0 is exact for it.",
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
    "A layer is followed by batch normalization that base does not have.",
  ),
  "norm-removed": rule(
    "weights",
    "graph",
    "normalization removed",
    "A layer is no longer followed by batch normalization.",
  ),
  "norm-gamma-added": rule(
    "weights",
    "graph",
    "batchnorm gamma added",
    "Batch normalization has a scale that base does not have; 1 is exact for it.",
  ),
  "norm-gamma-removed": rule(
    "weights",
    "graph",
    "batchnorm gamma removed",
    "Batch normalization no longer has a scale; it can be folded into the kernel before and the moving mean.",
  ),
  "norm-beta-added": rule(
    "weights",
    "graph",
    "batchnorm beta added",
    "Batch normalization has an offset that base does not have; 0 is exact for it.",
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
    "Another part of the picture is kept, or it is resized otherwise.",
  ),
  "module-replaced": rule(
    "numerics",
    "source",
    "module",
    "Another module, with other contents, stands in a block's place.",
  ),
  "residual-scale-changed": rule(
    "numerics",
    "source",
    "residual scale",
    "A residual's body is multiplied by another number.",
  ),
  "stride-changed": rule("numerics", "graph", "stride", "A window moves by another step."),
  "padding-changed": rule(
    "numerics",
    "graph",
    "padding",
    "Another border is put around a picture.",
  ),
  "dilation-changed": rule(
    "numerics",
    "graph",
    "dilation",
    "A window takes samples at another distance.",
  ),
  "window-changed": rule("numerics", "graph", "window", "A pool has another window."),
  "pool-border-changed": rule(
    "numerics",
    "graph",
    "padding counts in the mean",
    "Average pooling takes the zeros of the padding for part of the picture, or no longer does.",
  ),
  "activation-changed": rule(
    "numerics",
    "graph",
    "activation",
    "A layer is followed by another activation, by none or by one where there was none.",
  ),
  "norm-epsilon-changed": rule(
    "numerics",
    "graph",
    "epsilon",
    "A normalization adds another number before it divides.",
  ),
  "attribute-changed": rule(
    "numerics",
    "graph",
    "attribute",
    "Another attribute of an operator without effect on weights.",
  ),
  "join-changed": rule(
    "numerics",
    "source",
    "join",
    "Branches are summed where they were concatenated, or the other way round.",
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
    "The same step stands before or after others than it did.",
  ),
  "step-count-changed": rule(
    "numerics",
    "source",
    "repeats of a step",
    "A block without weights is repeated more or less often.",
  ),
  "scope-added": rule(
    "numerics",
    "source",
    "block put around layers",
    "Layers that were there lie in a residual, gate, join or other block that base does not have.",
  ),
  "scope-removed": rule(
    "numerics",
    "source",
    "block around layers removed",
    "Layers no longer lie in a residual, gate, join or other block that base has.",
  ),

  "resolution-changed": rule(
    "cost",
    "graph",
    "resolution",
    "The same layers work on pictures of another size.",
  ),
  "dropout-changed": rule(
    "cost",
    "graph",
    "dropout",
    "Dropout has another rate, was added or was removed; it acts in training only.",
  ),
  "norm-momentum-changed": rule(
    "cost",
    "graph",
    "batchnorm momentum",
    "Running statistics move at another pace; it acts in training only.",
  ),

  "network-renamed": rule(
    "cosmetic",
    "source",
    "name of the network",
    "The network has another name.",
  ),
  "module-renamed": rule(
    "cosmetic",
    "source",
    "name of the module",
    "A module has another name and the same contents.",
  ),
  "argument-changed": rule(
    "cosmetic",
    "source",
    "arguments",
    "A module is given other arguments; what comes of them is found by itself.",
  ),
  "parameter-changed": rule(
    "cosmetic",
    "source",
    "parameter",
    "A parameter of the network was added, or has another value; what comes of it is found by itself.",
  ),
  "step-renamed": rule(
    "cosmetic",
    "graph",
    "step renamed",
    "An operator or block without weights has another name.",
  ),
  "term-order-changed": rule(
    "cosmetic",
    "source",
    "order of terms",
    "Branches are summed in another order.",
  ),
  "factor-changed": rule(
    "cosmetic",
    "source",
    "kernel of the factorization",
    "A chain of convolutions is said to stand for another kernel; its parts are found by themselves.",
  ),
  "identity-changed": rule("cosmetic", "graph", "identity", "An identity was added or removed."),
  "budget-changed": rule("cosmetic", "source", "budget", "The network is held to another limit."),
} as const satisfies Readonly<Record<string, Rule>>;

export type DiffRuleId = keyof typeof DIFF_RULES;

export const DIFF_RULE_IDS: readonly string[] = Object.keys(DIFF_RULES);

export function isDiffRuleId(id: string): id is DiffRuleId {
  return Object.hasOwn(DIFF_RULES, id);
}

/** Differences of names alone. */
export const NAME_RULES: ReadonlySet<DiffRuleId> = new Set<DiffRuleId>([
  "layer-renamed",
  "block-renamed",
  "step-renamed",
  "module-renamed",
  "network-renamed",
  "output-renamed",
]);
