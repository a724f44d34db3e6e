/** Marks the parts to highlight in a picture: those that a difference is about, not those it only affects. */
import type { Change } from "./change.ts";

export type ChangeMark = "added" | "removed" | "changed";

/** Marks by path, of each network for itself. */
export interface ChangeMarks {
  readonly base: ReadonlyMap<string, ChangeMark>;
  readonly head: ReadonlyMap<string, ChangeMark>;
}

export function markChanges(changes: readonly Change[]): ChangeMarks {
  const base = new Map<string, ChangeMark>();
  const head = new Map<string, ChangeMark>();
  for (const change of changes) {
    // A finding about order marks the layers that are in a different order.
    if (change.isConsequence && change.rule !== "kernel-changed") continue;
    const isOnBoth = change.base !== undefined && change.head !== undefined;
    mark(base, change.base?.path, isOnBoth ? "changed" : "removed");
    mark(head, change.head?.path, isOnBoth ? "changed" : "added");
  }
  return { base, head };
}

/**
 * A part that only one side has keeps that mark, whatever else is reported about it. The network itself has no path.
 */
function mark(marks: Map<string, ChangeMark>, path: string | undefined, of: ChangeMark): void {
  if (path === undefined || path === "") return;
  if (of !== "changed" || !marks.has(path)) marks.set(path, of);
}
