/** The form of a single difference as it is collected, before equal ones are folded and graded. */
import type { Span } from "../core/span.ts";
import type { Part } from "./part.ts";
import type { DiffRuleId } from "./rules.ts";

/** What a difference is from or to; `null` where there is nothing on that side. */
export type ChangeValue = null | boolean | number | string | readonly number[];

export interface ChangePlace {
  /** Dotted path, and the same with `*` for instances of repeats. */
  readonly path: string;
  readonly pattern: string;
  readonly span: Span;
}

export interface Change {
  readonly rule: DiffRuleId;
  readonly base: ChangePlace | undefined;
  readonly head: ChangePlace | undefined;
  readonly before: ChangeValue;
  readonly after: ChangeValue;
  /** Whether it is a consequence of other changes and would disappear with them. */
  readonly isConsequence?: true;
  /** Whether the graphs show that it makes no difference to what is computed. */
  readonly isHarmless?: true;
}

export type AddChange = (change: Change) => void;

/** The place of a part, or of something in it. */
export function placeOf(part: Part, span: Span = part.node.span): ChangePlace {
  return { path: part.path, pattern: part.pattern, span };
}
