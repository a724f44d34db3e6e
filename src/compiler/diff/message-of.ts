/** Says one difference in a line: what changed, from what to what. */
import { formatShape } from "../core/format-shape.ts";
import type { ChangeValue } from "./change.ts";
import { DIFF_RULES, type DiffRuleId } from "./rules.ts";

export function messageOf(rule: DiffRuleId, before: ChangeValue, after: ChangeValue): string {
  const { title } = DIFF_RULES[rule];
  // The title already says whether something was added or removed.
  if (
    typeof before === "boolean" &&
    typeof after === "boolean" &&
    /(?:added|removed)$/.test(title)
  ) {
    return title;
  }
  if (/(?:added|removed)$/.test(title)) {
    return `${title}: ${before === null ? toText(after) : toText(before)}`;
  }
  return `${title}: ${toText(before)} → ${toText(after)}`;
}

function toText(value: ChangeValue): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? formatShape(value) : String(value);
}
