/** Renders a picture as one self-contained page that makes no requests. */
import { escapeXml } from "../../core/escape-markup.ts";
import { drawFigure } from "./draw-figure.ts";
import { createFolding, type OpenBase } from "./folding.ts";
import type { Look } from "./look.ts";
import { PAGE_SCRIPT } from "./page-script.generated.ts";
import { renderPageStyle } from "./page-style.ts";
import type { Theme } from "./palette.ts";
import type { Picture } from "./picture.ts";
import { renderSvg } from "./render-svg.ts";

/** What the page draws from; it is in the page as JSON. */
export interface PageContent {
  readonly pictures: readonly Picture[];
  readonly theme: Theme;
  readonly look: Look;
  readonly base: OpenBase;
  /** Paths of the groups whose state differs from `base`. */
  readonly toggled: readonly string[];
}

export function renderHtml(content: PageContent): string {
  const { pictures, theme, look, base, toggled } = content;
  const isOpen = createFolding(new Set(toggled), base);
  const panels = pictures.map((picture) => ({ picture, isOpen }));
  const names = pictures.map(({ network }) => network).join(", ");
  const doc = pictures.map((picture) => picture.doc ?? "").find((text) => text !== "") ?? "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>${escapeXml(names)}</title>
<style>
${renderPageStyle(theme)}</style>
</head>
<body>
<header>
<h1>${escapeXml(names)}</h1>
<p>${escapeXml(doc)}</p>
<input id="search" type="search" placeholder="Search layers (/)" aria-label="Search layers" autocomplete="off">
<nav>
<button id="fold" type="button">Fold all</button>
<button id="unfold" type="button">Unfold all</button>
<button id="out" type="button" aria-label="Zoom out">−</button>
<button id="in" type="button" aria-label="Zoom in">+</button>
<button id="fit" type="button">Fit</button>
</nav>
</header>
<main>
<div id="view"><div id="figure">
${renderSvg(drawFigure(panels, { theme, look, hasButtons: true }), { isFocusable: true })}</div></div>
<aside id="panel" aria-live="polite"></aside>
</main>
<script type="application/json" id="content">${toScriptText(content)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** JSON that no text in it can end early: what begins a tag or a comment is written by its number. */
function toScriptText(content: PageContent): string {
  return JSON.stringify(content)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}
