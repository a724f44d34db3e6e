/** Compares what users of the networks depend on: input, preprocessing, outputs, options, budgets. */
import { formatShape, writeSize } from "../../core/format-shape.ts";
import type { NetworkReport } from "../../cost/network-report.ts";
import type { Architecture, NetworkParameter } from "../../ir/architecture.ts";
import type { Alignment } from "../align/alignment.ts";
import type { AddChange, ChangePlace, ChangeValue } from "../change.ts";
import { indexByPath, type PartTree } from "../part.ts";
import type { DiffRuleId } from "../rules.ts";

/** One side, as far as users see it. */
export interface InterfaceSide {
  readonly architecture: Architecture;
  readonly tree: PartTree;
  readonly outputs: NetworkReport["outputs"];
}

export function compareInterface(
  base: InterfaceSide,
  head: InterfaceSide,
  alignment: Alignment,
  add: AddChange,
): void {
  const former = base.architecture;
  const { architecture } = head;
  const report = (rule: DiffRuleId, before: ChangeValue, after: ChangeValue, path = ""): void => {
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    add({ rule, base: wholeOf(former, path), head: wholeOf(architecture, path), before, after });
  };
  report("network-renamed", former.name, architecture.name);
  compareInput(former, architecture, add);
  report("input-range-changed", rangeText(former), rangeText(architecture));
  report("input-crop-changed", cropText(former), cropText(architecture));
  compareOutputs(base, head, alignment, add);
  compareParameters(former, architecture, report);
  report("budget-changed", budgetText(former), budgetText(architecture));
}

function wholeOf({ span }: Architecture, path: string): ChangePlace {
  return { path, pattern: path, span };
}

function compareInput(base: Architecture, head: Architecture, add: AddChange): void {
  const sides = {
    base: { path: "", pattern: "", span: base.inputSpan },
    head: { path: "", pattern: "", span: head.inputSpan },
  };
  const [before, after] = [formatShape(base.input), formatShape(head.input)];
  if (before !== after) add({ rule: "input-shape-changed", ...sides, before, after });
  const [size, newSize] = [base, head].map(({ input }) => formatShape(input.slice(0, 2)));
  if (base.input.length !== 3 || head.input.length !== 3 || size === newSize) return;
  add({
    rule: "resolution-changed",
    ...sides,
    before: size ?? null,
    after: newSize ?? null,
    isConsequence: true,
  });
}

function rangeText({ preprocess }: Architecture): string | null {
  if (!preprocess) return null;
  const { range, mean, std, standardize } = preprocess;
  const words = [`range=[${range.join(", ")}]`];
  if (mean) words.push(`mean=${mean.join("|")}`);
  if (std) words.push(`std=${std.join("|")}`);
  if (standardize) words.push("standardize");
  return words.join(" ");
}

function cropText({ preprocess }: Architecture): string | null {
  const words: string[] = [];
  if (preprocess?.crop !== undefined) words.push(`crop=${preprocess.crop}`);
  if (preprocess?.resize !== undefined) words.push(`resize=${preprocess.resize}`);
  return words.length === 0 ? null : words.join(" ");
}

/** The main outputs correspond to each other; auxiliary ones are matched by the heads that produce them. */
function compareOutputs(
  base: InterfaceSide,
  head: InterfaceSide,
  { pairOfBase, pairOfHead }: Alignment,
  add: AddChange,
): void {
  const baseParts = indexByPath(base.tree.root);
  const headParts = indexByPath(head.tree.root);
  const [main, ...heads] = head.outputs;
  const [formerMain, ...formerHeads] = base.outputs;
  const partners = heads.map((output) => {
    const part = headParts.get(output.name);
    const path = part && pairOfHead.get(part)?.base.path;
    return [formerHeads.find(({ name }) => name === path), output] as const;
  });
  for (const [former, output] of [[formerMain, main] as const, ...partners]) {
    if (!output) continue;
    const place = placeIn(head, headParts, output.name);
    const after = formatShape(output.shape);
    if (!former) add({ rule: "output-added", base: undefined, head: place, before: null, after });
    else {
      const sides = { base: placeIn(base, baseParts, former.name), head: place };
      const before = formatShape(former.shape);
      if (before !== after) add({ rule: "output-shape-changed", ...sides, before, after });
      if (former.name !== output.name) {
        add({ rule: "output-renamed", ...sides, before: former.name, after: output.name });
      }
    }
  }
  const order = partners.flatMap(([former]) => (former ? [formerHeads.indexOf(former)] : []));
  if (order.some((index, place) => index < (order[place - 1] ?? 0))) {
    const namesOf = (outputs: NetworkReport["outputs"]): string =>
      outputs.map(({ name }) => name).join(", ");
    add({
      rule: "outputs-reordered",
      base: placeIn(base, baseParts, ""),
      head: placeIn(head, headParts, ""),
      before: namesOf(formerHeads),
      after: namesOf(heads),
    });
  }
  for (const { name, shape } of formerHeads) {
    const part = baseParts.get(name);
    if (part && pairOfBase.has(part)) continue;
    const place = placeIn(base, baseParts, name);
    add({
      rule: "output-removed",
      base: place,
      head: undefined,
      before: formatShape(shape),
      after: null,
    });
  }
}

function placeIn(
  { architecture }: InterfaceSide,
  parts: ReturnType<typeof indexByPath>,
  path: string,
): ChangePlace {
  return { path, pattern: path, span: parts.get(path)?.node.span ?? architecture.span };
}

function compareParameters(
  base: Architecture,
  head: Architecture,
  report: (rule: DiffRuleId, before: ChangeValue, after: ChangeValue, path: string) => void,
): void {
  const options = new Map(head.parameters.map((parameter) => [parameter.name, parameter]));
  for (const former of base.parameters) {
    const parameter = options.get(former.name);
    if (former.isOption && !parameter?.isOption) {
      report("option-removed", settingText(former), null, former.name);
    } else if (parameter) {
      report("parameter-changed", settingText(former), settingText(parameter), former.name);
    }
  }
  const known = new Set(base.parameters.map(({ name }) => name));
  for (const parameter of head.parameters) {
    if (!known.has(parameter.name)) {
      report("parameter-changed", null, settingText(parameter), parameter.name);
    }
  }
}

/** `classes=1000`. */
function settingText({ name, value }: NetworkParameter): string {
  return `${name}=${typeof value === "object" ? writeSize(value) : value}`;
}

function budgetText({ budgets }: Architecture): string {
  return budgets
    .map(
      ({ path, metric, relation, limit }) =>
        `${path === "" ? "" : `${path}.`}${metric} ${relation} ${limit}`,
    )
    .join(", ");
}
