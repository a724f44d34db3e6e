/** The form of a finding as every output shows it: a difference with its class, places and fingerprint. */
import type { ChangeValue } from "../change.ts";
import type { FindingClass, FindingLevel } from "../classes.ts";
import type { DiffRuleId, RuleScope } from "../rules.ts";

/** Line and column count from 1. */
export interface FindingPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Finding {
  readonly id: DiffRuleId;
  readonly class: FindingClass;
  readonly level: FindingLevel;
  readonly scope: RuleScope;
  /**
   * Where in head, or in base for what head lacks; empty for the network itself. `*` stands for all instances of a
   * repeat, `{0-4,7}` for some.
   */
  readonly path: string;
  /** Parts of the network for which it is said. */
  readonly times: number;
  readonly base: FindingPlace | null;
  readonly head: FindingPlace | null;
  readonly before: ChangeValue;
  readonly after: ChangeValue;
  /** For people; never part of the fingerprint. */
  readonly message: string;
  /** Whether it is a consequence of other findings and would disappear with them. */
  readonly isConsequence: boolean;
  /** 12 hexadecimal digits that stay as long as rule, path and values do. */
  readonly fingerprint: string;
}
