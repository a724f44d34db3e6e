/**
 * Renders the style of a figure as CSS.
 *
 * The rules are plain classes, since programs that convert SVG for print do not know CSS variables; the dark colours
 * follow in a media query.
 */
import { colorStyleRules, type Style, type StyleRule, styleRules } from "./figure-style.ts";
import { DARK, LIGHT, type Theme } from "./palette.ts";

/**
 * System fonts; nothing is loaded. The first four have the same widths, and pictures are laid out for the wider DejaVu
 * Sans too.
 */
const FONTS = 'Helvetica, Arial, "Liberation Sans", "Nimbus Sans", "DejaVu Sans", sans-serif';

export function renderStyleSheet(theme: Theme): string {
  const rules = styleRules(theme === "dark" ? DARK : LIGHT).map(renderRule);
  const dark = theme === "auto" ? colorStyleRules(DARK).map(renderRule) : [];
  const media = dark.length > 0 ? `@media (prefers-color-scheme: dark) {\n${dark.join("")}}\n` : "";
  return `text { font-family: ${FONTS}; }\n${rules.join("")}${media}`;
}

function renderRule({ inside, of, style }: StyleRule): string {
  const selector = inside === undefined ? `.${of}` : `.${inside} > .${of}`;
  return `${selector} { ${declarations(style).join(" ")} }\n`;
}

function declarations(style: Style): readonly string[] {
  const { fill, stroke, strokeWidth, dash, fontSize, isBold } = style;
  return [
    fill !== undefined && `fill: ${fill};`,
    stroke !== undefined && `stroke: ${stroke};`,
    strokeWidth !== undefined && `stroke-width: ${strokeWidth}px;`,
    dash !== undefined && `stroke-dasharray: ${dash.join(" ")};`,
    fontSize !== undefined && `font-size: ${fontSize}px;`,
    isBold !== undefined && `font-weight: ${isBold ? 600 : 400};`,
  ].filter((text) => typeof text === "string");
}
