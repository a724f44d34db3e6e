/**
 * CSS of the picture itself.
 *
 * The rules are plain classes, since programs that convert SVG for print do not know CSS variables; the dark colours
 * follow in a media query.
 */
import { SIZES } from "./block-text.ts";
import { DARK, LIGHT, type Palette, type Theme } from "./palette.ts";

/** System fonts; nothing is loaded. */
const FONTS = 'Inter, "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif';

export function renderStyleSheet(theme: Theme): string {
  const base = renderColors(theme === "dark" ? DARK : LIGHT);
  const dark =
    theme === "auto" ? `@media (prefers-color-scheme: dark) {\n${renderColors(DARK)}}\n` : "";
  return `${SHAPES}${base}${dark}`;
}

const SHAPES = `text { font-family: ${FONTS}; }
.name { font-size: 17px; font-weight: 700; }
.summary { font-size: 11.5px; }
.title { font-size: ${SIZES.titleFont}px; font-weight: 600; text-anchor: middle; }
.note { font-size: ${SIZES.noteFont}px; font-weight: 400; }
.second { font-size: ${SIZES.noteFont}px; text-anchor: middle; }
.caption-text { font-size: ${SIZES.captionFont}px; font-weight: 600; }
.shape { font-size: ${SIZES.shapeFont}px; text-anchor: middle; stroke-width: 3px; paint-order: stroke; stroke-linejoin: round; }
.legend { font-size: 10px; }
.sign { font-size: 12px; font-weight: 700; text-anchor: middle; }
.round-sign { font-size: 15px; text-anchor: middle; }
.edge { fill: none; stroke-width: 1.1px; }
.block { stroke-width: 1.1px; }
.frame { stroke-width: 1px; }
.aux > .frame, .aux > .block { stroke-dasharray: 5 3; }
.mark-added > .block, .mark-changed > .block, .mark-added > .frame, .mark-changed > .frame { stroke-width: 2px; }
.mark-removed > .block, .mark-removed > .frame { stroke-width: 2px; stroke-dasharray: 4 3; }
`;

function renderColors(colors: Palette): string {
  const heat = colors.heat.map((color, level) => `.heat-${level} { fill: ${color}; }\n`).join("");
  const marks = Object.entries(colors.marks)
    .map(
      ([mark, color]) =>
        `.mark-${mark} > .block, .mark-${mark} > .frame { stroke: ${color}; }\n.sign-${mark} { fill: ${color}; }\n`,
    )
    .join("");
  return `.background { fill: ${colors.background}; }
text { fill: ${colors.text}; }
.note, .second { fill: ${colors.note}; }
.summary, .legend, .label { fill: ${colors.faint}; }
.shape { fill: ${colors.faint}; stroke: ${colors.background}; }
.edge { stroke: ${colors.edge}; }
.head, .point { fill: ${colors.edge}; }
.block { stroke: ${colors.other}; }
.frame { fill: ${colors.background}; stroke: ${colors.frame}; }
.caption { fill: ${colors.caption}; }
.compute > .block, .group > .block { stroke: ${colors.compute}; }
.pooling > .block { stroke: ${colors.pool}; }
.join { fill: ${colors.join}; }
.terminal { fill: ${colors.caption}; }
.sign { fill: ${colors.onMark}; }
${heat}${marks}`;
}
