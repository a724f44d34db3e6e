/** Marks the parts to highlight in a picture: those that a difference is about, not those it only affects. */
import type { Change } from "./change.ts";
import { messageOf } from "./message-of.ts";

export type ChangeMark = "added" | "removed" | "changed";

/** Marks by path, of each network for itself. */
export interface ChangeMarks {
  readonly base: ReadonlyMap<string, ChangeMark>;
  readonly head: ReadonlyMap<string, ChangeMark>;
  /** What was changed from what to what, by path of head. */
  readonly changes: ReadonlyMap<string, readonly string[]>;
}

export function markChanges(changes: readonly Change[]): ChangeMarks {
  const base = new Map<string, ChangeMark>();
  const head = new Map<string, ChangeMark>();
  const changed = new Map<string, string[]>();
  for (const change of changes) {
    // A finding about order marks the layers that are in a different order.
    if (change.isConsequence && change.rule !== "kernel-changed") continue;
    const isOnBoth = change.base !== undefined && change.head !== undefined;
    mark(base, change.base?.path, isOnBoth ? "changed" : "removed");
    if (isOnBoth) note(changed, change);
    mark(head, change.head?.path, isOnBoth ? "changed" : "added");
  }
  return { base, head, changes: changed };
}

function note(changed: Map<string, string[]>, { rule, head, before, after }: Change): void {
  // A name is no part of a block; and where there is nothing on one side, the mark says so.
  if (head === undefined || before === null || after === null || rule.endsWith("-renamed")) return;
  const texts = changed.get(head.path) ?? [];
  const text = messageOf(rule, before, after).replaceAll(/(?<=\d)x(?=\d)/g, "×");
  if (!texts.includes(text)) texts.push(text);
  changed.set(head.path, texts);
}

/**
 * A part that only one side has keeps that mark, whatever else is reported about it. The network itself has no path.
 */
function mark(marks: Map<string, ChangeMark>, path: string | undefined, of: ChangeMark): void {
  if (path === undefined || path === "") return;
  if (of !== "changed" || !marks.has(path)) marks.set(path, of);
}
