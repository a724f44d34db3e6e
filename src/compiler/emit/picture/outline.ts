/**
 * Converts a picture to nested nodes and edges without positions, for DOT and Mermaid, which have layouts of their own.
 */
import { joinPath } from "../../ir/walk.ts";
import { linesOf } from "./block-text.ts";
import type { Panel } from "./draw-figure.ts";
import { rootScope } from "./folding.ts";
import { edgeText } from "./layout.ts";
import type { Look } from "./look.ts";
import { heatOf, MARK_SYMBOLS } from "./palette.ts";
import type { Mark, Picture, PictureNode, Scope } from "./picture.ts";

/** Open groups hold items, all others do not. */
export interface OutlineItem {
  /** `n12`; equal for no two items of a figure. */
  readonly id: string;
  readonly path: string;
  readonly kind: PictureNode["kind"];
  /** At least one line. */
  readonly lines: readonly string[];
  readonly heat: number;
  readonly mark: Mark | null;
  readonly items: readonly OutlineItem[];
}

export interface OutlineEdge {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Whether it leads into a block, and not to a point where it goes on. */
  readonly hasArrow: boolean;
}

export interface Outline {
  readonly panels: readonly { readonly name: string; readonly items: readonly OutlineItem[] }[];
  readonly edges: readonly OutlineEdge[];
}

export function outlinePanels(panels: readonly Panel[], look: Look): Outline {
  const edges: OutlineEdge[] = [];
  let count = 0;
  const outlineScope = (
    { picture, isOpen }: Panel,
    scope: Scope,
    prefix: string,
  ): { items: readonly OutlineItem[]; ends: readonly Ends[] } => {
    const ends: Ends[] = [];
    const items = scope.nodes.map((node): OutlineItem => {
      const id = `n${count++}`;
      const path = joinPath(prefix, node.path);
      const { group } = node;
      const inside = group && isOpen(node, path) ? picture.scopes[group.scope] : undefined;
      const item = describeItem(node, id, path, picture, look);
      if (!group || !inside) {
        ends.push({ first: id, last: id });
        return { ...item, items: [] };
      }
      const below = outlineScope({ picture, isOpen }, inside, joinPath(prefix, group.path));
      ends.push({ first: below.ends[0]?.first ?? id, last: below.ends.at(-1)?.last ?? id });
      return { ...item, items: below.items };
    });
    for (const edge of scope.edges) {
      const target = scope.nodes[edge.to];
      const isPoint =
        target?.kind === "split" || target?.kind === "exit" || items[edge.to]?.items.length !== 0;
      edges.push({
        from: ends[edge.from]?.last ?? "",
        to: ends[edge.to]?.first ?? "",
        text: edgeText(edge, look),
        hasArrow: !isPoint,
      });
    }
    return { items, ends };
  };
  const outlined = panels.map((panel) => ({
    name: panel.picture.network,
    items: outlineScope(panel, rootScope(panel.picture), "").items,
  }));
  return { panels: outlined, edges };
}

/** Where edges to and from an item really end: an open group is entered at its first point and left at its last. */
interface Ends {
  readonly first: string;
  readonly last: string;
}

function describeItem(
  node: PictureNode,
  id: string,
  path: string,
  picture: Picture,
  look: Look,
): Omit<OutlineItem, "items"> {
  const { title, note, second, changes } = linesOf(node, { ...look, isNarrow: false });
  const sign = node.mark ? `${MARK_SYMBOLS[node.mark]} ` : "";
  const first = `${sign}${title}${note === "" ? "" : ` ${note}`}`;
  return {
    id,
    path,
    kind: node.kind,
    lines: [first, ...(second === "" ? [] : [second]), ...changes],
    heat: look.hasHeat ? heatOf(picture.macs > 0 ? node.macs / picture.macs : 0) : 0,
    mark: node.mark,
  };
}

/** Whether an item has no text of its own. */
export function isPoint({ kind }: OutlineItem): boolean {
  return kind === "entry" || kind === "exit" || kind === "split";
}
