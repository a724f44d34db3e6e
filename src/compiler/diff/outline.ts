/** Writes both networks as one list of lines side by side, for the unified format and the HTML page. */
import { isJoin } from "../ir/architecture.ts";
import type { Alignment } from "./align/alignment.ts";
import { describeOperator, describePart } from "./describe-part.ts";
import type { Part } from "./part.ts";

/** `moved` stands for the same part in another order or under another parent. */
export type OutlineMark = "same" | "changed" | "moved" | "removed" | "added";

export interface OutlineRow {
  readonly mark: OutlineMark;
  /** How many parts it lies in. */
  readonly depth: number;
  /** Path in head; in base for what head lacks. */
  readonly path: string;
  /** What stands there, in the language's words; absent on the side that lacks it. */
  readonly base?: string;
  readonly head?: string;
}

/** Of the instances of a repeat that are all alike, only the first is written. */
export function outlineDiff(
  base: Part | undefined,
  head: Part | undefined,
  { pairOfBase, pairOfHead }: Alignment,
): readonly OutlineRow[] {
  const rows: OutlineRow[] = [];

  const lone = (part: Part, depth: number, mark: "removed" | "added"): void => {
    const pairs = mark === "removed" ? pairOfBase : pairOfHead;
    const pair = pairs.get(part);
    if (pair) {
      // A part that went elsewhere is written where it is in head.
      if (mark === "added") both(pair.base, part, depth, "moved");
      return;
    }
    const text = lineOf(part);
    rows.push({
      mark,
      depth,
      path: part.pattern,
      ...(mark === "removed" ? { base: text } : { head: text }),
    });
    for (const child of shownChildren(part)) lone(child, depth + 1, mark);
  };

  const both = (one: Part, other: Part, depth: number, mark: "same" | "moved"): void => {
    const [before, after] = linesOf(one, other);
    rows.push({
      mark: before === after ? mark : "changed",
      depth,
      path: other.pattern,
      base: before,
      head: after,
    });
    inside(one, other, depth + 1);
  };

  const inside = (one: Part, other: Part, depth: number): void => {
    const bases = shownChildren(one);
    let next = 0;
    const removeUpTo = (end: number): void => {
      for (; next < end; next++) {
        const child = bases[next];
        if (child && !pairOfBase.has(child)) lone(child, depth, "removed");
      }
    };
    for (const child of shownChildren(other)) {
      const partner = pairOfHead.get(child)?.base;
      const place = partner ? bases.indexOf(partner) : -1;
      if (!partner) {
        // What a part took the place of stands before it.
        const kept = bases.findIndex((one, index) => index >= next && pairOfBase.has(one));
        removeUpTo(kept < 0 ? bases.length : kept);
        lone(child, depth, "added");
      } else if (place < next) both(partner, child, depth, "moved");
      else {
        removeUpTo(place);
        both(partner, child, depth, "same");
        next = place + 1;
      }
    }
    removeUpTo(bases.length);
  };

  if (base && head) inside(base, head, 0);
  else if (base) for (const child of shownChildren(base)) lone(child, 0, "removed");
  else if (head) for (const child of shownChildren(head)) lone(child, 0, "added");
  return rows;
}

function shownChildren({ node, children }: Part): readonly Part[] {
  const [first] = children;
  const isUniform = children.every(({ content }) => content === first?.content);
  return node.kind === "repeat" && isUniform ? children.slice(0, 1) : children;
}

/** Normalizations are written out where they are all that differs. */
function linesOf(one: Part, other: Part): readonly [string, string] {
  const short = [lineOf(one), lineOf(other)] as const;
  if (one.node.kind !== "operator" || other.node.kind !== "operator") return short;
  const details = [one.node, other.node].map((node) => describeOperator(node, "detailed"));
  const [before = "", after = ""] = details;
  return short[0] !== short[1] || before === after ? short : [before, after];
}

function lineOf(part: Part): string {
  const { node, parent, children } = part;
  // What is in braces stands on lines of its own.
  const text =
    node.kind === "sequence" ? (children.length === 1 ? "" : "steps") : describePart(part);
  if (parent && isJoin(parent.node)) {
    return part.label === "" ? "|" : `| ${part.label}`;
  }
  if (parent?.node.kind === "repeat") return node.kind === "sequence" ? "each" : `each: ${text}`;
  if (parent?.node.kind === "residual") return part.label === "" ? "body" : part.label;
  return part.label === "" ? text || "steps" : `${part.label}: ${text}`.trimEnd();
}
