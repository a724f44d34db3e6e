/** Compares what a network or one of its blocks costs with the budgets declared for it. */
import { unreachable } from "../core/assert.ts";
import { suggest } from "../core/suggest.ts";
import type { BudgetShare } from "../diagnostics/catalogue/budget.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { Architecture, Budget, BudgetMetric, Relation } from "../ir/architecture.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { lower } from "../lower/lower.ts";
import { countOperations } from "./conventions/convention.ts";
import { flop } from "./conventions/registry.ts";
import { measureDepth } from "./depth.ts";
import { indexBlocks, listParts } from "./list-blocks.ts";
import { measurePeakBytes } from "./live-memory.ts";
import { type CostMeter, createCostMeter, macsOf } from "./measure-cost.ts";

/** How many of the most expensive blocks an exceeded budget names. */
const MOST_NAMED = 3;

/** Every shape in the tree must be known. */
export function checkBudgets({ budgets }: Architecture, root: ShapedNode, report: Report): void {
  if (budgets.length === 0) return;
  const meter = createCostMeter();
  const byPath = indexBlocks(root);
  for (const budget of budgets) {
    const { path, span } = budget;
    const block = path === "" ? root : byPath.get(path);
    if (!block) {
      report("budget/unknown-path", span, { path, nearest: suggest(path, byPath.keys()) });
      continue;
    }
    checkBudget(budget, block, meter, report);
  }
}

function checkBudget(budget: Budget, block: ShapedNode, meter: CostMeter, report: Report): void {
  const { path, metric, relation, limit, span } = budget;
  const actual = measureMetric(metric, block, meter);
  if (!Number.isSafeInteger(actual)) {
    const reason = "the number is more than 2^53, the limit of exact whole numbers";
    report("budget/not-computable", span, { metric, path, reason });
    return;
  }
  if (holds(actual, relation, limit)) return;
  const top = mostExpensive(metric, block, path, actual, meter);
  const other = otherCount(metric, block, meter);
  const holdsOther = other !== undefined && holds(other.amount, relation, limit);
  report("budget/exceeded", span, {
    ...{ metric, relation, limit, actual, path, top },
    ...(holdsOther ? { other } : {}),
  });
}

/** Parameters are counted in two ways: Keras counts moving means and variances, most other tools do not. */
function otherCount(
  metric: BudgetMetric,
  block: ShapedNode,
  meter: CostMeter,
): { readonly metric: BudgetMetric; readonly amount: number } | undefined {
  if (metric !== "params" && metric !== "trainable_params") return undefined;
  const other = metric === "params" ? "trainable_params" : "params";
  return { metric: other, amount: measureMetric(other, block, meter) };
}

/** What the block costs; parameters are all of them, moving means and variances too. */
function measureMetric(metric: BudgetMetric, block: ShapedNode, meter: CostMeter): number {
  switch (metric) {
    case "params":
      return meter(block).params.total;
    case "trainable_params":
      return meter(block).params.trainable;
    case "macs":
      return macsOf(meter(block).primitives);
    case "flops":
      return countOperations(flop, meter(block).primitives);
    case "activations":
      return meter(block).activations;
    case "peak_memory":
      return measurePeakBytes(lower(block));
    case "depth":
      return measureDepth(lower(block));
    default:
      return unreachable(metric);
  }
}

function holds(actual: number, relation: Relation, limit: number): boolean {
  switch (relation) {
    case "<=":
      return actual <= limit;
    case "<":
      return actual < limit;
    case ">=":
      return actual >= limit;
    case ">":
      return actual > limit;
    case "==":
      return actual === limit;
    default:
      return unreachable(relation);
  }
}

/** The most expensive parts of the block; none for a metric that is not a sum over parts. */
function mostExpensive(
  metric: BudgetMetric,
  block: ShapedNode,
  path: string,
  whole: number,
  meter: CostMeter,
): readonly BudgetShare[] {
  if (metric === "depth" || metric === "peak_memory") return [];
  return listParts(block, path)
    .map((part) => {
      const amount = measureMetric(metric, part.shaped, meter);
      return { path: part.path, amount, share: amount / whole };
    })
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount)
    .slice(0, MOST_NAMED);
}
