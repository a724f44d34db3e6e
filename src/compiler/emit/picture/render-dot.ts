/** Renders a picture as DOT for Graphviz. */
import type { Panel } from "./draw-figure.ts";
import type { Look } from "./look.ts";
import { isPoint, type OutlineItem, outlinePanels } from "./outline.ts";
import { LIGHT } from "./palette.ts";

export function renderDot(panels: readonly Panel[], look: Look): string {
  const outline = outlinePanels(panels, look);
  const name = outline.panels.map((panel) => panel.name).join(", ");
  const isAlone = outline.panels.length === 1;
  const body = outline.panels.flatMap((panel, index) =>
    isAlone
      ? panel.items.flatMap(renderItem)
      : wrap(`cluster_panel${index}`, panel.name, panel.items, LIGHT.background),
  );
  const edges = outline.edges.map(({ from, to, text, hasArrow }) => {
    const label = text === "" ? [] : [`label=${quote([` ${text}`])}`];
    const head = hasArrow ? [] : ["arrowhead=none"];
    const attributes = [...label, ...head];
    return `${from} -> ${to}${attributes.length > 0 ? ` [${attributes.join(", ")}]` : ""};`;
  });
  return `digraph ${quote([name])} {
  graph [rankdir=${look.direction === "down" ? "TB" : "LR"}, fontname="Helvetica", bgcolor=${quote([LIGHT.background])}, label=${quote([name])}, labelloc=t];
  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=11, color=${quote([LIGHT.other])}];
  edge [fontname="Helvetica", fontsize=9, color=${quote([LIGHT.edge])}, fontcolor=${quote([LIGHT.faint])}];
${[...body, ...edges].map((line) => `  ${line}\n`).join("")}}
`;
}

function renderItem(item: OutlineItem): readonly string[] {
  const { id, lines, kind, items, path } = item;
  if (items.length > 0) return wrap(`cluster_${id}`, lines[0] ?? "", items, LIGHT.caption, item);
  if (isPoint(item)) return [`${id} [shape=point, width=0.03];`];
  const isRound = kind === "sum" || kind === "scale_by";
  const attributes = [
    `label=${quote(lines)}`,
    ...(isRound ? ["shape=circle", "margin=0", "width=0.3", "fixedsize=true"] : []),
    `fillcolor=${quote([fillOf(item)])}`,
    ...outlineOf(item),
    `tooltip=${quote([path === "" ? kind : path])}`,
  ];
  return [`${id} [${attributes.join(", ")}];`];
}

function wrap(
  name: string,
  label: string,
  items: readonly OutlineItem[],
  fill: string,
  own?: OutlineItem,
): readonly string[] {
  const settings = [
    `label=${quote([label])};`,
    'labeljust=l; style="rounded,filled";',
    `fillcolor=${quote([fill])}; color=${quote([LIGHT.frame])};`,
    ...(own?.mark ? [`color=${quote([LIGHT.marks[own.mark]])}; penwidth=2;`] : []),
  ];
  const lines = [...settings, ...items.flatMap(renderItem)];
  return [`subgraph ${name} {`, ...lines.map((line) => `  ${line}`), "}"];
}

function fillOf({ kind, heat }: OutlineItem): string {
  const isJoin = kind === "concat" || kind === "sum" || kind === "scale_by";
  return (isJoin ? LIGHT.join : LIGHT.heat[heat]) ?? LIGHT.background;
}

function outlineOf({ mark }: OutlineItem): readonly string[] {
  return mark ? [`color=${quote([LIGHT.marks[mark]])}`, "penwidth=2"] : [];
}

/** Lines in quotes. A backslash begins an escape in DOT, a `&` one of HTML. */
function quote(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    line
      .replaceAll("\\", "\\\\")
      .replaceAll('"', '\\"')
      .replaceAll("&", "&amp;")
      .replace(/\p{Cc}/gu, " "),
  );
  return `"${escaped.join("\\n")}"`;
}
