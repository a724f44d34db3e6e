/** Compares two uses of one operator: attributes, and weights whose shape follows from the surroundings. */
import type { OperatorNode } from "../../ir/architecture.ts";
import type { AttributeValue, BatchNorm } from "../../ir/attributes.ts";
import { operatorNamed } from "../../ops/registry.ts";
import { formatValue } from "../../ops/written-form.ts";
import type { Pair } from "../align/alignment.ts";
import { type AddChange, type ChangeValue, placeOf } from "../change.ts";
import type { Part } from "../part.ts";
import type { DiffRuleId } from "../rules.ts";

/** Rules by attribute, for every operator; attributes that are not named are without effect on weights. */
const RULE_OF_ATTRIBUTE: Readonly<Record<string, DiffRuleId>> = {
  filters: "filters-changed",
  units: "filters-changed",
  mult: "multiplier-changed",
  groups: "groups-changed",
  stride: "stride-changed",
  pad: "padding-changed",
  dilation: "dilation-changed",
  count_pad: "pool-border-changed",
  act: "activation-changed",
  rate: "dropout-changed",
  eps: "norm-epsilon-changed",
  momentum: "norm-momentum-changed",
};

/** `isReordered` says that another kernel follows from an order of kernels that was found. */
export function compareOperators({ base, head }: Pair, isReordered: boolean, add: AddChange): void {
  const { node: former } = base;
  const { node } = head;
  if (former.kind !== "operator" || node.kind !== "operator") return;
  let reshapesWeights = false;
  const report = (
    rule: DiffRuleId,
    attribute: string,
    before: ChangeValue,
    after: ChangeValue,
  ): void => {
    if (RESHAPING.has(rule)) reshapesWeights = true;
    add({
      rule,
      base: placeOf(base, former.attributeSpans[attribute]),
      head: placeOf(head, node.attributeSpans[attribute]),
      before,
      after,
      ...(isReordered && rule === "kernel-changed" ? { isConsequence: true } : {}),
    });
  };
  const definitions = operatorNamed(node.operator).attributes;
  for (const [name, definition] of Object.entries(definitions)) {
    if (definition.derived || isWithoutEffect(name, node)) continue;
    const before = former.attributes[name] ?? null;
    const after = node.attributes[name] ?? null;
    if (isSame(before, after)) continue;
    if (definition.type === "norm") compareNorms(asNorm(before), asNorm(after), name, report);
    else if (name === "global") report("window-changed", name, windowOf(former), windowOf(node));
    else if (former.attributes.global !== true && node.attributes.global !== true) {
      const rule = ruleOf(name, node, after);
      const show = (value: AttributeValue): ChangeValue =>
        rule === "attribute-changed" ? `${name}=${formatValue(value)}` : toValue(value);
      report(rule, name, show(before), show(after));
    }
  }
  if (!reshapesWeights) compareWeightShapes(base, head, add);
}

/** Rules that explain why a layer's tensors have other shapes. */
const RESHAPING: ReadonlySet<DiffRuleId> = new Set<DiffRuleId>([
  "filters-changed",
  "kernel-changed",
  "groups-changed",
  "multiplier-changed",
]);

/** A pool over the whole picture has no window, stride or padding of its own. */
function windowOf({ attributes }: OperatorNode): ChangeValue {
  return attributes.global === true ? "global" : toValue(attributes.kernel ?? null);
}

/** Whether the attribute changes nothing in the network that is built. */
function isWithoutEffect(name: string, { attributes }: OperatorNode): boolean {
  if (name === "fixed") return true;
  return name === "slope" && "act" in attributes && attributes.act !== "leaky_relu";
}

function ruleOf(name: string, node: OperatorNode, after: AttributeValue): DiffRuleId {
  const { family } = operatorNamed(node.operator);
  if (name === "kernel") return family === "pooling" ? "window-changed" : "kernel-changed";
  if (name === "bias") return after === true ? "bias-added" : "bias-removed";
  if (name === "gamma") return after === true ? "norm-gamma-added" : "norm-gamma-removed";
  if (name === "beta") return after === true ? "norm-beta-added" : "norm-beta-removed";
  if (node.operator === "pad") return "padding-changed";
  if (family !== "normalization" && (name === "eps" || name === "momentum")) {
    return "attribute-changed";
  }
  return RULE_OF_ATTRIBUTE[name] ?? "attribute-changed";
}

function compareNorms(
  before: BatchNorm | null,
  after: BatchNorm | null,
  attribute: string,
  report: (rule: DiffRuleId, attribute: string, before: ChangeValue, after: ChangeValue) => void,
): void {
  if (before === null || after === null) {
    const rule = before === null ? "norm-added" : "norm-removed";
    report(rule, attribute, before && formatValue(before), after && formatValue(after));
    return;
  }
  if (before.eps !== after.eps) report("norm-epsilon-changed", attribute, before.eps, after.eps);
  if (before.momentum !== after.momentum) {
    report("norm-momentum-changed", attribute, before.momentum, after.momentum);
  }
  if (before.gamma !== after.gamma) {
    const rule = after.gamma ? "norm-gamma-added" : "norm-gamma-removed";
    report(rule, attribute, before.gamma, after.gamma);
  }
  if (before.beta !== after.beta) {
    const rule = after.beta ? "norm-beta-added" : "norm-beta-removed";
    report(rule, attribute, before.beta, after.beta);
  }
}

function asNorm(value: AttributeValue): BatchNorm | null {
  return value !== null && typeof value === "object" && "eps" in value ? value : null;
}

function toValue(value: AttributeValue): ChangeValue {
  return value !== null && typeof value === "object" ? formatValue(value) : value;
}

function isSame(a: AttributeValue, b: AttributeValue): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Reports the first tensor whose shape differs: the others have the same cause. */
function compareWeightShapes(base: Part, head: Part, add: AddChange): void {
  const before = new Map(weightsOf(base).map(({ layer, name, shape }) => [layer + name, shape]));
  for (const { layer, name, shape } of weightsOf(head)) {
    const former = before.get(layer + name);
    if (!former || former.join() === shape.join()) continue;
    const sides = { base: placeOf(base), head: placeOf(head) };
    add({
      rule: "input-channels-changed",
      ...sides,
      before: former,
      after: shape,
      isConsequence: true,
    });
    return;
  }
}

function weightsOf({
  node,
  shaped,
}: Part): ReturnType<ReturnType<typeof operatorNamed>["weights"]> {
  if (node.kind !== "operator") return [];
  return operatorNamed(node.operator).weights(node.attributes, shaped.input);
}
