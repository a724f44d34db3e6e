/** Compares two uses of one operator: attributes, and weights whose shape follows from the surroundings. */
import type { OperatorNode } from "../../ir/architecture.ts";
import type { AttributeValue, Norm } from "../../ir/attributes.ts";
import type { AttributeChange } from "../../ops/operator.ts";
import { operatorNamed } from "../../ops/registry.ts";
import { formatValue } from "../../ops/written-form.ts";
import type { Pair } from "../align/alignment.ts";
import { type AddChange, type ChangeValue, placeOf } from "../change.ts";
import { checkpointTensors } from "../checkpoint-tensors.ts";
import type { Part } from "../part.ts";
import type { DiffRuleId } from "../rules.ts";

/** The rule for each meaning of a changed attribute; what depends on its value is in `ruleOf`. */
const RULES: Readonly<
  Record<
    Exclude<AttributeChange, "bias" | "gamma" | "beta" | "affine" | "norm" | "none">,
    DiffRuleId
  >
> = {
  filters: "filters-changed",
  kernel: "kernel-changed",
  groups: "groups-changed",
  multiplier: "multiplier-changed",
  window: "window-changed",
  stride: "stride-changed",
  padding: "padding-changed",
  dilation: "dilation-changed",
  "pool-border": "pool-border-changed",
  activation: "activation-changed",
  epsilon: "norm-epsilon-changed",
  numerics: "attribute-changed",
  momentum: "norm-momentum-changed",
  dropout: "dropout-changed",
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
    const { change, derived, appliesWhen = () => true, show, type } = definition;
    if (derived || change === "none") continue;
    // A pool over the whole picture has no stride, and is not given one where it gets a window.
    const applies = [former, node].filter(({ attributes }) => appliesWhen(attributes)).length;
    if (applies < (show ? 1 : 2)) continue;
    const read = ({ attributes }: OperatorNode): AttributeValue =>
      show ? show(attributes) : (attributes[name] ?? null);
    const [before, after] = [read(former), read(node)];
    if (isSame(before, after)) continue;
    if (type === "norm") compareNorms(asNorm(before), asNorm(after), name, report);
    else {
      const rule = ruleOf(change, after);
      const shown = (value: AttributeValue): ChangeValue =>
        rule === "attribute-changed" || change === "affine"
          ? `${name}=${formatValue(value)}`
          : toValue(value);
      report(rule, name, shown(before), shown(after));
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

function ruleOf(change: Exclude<AttributeChange, "none">, after: AttributeValue): DiffRuleId {
  switch (change) {
    case "bias":
      return after === true ? "bias-added" : "bias-removed";
    case "gamma":
      return after === true ? "norm-gamma-added" : "norm-gamma-removed";
    case "beta":
      return after === true ? "norm-beta-added" : "norm-beta-removed";
    case "affine":
      return after === true ? "norm-part-added" : "norm-part-removed";
    case "norm":
      return after === null ? "norm-removed" : "norm-added";
    default:
      return RULES[change];
  }
}

function compareNorms(
  before: Norm | null,
  after: Norm | null,
  attribute: string,
  report: (rule: DiffRuleId, attribute: string, before: ChangeValue, after: ChangeValue) => void,
): void {
  if (before === null || after === null) {
    const rule = before === null ? "norm-added" : "norm-removed";
    report(rule, attribute, before && formatValue(before), after && formatValue(after));
    return;
  }
  if (before.kind !== after.kind) {
    report("norm-kind-changed", attribute, formatValue(before), formatValue(after));
    return;
  }
  if (before.kind === "group" && after.kind === "group" && before.groups !== after.groups) {
    const groups = [before, after].map((norm) => `groups=${norm.groups}`);
    report("attribute-changed", attribute, groups[0] ?? null, groups[1] ?? null);
  }
  if (before.eps !== after.eps) report("norm-epsilon-changed", attribute, before.eps, after.eps);
  if (before.kind === "batch" && after.kind === "batch" && before.momentum !== after.momentum) {
    report("norm-momentum-changed", attribute, before.momentum, after.momentum);
  }
  for (const part of ["gamma", "beta"] as const) {
    if (before[part] === after[part]) continue;
    const change = after.kind === "batch" ? part : "affine";
    const shown = (has: boolean): ChangeValue => (change === part ? has : `${part}=${has}`);
    report(ruleOf(change, after[part]), attribute, shown(before[part]), shown(after[part]));
  }
}

function asNorm(value: AttributeValue): Norm | null {
  return value !== null && typeof value === "object" && "kind" in value ? value : null;
}

function toValue(value: AttributeValue): ChangeValue {
  return value !== null && typeof value === "object" ? formatValue(value) : value;
}

function isSame(a: AttributeValue, b: AttributeValue): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Reports the first tensor whose shape differs: the others have the same cause. */
function compareWeightShapes(base: Part, head: Part, add: AddChange): void {
  const before = new Map(checkpointTensors(base).map(({ key, shape }) => [key, shape]));
  for (const { key, shape } of checkpointTensors(head)) {
    const former = before.get(key);
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
