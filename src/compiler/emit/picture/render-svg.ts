/** Renders a figure as SVG; all text is escaped, and equal figures give equal bytes. */
import { escapeXml } from "../../core/escape-markup.ts";
import type { Figure, GroupShape, Shape, TextShape } from "./figure.ts";
import { renderStyleSheet } from "./style-sheet.ts";

export interface SvgOptions {
  /** Whether blocks can get the keyboard's focus, for a page. */
  readonly isFocusable?: boolean;
}

export function renderSvg(figure: Figure, options: SvgOptions = {}): string {
  const { title, width, height, printWidth, theme, shapes } = figure;
  const size =
    printWidth === null
      ? `width="${width}" height="${height}"`
      : `width="${number(printWidth)}mm" height="${number((printWidth * height) / width)}mm"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}" role="img">
<title>${escapeXml(title)}</title>
<style>
${renderStyleSheet(theme)}</style>
${shapes.map((shape) => renderShape(shape, options)).join("")}</svg>
`;
}

function renderShape(shape: Shape, options: SvgOptions): string {
  const start = `class="${shape.classes}"`;
  switch (shape.kind) {
    case "group":
      return renderGroup(shape, options);
    case "rect": {
      const place =
        shape.x === 0 && shape.y === 0 ? "" : ` x="${number(shape.x)}" y="${number(shape.y)}"`;
      const corner = shape.radius === 0 ? "" : ` rx="${number(shape.radius)}"`;
      return `<rect ${start}${place} width="${number(shape.width)}" height="${number(shape.height)}"${corner}/>\n`;
    }
    case "circle":
      return `<circle ${start} cx="${number(shape.x)}" cy="${number(shape.y)}" r="${number(shape.radius)}"/>\n`;
    case "path":
      return `<path ${start} d="${shape.commands}"/>\n`;
    case "text":
      return renderText(shape);
  }
}

function renderGroup(group: GroupShape, options: SvgOptions): string {
  const { classes, x, y, path, tooltip, shapes } = group;
  const at = path === "" ? "" : ` data-path="${escapeXml(path)}"`;
  const focus = options.isFocusable && path !== "" ? ' tabindex="0"' : "";
  const title = tooltip === "" ? "" : `<title>${escapeXml(tooltip)}</title>\n`;
  const content = shapes.map((shape) => renderShape(shape, options)).join("");
  return `<g class="${classes}"${at}${focus} transform="translate(${number(x)} ${number(y)})">\n${title}${content}</g>\n`;
}

function renderText({ classes, x, y, anchor, runs }: TextShape): string {
  const content = runs.map(({ text, classes: own, gap }) =>
    own === ""
      ? escapeXml(text)
      : `<tspan class="${own}"${gap > 0 ? ` dx="${number(gap)}"` : ""}>${escapeXml(text)}</tspan>`,
  );
  const middle = anchor === "middle" ? ' text-anchor="middle"' : "";
  return `<text class="${classes}" x="${number(x)}" y="${number(y)}"${middle}>${content.join("")}</text>\n`;
}

function number(length: number): string {
  return String(Math.round(length * 100) / 100);
}
