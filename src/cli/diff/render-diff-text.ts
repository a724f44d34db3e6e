/** Renders a comparison for the terminal: what the author changed, what follows from it, weights, costs. */

import { type FindingGroup, groupFindings, type RuleScope } from "../../compiler/index.ts";
import type { Printer } from "../printer.ts";
import { renderTable } from "../render-table.ts";
import {
  blockRows,
  type CostRow,
  consequenceSentences,
  costRows,
  counted,
  countSentence,
  type DiffView,
  noteSentence,
  placesText,
  sameSentence,
  signOf,
  titleOf,
  weightSentences,
} from "./diff-sentences.ts";
import { tensorRows } from "./tensor-rows.ts";

/** `source` leaves out the operators, `tensors` adds every tensor that does not fit as it is. */
export type DiffDepth = "source" | "graph" | "tensors";

export function renderDiffText(view: DiffView, depth: DiffDepth, printer: Printer): string {
  const { style, symbols } = printer;
  const { diff, selected } = view;
  const same = sameSentence(view);
  const groups = groupFindings(selected.findings);
  const lines = [
    style.strong(titleOf(diff)),
    ...(same === undefined
      ? [
          ...section("Source", groups, "source", printer),
          ...(depth === "source"
            ? operatorHint(groups, printer)
            : [
                ...section("Operators", groups, "graph", printer),
                ...consequenceSentences(view).map((sentence) =>
                  style.faint(`  and, as a consequence, ${sentence}`),
                ),
              ]),
        ]
      : ["", `${style.help(symbols.good)} ${same}`]),
    "",
    style.strong("Weights"),
    ...weightSentences(view).map((line) => `  ${line}`),
    ...(depth === "tensors" ? tensorLines(view) : []),
    "",
    style.strong("Cost"),
    ...renderTable(costRows(view), ["left", "right", "right", "right", "right"]).map(indent),
    ...blockLines(view, printer),
    ...(diff.notes.length > 0 ? [""] : []),
    ...diff.notes.map((note) => `note: ${noteSentence(note)}`),
    ...(same === undefined ? ["", style.strong(countSentence(selected))] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function indent(line: string): string {
  return `  ${line}`;
}

/** Counts findings that the source level does not show, so that an empty list is not mistaken for no change. */
function operatorHint(groups: readonly FindingGroup[], { style }: Printer): readonly string[] {
  const kinds = groups.filter(({ finding }) => finding.scope === "graph").length;
  if (kinds === 0) return [];
  const start = kinds === groups.length ? "nothing but" : "and";
  const text = `${start} ${counted(kinds, "kind")} of findings in operators; --level graph shows them`;
  return [...(kinds === groups.length ? [""] : []), style.faint(`  ${text}`)];
}

function section(
  title: string,
  groups: readonly FindingGroup[],
  scope: RuleScope,
  { style }: Printer,
): readonly string[] {
  const rows = groups
    .filter(({ finding }) => finding.scope === scope)
    .map((group) => {
      const { finding } = group;
      const color =
        finding.level === "error"
          ? style.error
          : finding.level === "warning"
            ? style.warning
            : style.faint;
      const place = finding.head ?? finding.base;
      return [
        `  ${signOf(finding)} ${color(finding.class)}`,
        finding.message,
        placesText(group),
        style.faint(place === null ? "" : `${place.file}:${place.line}:${place.column}`),
      ];
    });
  if (rows.length === 0) return [];
  return ["", style.strong(title), ...renderTable(rows, ["left", "left", "left", "left"])];
}

function tensorLines({ diff }: DiffView): readonly string[] {
  return renderTable(tensorRows(diff.weights), ["left", "left", "left", "left"]).map(
    (line) => `    ${line}`,
  );
}

function blockLines(view: DiffView, { style }: Printer): readonly string[] {
  const rows = blockRows(view).map(([path, params, macs]) => [
    `  ${path}`,
    ...cells(params),
    ...cells(macs),
  ]);
  if (rows.length === 0) return [];
  const head = ["  block", "parameters", "", "", "MACs", "", ""].map(style.faint);
  return [
    "",
    ...renderTable([head, ...rows], ["left", "right", "right", "right", "right", "right", "right"]),
  ];
}

function cells([, base, head, delta]: CostRow): readonly string[] {
  return [base, head, delta];
}
