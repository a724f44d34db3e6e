/** The interface of a lint rule, which looks at one node of a network without errors. */
import type { MacMeter } from "../../cost/measure-macs.ts";
import type { LintCode } from "../../diagnostics/catalogue.ts";
import type { RelatedPlace } from "../../diagnostics/diagnostic.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import type { ShapedNode } from "../../ir/shaped.ts";

/** What a rule may ask about the place of the node that it looks at. */
export interface RulePlace {
  readonly report: Report;
  /** The calls that lead to the node, innermost first: findings show them as related places. */
  readonly uses: readonly RelatedPlace[];
  /** Whether the node lies on the way from the input to the output, and not in a branch, a body or an auxiliary head. */
  readonly isOnTrunk: boolean;
  /** Multiply-adds of a node; absent in a module on its own, whose sizes are symbols. */
  readonly macsOf: MacMeter | undefined;
}

export interface LintRule {
  readonly code: LintCode;
  /** Called once for each node that is not equal to one before, parents first. */
  check(shaped: ShapedNode, place: RulePlace): void;
}
