/** Counts the blocks of a picture against the most that can be drawn. */
import { joinPath } from "../../ir/walk.ts";
import type { Panel } from "./draw-figure.ts";
import { rootScope } from "./folding.ts";
import type { Scope } from "./picture.ts";

/** More blocks are not readable, and the recursive layout would run out of stack. */
export const MAX_BLOCKS = 1500;

/** How many blocks and points are drawn; those of a scope that is drawn twice count twice. */
export function countBlocks(panels: readonly Panel[]): number {
  return panels.reduce((all, panel) => all + countScope(panel, rootScope(panel.picture), ""), 0);
}

function countScope(panel: Panel, scope: Scope, prefix: string): number {
  return scope.nodes.reduce((all, node) => {
    const { group } = node;
    const isShown = group && panel.isOpen(node, joinPath(prefix, node.path));
    const inside = isShown ? panel.picture.scopes[group.scope] : undefined;
    const below = inside ? countScope(panel, inside, joinPath(prefix, group?.path ?? "")) : 0;
    return all + 1 + below;
  }, 0);
}
