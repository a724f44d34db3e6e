/** Evaluates `budget` lines to bounds on costs: metric, path and quantity. */
import { type NearestNames, nearestNames, renameFix } from "../diagnostics/nearest-name.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { Budget, BudgetMetric } from "../ir/architecture.ts";
import type { BudgetDeclaration, Identifier } from "../syntax/ast.ts";

export const BUDGET_METRICS: readonly BudgetMetric[] = [
  "params",
  "trainable_params",
  "macs",
  "flops",
  "activations",
  "peak_memory",
  "depth",
];

const UNITS: Readonly<Record<string, number>> = {
  K: 1e3,
  M: 1e6,
  G: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/**
 * A variant's budget takes the place of the network's on the same metric of the same block, and of one by a variant
 * before it in the same direction: a variant itself may set a lower and an upper bound.
 */
export function collectBudgets(
  own: readonly BudgetDeclaration[],
  edits: readonly BudgetDeclaration[],
  report: Report,
): readonly Budget[] {
  const inherited = own.flatMap((declaration) => readBudget(declaration, report) ?? []);
  const replacing = edits.flatMap((declaration) => readBudget(declaration, report) ?? []);
  const isReplaced = (budget: Budget): boolean =>
    replacing.some((other) => boundsTheSame(other, budget));
  const lasting = replacing.filter(
    (budget, index) =>
      !replacing
        .slice(index + 1)
        .some((later) => boundsTheSame(later, budget) && later.relation[0] === budget.relation[0]),
  );
  return [...inherited.filter((budget) => !isReplaced(budget)), ...lasting];
}

function boundsTheSame(one: Budget, other: Budget): boolean {
  return one.path === other.path && one.metric === other.metric;
}

function readBudget(declaration: BudgetDeclaration, report: Report): Budget | undefined {
  const { segments } = declaration.path;
  const last = segments.at(-1);
  if (!last) return undefined;
  const metric = BUDGET_METRICS.find((known) => known === last.text);
  if (!metric) {
    const near = called(last.text, ELSEWHERE) ?? nearestNames(last.text, BUDGET_METRICS);
    const parameters = { name: last.text, near: near.names, known: BUDGET_METRICS };
    report("budget/unknown-metric", last.span, parameters, renameFix(last.span, near));
    return undefined;
  }
  const factor = readUnit(declaration.unit, report);
  if (factor === undefined) return undefined;
  return {
    path: segments
      .slice(0, -1)
      .map((segment) => segment.text)
      .join("."),
    metric,
    relation: declaration.relation,
    // Decimal amounts with a unit are exact in the unit: 2.2M is 2200000, not a float beside it.
    limit: Number((declaration.amount * factor).toPrecision(15)),
    span: declaration.span,
  };
}

/** Names of the metrics in other tools. What they count there may be something else: `size` is often bytes. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  params: ["parameters", "weights", "size"],
  trainable_params: ["trainable", "trainable_parameters", "learnable_params"],
  macs: ["madds", "mult_adds", "multiply_adds"],
  peak_memory: ["memory", "mem", "ram", "peak"],
  depth: ["layers"],
};

/** Names of the units in other tools. Bytes have no unit: the metric determines what is counted. */
const UNITS_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  K: ["KB"],
  M: ["MB"],
  G: ["GB", "B", "Bn"],
};

function called(
  name: string,
  elsewhere: Readonly<Record<string, readonly string[]>>,
): NearestNames | undefined {
  const names = Object.keys(elsewhere).filter((one) => elsewhere[one]?.includes(name));
  return names.length === 0 ? undefined : { names, applicability: "suggested" };
}

/** What the amount is multiplied by; nothing after reporting that there is no such unit. */
function readUnit(unit: Identifier | undefined, report: Report): number | undefined {
  if (!unit) return 1;
  const factor = UNITS[unit.text];
  if (factor !== undefined) return factor;
  const known = Object.keys(UNITS);
  const sameWord = known.filter((one) => isSameWord(one, unit.text));
  const near: NearestNames = called(unit.text, UNITS_ELSEWHERE) ?? {
    names: sameWord,
    applicability: "safe",
  };
  const parameters = { name: unit.text, near: near.names, known };
  report("budget/unknown-unit", unit.span, parameters, renameFix(unit.span, near));
  return undefined;
}

function isSameWord(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
