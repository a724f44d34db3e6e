/** Renders a comparison as Markdown for a pull request: the verdict first, a table of findings, details collapsed. */
import { displayMessage } from "../../compiler/diagnostics/display-text.ts";
import { groupFindings } from "../../compiler/index.ts";
import {
  blockRows,
  type CostRow,
  costRows,
  countSentence,
  type DiffView,
  noteSentence,
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

/** One comparison as one comment. */
export function renderDiffMarkdown(view: DiffView): string {
  const title = `### ${escapeCell(titleOf(view.diff))}`;
  return [COMMENT_MARKER, title, ...markdownVerdict(view, []), ...markdownDetails(view), ""].join(
    "\n",
  );
}

/** What matters most of a comparison, and remarks on it; begins with an empty line. */
export function markdownVerdict(view: DiffView, remarks: readonly string[]): readonly string[] {
  const { diff, selected } = view;
  const [weights = ""] = weightSentences(view);
  const verdict = sameSentence(view) ?? countSentence(selected);
  const bold =
    diff.base === null ? "network added" : diff.head === null ? "network removed" : verdict;
  return [
    "",
    [bold, ...remarks].map((line) => `**${line}**`).join("; "),
    ...(hasBoth(view) ? ["", `Weights ${weights}`] : []),
  ];
}

/** What else there is to say; begins with an empty line. */
export function markdownDetails(view: DiffView): readonly string[] {
  const [, ...weights] = hasBoth(view) ? weightSentences(view) : [];
  const notes = view.diff.notes.map((note) => `note: ${escapeCell(noteSentence(note))}`);
  const remarks = [...weights, ...notes];
  return [
    ...(remarks.length > 0 ? ["", ...remarks.map((line) => `- ${line}`)] : []),
    "",
    "| | base | head | change | |",
    "|--|--:|--:|--:|--:|",
    ...costRows(view).map(tableRow),
    ...(hasBoth(view) ? [...findingDetails(view), ...blockDetails(view)] : []),
  ];
}

function hasBoth({ diff }: DiffView): boolean {
  return diff.base !== null && diff.head !== null;
}

/** Text under a line that unfolds it; begins with an empty line. */
export function folded(summary: string, lines: readonly string[]): readonly string[] {
  return ["", `<details><summary>${summary}</summary>`, "", ...lines, "", "</details>"];
}

function findingDetails({ selected }: DiffView): readonly string[] {
  const groups = groupFindings(selected.findings);
  if (groups.length === 0) return [];
  const rows = groups.slice(0, MAX_ROWS).map((group) => {
    const { class: of, message } = group.finding;
    return `| ${signOf(group.finding)} | ${of} | ${escapeCell(message)} | ${code(placesText(group)).replaceAll("|", "\\|")} |`;
  });
  const more = groups.length - rows.length;
  return folded("Findings", [
    "| | class | what | where |",
    "|--|--|--|--|",
    ...rows,
    ...(more > 0 ? ["", `and ${more} more`] : []),
  ]);
}

function blockDetails(view: DiffView): readonly string[] {
  const rows = blockRows(view);
  if (rows.length === 0) return [];
  return folded("Cost by block", [
    "| block | parameters | change | MACs | change |",
    "|--|--:|--:|--:|--:|",
    ...rows.map(
      ([path, params, macs]) =>
        `| \`${path}\` | ${params[2]} | ${params[3]} | ${macs[2]} | ${macs[3]} |`,
    ),
  ]);
}

function tableRow(row: CostRow): string {
  return `| ${row.join(" | ")} |`;
}

function escapeCell(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, "\\$&").replace(/\s+/g, " ");
}

/** Text as code on one line: fenced by more backticks than stand in it. */
export function code(text: string): string {
  if (text === "") return "";
  const shown = displayMessage(text);
  const fence = "`".repeat(longestRun(shown) + 1);
  const space = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Lines as a block of code. */
export function codeBlock(language: string, text: string): readonly string[] {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}${language}`, ...text.trimEnd().split("\n"), fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
