/**
 * Runs all lints over a network or module without errors; each distinct node is visited once.
 *
 * The rules are in `rules/`, one file each.
 */
import type { MacMeter } from "../cost/measure-macs.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { activationTwice } from "./rules/activation-twice.rule.ts";
import { biasBeforeNorm } from "./rules/bias-before-norm.rule.ts";
import { bottleneck } from "./rules/bottleneck.rule.ts";
import { costlyBranch } from "./rules/costly-branch.rule.ts";
import { filtersAsKernel } from "./rules/filters-as-kernel.rule.ts";
import { largeKernel } from "./rules/large-kernel.rule.ts";
import { normAfterSum } from "./rules/norm-after-sum.rule.ts";
import { normTwice } from "./rules/norm-twice.rule.ts";
import { poolStride } from "./rules/pool-stride.rule.ts";
import { residualScale } from "./rules/residual-scale.rule.ts";
import type { LintRule } from "./rules/rule.ts";
import { tightStride } from "./rules/tight-stride.rule.ts";
import { unscaledResidual } from "./rules/unscaled-residual.rule.ts";
import { zerosBeforeMaxpool } from "./rules/zeros-before-maxpool.rule.ts";

/** Every lint that looks at nodes. */
export const LINT_RULES: readonly LintRule[] = [
  unscaledResidual,
  residualScale,
  normAfterSum,
  largeKernel,
  bottleneck,
  costlyBranch,
  biasBeforeNorm,
  activationTwice,
  normTwice,
  poolStride,
  filtersAsKernel,
  tightStride,
  zerosBeforeMaxpool,
];

/** `macsOf` is absent for a module on its own, whose sizes are not known. */
export function lintNetwork(
  root: ShapedNode,
  rules: readonly LintRule[],
  macsOf: MacMeter | undefined,
  report: Report,
): void {
  const seen = { onTrunk: new Set<ShapedNode>(), aside: new Set<ShapedNode>() };
  const visit = (shaped: ShapedNode, uses: readonly RelatedPlace[], isOnTrunk: boolean): void => {
    // A node seen on the trunk was checked completely; off the trunk, some rules do not apply.
    if (seen.onTrunk.has(shaped) || (!isOnTrunk && seen.aside.has(shaped))) return;
    (isOnTrunk ? seen.onTrunk : seen.aside).add(shaped);
    for (const rule of rules) rule.check(shaped, { report, uses, isOnTrunk, macsOf });
    const { node, children } = shaped;
    const inner = node.kind === "call" ? [useOf(node), ...uses] : uses;
    const staysOnTrunk = isOnTrunk && !LEAVES_TRUNK.has(node.kind);
    for (const child of children) visit(child, inner, staysOnTrunk);
  };
  visit(root, [], true);
}

const LEAVES_TRUNK: ReadonlySet<ShapedNode["node"]["kind"]> = new Set([
  "concat",
  "sum",
  "split",
  "residual",
  "scale_by",
  "aux",
]);

function useOf({ instance, span }: Extract<ShapedNode["node"], { kind: "call" }>): RelatedPlace {
  return { span, message: `\`${instance.module.name}\` is used here` };
}
