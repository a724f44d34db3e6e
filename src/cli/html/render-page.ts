/** The frame of a self-contained HTML page: one file, light and dark colours, no requests to the network. */
import { escapeHtml } from "../../compiler/core/escape-markup.ts";

export interface Page {
  readonly title: string;
  /** Rules beside those that every page has. */
  readonly style: string;
  /** Markup that stands under the title. */
  readonly body: string;
  /** Runs once the page is there; without it the page has no script, and may have none. */
  readonly script?: string;
}

const STYLE = `
:root { color-scheme: light dark; --line: #8886; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; }
td, th { padding: 0.1rem 0.6rem; vertical-align: top; border-bottom: 1px solid var(--line); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
`;

export function renderPage({ title, style, body, script }: Page): string {
  const scripts = script === undefined ? "" : "; script-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${scripts}">
<title>${escapeHtml(title)}</title>
<style>${STYLE}${style.trimStart()}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body.trim()}
${script === undefined ? "" : `<script>${script}</script>\n`}</body>
</html>
`;
}
