/** Renders a picture as Mermaid, which several hosts draw in Markdown pages. */
import type { Panel } from "./draw-figure.ts";
import type { Look } from "./look.ts";
import { isPoint, type OutlineItem, outlinePanels } from "./outline.ts";
import { LIGHT } from "./palette.ts";

export function renderMermaid(panels: readonly Panel[], look: Look): string {
  const { panels: outlined, edges } = outlinePanels(panels, look);
  const isAlone = outlined.length === 1;
  const body = outlined.flatMap(({ name, items }, index) =>
    isAlone
      ? items.flatMap((item) => renderItem(item, look))
      : wrap(`panel${index}`, name, items, look),
  );
  const arrows = edges.map(({ from, to, text, hasArrow }) => {
    const arrow = hasArrow ? "-->" : "---";
    return `${from} ${arrow}${text === "" ? "" : `|${quote([text])}|`} ${to}`;
  });
  const lines = [...body, ...arrows, ...renderClasses()];
  return `flowchart ${directionOf(look)}\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

function renderItem(item: OutlineItem, look: Look): readonly string[] {
  const { id, lines, kind, items, heat, mark } = item;
  if (items.length > 0) {
    const style = mark ? [`style ${id} stroke:${LIGHT.marks[mark]},stroke-width:2px`] : [];
    return [...wrap(id, lines[0] ?? "", items, look), ...style];
  }
  if (isPoint(item)) return [`${id}(( )):::point`];
  const text = quote(lines);
  const isJoin = kind === "concat" || kind === "sum" || kind === "scale_by";
  const classes = `:::${mark ?? (isJoin ? "join" : `heat${heat}`)}`;
  if (kind === "sum" || kind === "scale_by") return [`${id}((${text}))${classes}`];
  if (kind === "input" || kind === "output") return [`${id}([${text}])${classes}`];
  return [`${id}[${text}]${classes}`];
}

function wrap(
  id: string,
  title: string,
  items: readonly OutlineItem[],
  look: Look,
): readonly string[] {
  // Without it, a subgraph that stands alone is laid out across.
  const lines = [
    `direction ${directionOf(look)}`,
    ...items.flatMap((item) => renderItem(item, look)),
  ];
  return [`subgraph ${id}[${quote([title])}]`, ...lines.map((line) => `  ${line}`), "end"];
}

/** Fills are light on every page, so their text is dark. */
function renderClasses(): readonly string[] {
  const ink = `color:${LIGHT.text}`;
  return [
    ...LIGHT.heat.map(
      (color, level) => `classDef heat${level} fill:${color},stroke:${LIGHT.compute},${ink}`,
    ),
    `classDef join fill:${LIGHT.join},stroke:${LIGHT.other},${ink}`,
    `classDef point fill:${LIGHT.edge},stroke:${LIGHT.edge}`,
    ...Object.entries(LIGHT.marks).map(
      ([mark, color]) =>
        `classDef ${mark} fill:${LIGHT.background},stroke:${color},stroke-width:2px,${ink}${mark === "removed" ? ",stroke-dasharray:4 3" : ""}`,
    ),
  ];
}

/** What Mermaid may read as its own, or as HTML or Markdown, is written by its number. */
function quote(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    Array.from(line, (character) =>
      /[\p{L}\p{N} ×·/.,:=+~()-]/u.test(character)
        ? character
        : `#${character.codePointAt(0) ?? 0};`,
    ).join(""),
  );
  return `"${escaped.join("<br>")}"`;
}

function directionOf({ direction }: Look): string {
  return direction === "down" ? "TB" : "LR";
}
