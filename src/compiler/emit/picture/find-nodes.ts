/** Finds nodes of a picture by path or text, at any depth. */
import { joinPath } from "../../ir/walk.ts";
import { linesOf } from "./block-text.ts";
import { rootScope } from "./folding.ts";
import { USUAL_LOOK } from "./look.ts";
import type { Picture, PictureNode } from "./picture.ts";

export interface FoundNode {
  readonly path: string;
  readonly node: PictureNode;
}

/** All nodes with a path, as they are drawn with every group open; a group before what lies in it. */
export function* listNodes(picture: Picture): Generator<FoundNode> {
  const enter = function* (scope: Picture["scopes"][number], prefix: string): Generator<FoundNode> {
    for (const node of scope.nodes) {
      if (node.path === "") continue;
      yield { path: joinPath(prefix, node.path), node };
      const inside = node.group ? picture.scopes[node.group.scope] : undefined;
      if (node.group && inside) yield* enter(inside, joinPath(prefix, node.group.path));
    }
  };
  yield* enter(rootScope(picture), "");
}

/** At most `most` nodes whose path or text holds every word of `query`, in any case of letters. */
export function searchNodes(picture: Picture, query: string, most: number): readonly FoundNode[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found: FoundNode[] = [];
  if (words.length === 0) return found;
  for (const one of listNodes(picture)) {
    const { title, note } = linesOf(one.node, USUAL_LOOK);
    const text = `${one.path} ${title} ${note}`.toLowerCase();
    if (words.every((word) => text.includes(word))) found.push(one);
    if (found.length >= most) break;
  }
  return found;
}
