/** Messages of the budget family: costs over a bound that the author declared. */
import { didYouMean, error, grouped, percent } from "./entry.ts";

/** A block and its part of a cost; `share` is between 0 and 1. */
export interface BudgetShare {
  readonly path: string;
  readonly amount: number;
  readonly share: number;
}

/** What a budget bounds, in words. */
const METRIC_WORDS: Readonly<Record<string, string>> = {
  params: "parameters",
  trainable_params: "trainable parameters",
  macs: "multiply-adds",
  flops: "FLOPs",
  activations: "activation elements",
  peak_memory: "bytes of live memory",
  depth: "layers in depth",
};

/** A relation in words. */
const RELATION_WORDS: Readonly<Record<string, string>> = {
  "<=": "at most",
  "<": "less than",
  ">=": "at least",
  ">": "more than",
  "==": "exactly",
};

export const budgetCatalogue = {
  "budget/exceeded": error<{
    metric: string;
    relation: string;
    limit: number;
    actual: number;
    /** The block that is bounded; empty for the whole network. */
    path: string;
    /** The most expensive blocks, in descending order; empty where a share has no meaning (depth). */
    top: readonly BudgetShare[];
    /** The other count of parameters, where the bound holds for it. */
    other?: { readonly metric: string; readonly amount: number } | undefined;
  }>(
    ({ metric, relation, limit, actual, path }) => {
      const words = METRIC_WORDS[metric] ?? metric;
      const whose = path === "" ? "this network" : `\`${path}\``;
      return `${whose} has ${grouped(actual)} ${words}; the budget is ${RELATION_WORDS[relation] ?? relation} ${grouped(limit)}, missed by ${difference(actual, limit)}`;
    },
    ({ metric, actual, limit, top, other }) => {
      const sentences: string[] = [];
      if (other) {
        const counted = METRIC_WORDS[other.metric] ?? other.metric;
        const how = other.metric === "params" ? "with" : "without";
        sentences.push(
          `${how} the moving means and variances there are ${grouped(other.amount)} ${counted}: \`budget ${other.metric}\` would hold`,
        );
      }
      if (top.length > 0 && actual >= limit) {
        const words = METRIC_WORDS[metric] ?? metric;
        const blocks = top.map(
          ({ path, amount, share }) => `\`${path}\` ${grouped(amount)} (${percent(share)})`,
        );
        sentences.push(`most ${words} are in ${blocks.join(", ")}`);
      }
      return sentences.length === 0 ? undefined : sentences.join("; ");
    },
  ),
  "budget/unknown-path": error<{ path: string; nearest: readonly string[] }>(
    ({ path }) => `this budget is for \`${path}\`, but the network has no such block`,
    ({ nearest }) => didYouMean(nearest),
  ),
  "budget/unknown-metric": error<{
    name: string;
    near: readonly string[];
    known: readonly string[];
  }>(
    ({ name }) => `there is no metric called \`${name}\``,
    ({ near, known }) =>
      didYouMean(near) ?? `the metrics are ${known.map((one) => `\`${one}\``).join(", ")}`,
  ),
  "budget/unknown-unit": error<{
    name: string;
    near: readonly string[];
    known: readonly string[];
  }>(
    ({ name }) => `there is no unit called \`${name}\``,
    ({ near, known }) =>
      didYouMean(near) ?? `the units are ${known.map((one) => `\`${one}\``).join(", ")}`,
  ),
  "budget/not-computable": error<{ metric: string; path: string; reason: string }>(
    ({ metric, path, reason }) =>
      `the ${METRIC_WORDS[metric] ?? metric} of ${path === "" ? "this network" : `\`${path}\``} cannot be counted: ${reason}`,
    () => "look for a filter or repeat count with too many digits",
  ),
};

function difference(actual: number, limit: number): string {
  const gap = Math.abs(actual - limit);
  if (limit <= 0 || gap === 0) return grouped(gap);
  const isFar = actual >= 2 * limit;
  const ratio = isFar ? `${Math.round(actual / limit)} times as much` : percent(gap / limit);
  return `${grouped(gap)} (${ratio})`;
}
