/** Owns a comparison as one comment on a pull request: the verdict first, a table of findings, details folded away. */
import { groupFindings } from "../../compiler/index.ts";
import {
  blockRows,
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

/** Finds the comment again, so that it is edited and not posted a second time. */
const COMMENT_MARKER = "<!-- inceptc-diff -->";

/** Rows of the table of findings; the rest is in the JSON. */
const MAX_ROWS = 100;

export function renderDiffMarkdown(view: DiffView): string {
  const { diff, selected } = view;
  const groups = groupFindings(selected.findings);
  const [verdict = "", ...details] = weightSentences(view);
  const rows = groups.slice(0, MAX_ROWS).map((group) => {
    const { class: of, message } = group.finding;
    return `| ${signOf(group.finding)} | ${of} | ${escapeCell(message)} | ${codeCell(placesText(group))} |`;
  });
  return [
    COMMENT_MARKER,
    `### ${escapeCell(titleOf(diff))}`,
    "",
    `**${sameSentence(view) ?? countSentence(selected)}**`,
    "",
    `Weights ${verdict}`,
    ...(details.length > 0 ? ["", ...details.map((line) => `- ${line}`)] : []),
    "",
    "| | base | head | change | |",
    "|--|--:|--:|--:|--:|",
    ...costRows(view).map(tableRow),
    ...(rows.length > 0
      ? [
          "",
          "<details><summary>Findings</summary>",
          "",
          "| | class | what | where |",
          "|--|--|--|--|",
          ...rows,
          ...(groups.length > MAX_ROWS ? ["", `and ${groups.length - MAX_ROWS} more`] : []),
          "",
          "</details>",
        ]
      : []),
    ...blockDetails(view),
    "",
  ].join("\n");
}

function blockDetails(view: DiffView): readonly string[] {
  const rows = blockRows(view);
  if (rows.length === 0) return [];
  return [
    "",
    "<details><summary>Cost by block</summary>",
    "",
    "| block | parameters | change | MACs | change |",
    "|--|--:|--:|--:|--:|",
    ...rows.map(
      ([path, params, macs]) =>
        `| \`${path}\` | ${params[2]} | ${params[3]} | ${macs[2]} | ${macs[3]} |`,
    ),
    "",
    "</details>",
  ];
}

function tableRow(row: CostRow): string {
  return `| ${row.join(" | ")} |`;
}

function escapeCell(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, "\\$&").replace(/\s+/g, " ");
}

/** Paths are words, dots, stars and braces: nothing that could end the code. */
function codeCell(text: string): string {
  return text === "" ? "" : `\`${text.replace(/[`|]/g, "")}\``;
}
