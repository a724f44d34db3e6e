/** CSS of the page around a picture; the picture has its own style sheet. */
import { DARK, LIGHT, type Palette, type Theme } from "./palette.ts";

export function renderPageStyle(theme: Theme): string {
  const base = renderVariables(theme === "dark" ? DARK : LIGHT);
  const dark =
    theme === "auto" ? `@media (prefers-color-scheme: dark) { ${renderVariables(DARK)} }\n` : "";
  return `${base}\n${dark}${RULES}`;
}

function renderVariables({ background, text, faint, frame, caption, compute }: Palette): string {
  return `:root { --background: ${background}; --text: ${text}; --faint: ${faint}; --frame: ${frame}; --raised: ${caption}; --accent: ${compute}; }`;
}

const RULES = `* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: var(--background); color: var(--text); font: 14px/1.45 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; padding: 10px 16px; background: var(--raised); border-bottom: 1px solid var(--frame); }
h1 { font-size: 16px; margin: 0; }
header p { flex: 1 1 200px; margin: 0; color: var(--faint); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
input, button { font: inherit; color: inherit; background: var(--background); border: 1px solid var(--frame); border-radius: 6px; padding: 4px 10px; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
nav { display: flex; gap: 6px; }
main { flex: 1; display: flex; min-height: 0; }
#view { flex: 1; overflow: hidden; position: relative; cursor: grab; touch-action: none; }
#view.dragging { cursor: grabbing; }
#figure { position: absolute; transform-origin: 0 0; }
#figure svg { display: block; }
#figure .node[data-path] { cursor: pointer; outline: none; }
#figure .node:focus-visible > .block, #figure .node:focus-visible > .frame { stroke-width: 3px; }
#figure .selected > .block, #figure .selected > .frame { stroke: var(--accent); stroke-width: 3px; }
#figure .button { font-size: 14px; font-weight: 700; }
aside { width: 300px; overflow: auto; padding: 14px 16px; border-left: 1px solid var(--frame); overflow-wrap: anywhere; }
aside h2 { font-size: 14px; margin: 0 0 8px; }
aside p { color: var(--faint); margin: 0 0 10px; }
aside dl { display: grid; grid-template-columns: auto 1fr; gap: 3px 12px; margin: 0 0 12px; }
aside dt { color: var(--faint); }
aside dd { margin: 0; font-variant-numeric: tabular-nums; }
aside ul { list-style: none; padding: 0; margin: 0; }
aside li button { display: block; width: 100%; text-align: left; margin-bottom: 4px; overflow-wrap: anywhere; }
@media (max-width: 720px) { main { flex-direction: column; } aside { width: auto; max-height: 40%; border-left: 0; border-top: 1px solid var(--frame); } }
`;
