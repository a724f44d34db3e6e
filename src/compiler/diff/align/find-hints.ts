/** Finds pairs that users declared: in a path map, or by `was` on a label. */
import { joinPath } from "../../ir/walk.ts";
import { indexByPath, type Part, type PartTree, walkParts } from "../part.ts";
import { groupOf } from "./align-steps.ts";
import type { AlignmentNote, AlignOptions, PathMap } from "./alignment.ts";

export interface Hints {
  /** A part may come twice; the first pair counts. */
  readonly pairs: readonly (readonly [base: Part, head: Part])[];
  readonly notes: readonly AlignmentNote[];
}

/** Paths of a map that do not exist are ignored; for a label, a note is added. */
export function findHints(base: PartTree, head: PartTree, options: AlignOptions): Hints {
  const { map = new Map(), mapOnly = false } = options;
  const labels = mapOnly ? [] : labelsWithFormerNames(head.root);
  if (map.size + labels.length === 0) return { pairs: [], notes: [] };
  const bases = indexByPath(base.root);
  const heads = indexByPath(head.root);
  const pairs = [...mappedPairs(map, bases, heads)];
  const formerPaths = new Map(pairs.map(([one, other]) => [other.path, one.path]));
  const notes = new Map<string, AlignmentNote>();
  for (const part of labels) {
    const sameName = bases.get(formerPathOf(part.path, formerPaths));
    // Base states the same former name, so it is older than both.
    if (sameName?.node.was === part.node.was) continue;
    const one = lookUp(part, bases, formerPaths);
    const pair = one && comparable(one, part);
    if (pair) {
      pairs.push(pair);
      formerPaths.set(part.path, pair[0].path);
    } else if (!sameName) {
      const { pattern: path, node } = part;
      notes.set(path, { kind: "unknown-former-name", path, was: node.was ?? "" });
    }
  }
  return { pairs, notes: [...notes.values()] };
}

/** Outer ones first, since a block's former name determines where its contents were. */
function labelsWithFormerNames(root: Part): readonly Part[] {
  const labels: Part[] = [];
  walkParts(root, (part) => {
    if (part.node.was !== undefined) labels.push(part);
    return true;
  });
  return labels;
}

function* mappedPairs(
  map: PathMap,
  bases: ReadonlyMap<string, Part>,
  heads: ReadonlyMap<string, Part>,
): Generator<readonly [Part, Part]> {
  for (const [path, targets] of map) {
    const one = bases.get(path);
    const target = targets.find((name) => heads.has(name));
    const other = target === undefined ? undefined : heads.get(target);
    if (one && other && groupOf(one.node) === groupOf(other.node)) yield [one, other];
  }
}

/** The former name is looked up in the scope around the label, then in the enclosing scopes out to the network. */
function lookUp(
  { path, node }: Part,
  bases: ReadonlyMap<string, Part>,
  formerPaths: ReadonlyMap<string, string>,
): Part | undefined {
  if (node.was === undefined) return undefined;
  for (let scope: string | undefined = path; scope !== undefined && scope !== ""; ) {
    scope = scope.slice(0, Math.max(0, scope.lastIndexOf(".")));
    const found = bases.get(joinPath(formerPathOf(scope, formerPaths), node.was));
    if (found) return found;
  }
  return undefined;
}

/** Where a path of head was in base, according to the hints for the blocks around it. */
function formerPathOf(path: string, formerPaths: ReadonlyMap<string, string>): string {
  for (
    let outer = path;
    outer !== "";
    outer = outer.slice(0, Math.max(0, outer.lastIndexOf(".")))
  ) {
    const former = formerPaths.get(outer);
    if (former !== undefined) return former + path.slice(outer.length);
  }
  return path;
}

/** The two parts, or the single layer in head's block where base has the layer without a block around it. */
function comparable(base: Part, head: Part): readonly [Part, Part] | undefined {
  if (groupOf(base.node) === groupOf(head.node)) return [base, head];
  const [only] = head.children;
  return only && head.children.length === 1 ? comparable(base, only) : undefined;
}
