/** Renders a comparison as one self-contained page: both networks side by side, findings, weights and costs. */

import { escapeHtml } from "../../compiler/core/escape-markup.ts";
import { groupFindings, type OutlineRow } from "../../compiler/index.ts";
import { renderPage } from "../html/render-page.ts";
import {
  type CostRow,
  costRows,
  countSentence,
  type DiffView,
  placesText,
  sameSentence,
  signOf,
  titleOf,
  weightSentences,
} from "./diff-sentences.ts";

const SIGNS = { same: "", changed: "~", moved: ">", removed: "−", added: "+" } as const;

const STYLE = `
:root { --removed: #ffd7d5; --added: #ccffd8; --changed: #fff3bf; --moved: #ddf4ff; }
@media (prefers-color-scheme: dark) { :root { --removed: #67060c; --added: #033a16; --changed: #4b3a00; --moved: #0c2d6b; } }
.outline td { font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; border: 0; width: 50%; }
.outline td.sign { width: 1rem; text-align: center; }
tr.removed td.base, tr.changed td.base { background: var(--removed); }
tr.added td.head, tr.changed td.head { background: var(--added); }
tr.moved td { background: var(--moved); }
tr.changed td.sign { background: var(--changed); }
`;

export function renderDiffHtml(view: DiffView, rows: readonly OutlineRow[]): string {
  const { diff, selected } = view;
  const findings = groupFindings(selected.findings).map((group) => {
    const { finding } = group;
    const cells = [signOf(finding), finding.class, finding.message, placesText(group)];
    return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  const body = `
<p><strong>${escapeHtml(sameSentence(view) ?? countSentence(selected))}</strong></p>
<h2>Weights</h2>
<ul>${weightSentences(view)
    .map((line) => `<li>${escapeHtml(line)}</li>`)
    .join("")}</ul>
<h2>Cost</h2>
<table>
<tr><th></th><th class="number">base</th><th class="number">head</th><th class="number">change</th><th></th></tr>
${costRows(view).map(costLine).join("\n")}
</table>
${findings.length > 0 ? `<h2>Findings</h2>\n<table>\n<tr><th></th><th>class</th><th>what</th><th>where</th></tr>\n${findings.join("\n")}\n</table>` : ""}
<h2>Side by side</h2>
<table class="outline">
<tr><th>${escapeHtml(diff.base?.network ?? "nothing")}</th><th></th><th>${escapeHtml(diff.head?.network ?? "nothing")}</th></tr>
${rows.map(outlineLine).join("\n")}
</table>
`;
  return renderPage({ title: titleOf(diff), style: STYLE, body });
}

function outlineLine({ mark, depth, path, base, head }: OutlineRow): string {
  const indent = "  ".repeat(depth);
  const cell = (side: "base" | "head", text: string | undefined): string =>
    `<td class="${side}">${text === undefined ? "" : escapeHtml(indent + text)}</td>`;
  return `<tr class="${mark}" title="${escapeHtml(path)}">${cell("base", base)}<td class="sign">${SIGNS[mark]}</td>${cell("head", head)}</tr>`;
}

function costLine([name, ...numbers]: CostRow): string {
  return `<tr><td>${name}</td>${numbers.map((text) => `<td class="number">${escapeHtml(text)}</td>`).join("")}</tr>`;
}
