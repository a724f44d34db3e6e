/** Renders a comparison as a unified diff of both networks, written in the language's own words. */
import type { OutlineRow } from "../../compiler/index.ts";
import type { Printer } from "../printer.ts";
import { type DiffView, sameSentence, titleOf } from "./diff-sentences.ts";

/** Lines shown around one that differs. */
const CONTEXT = 3;

export function renderDiffUnified(
  view: DiffView,
  rows: readonly OutlineRow[],
  { style }: Printer,
): string {
  const { base, head } = view.diff;
  const lines = [
    `--- ${base === null ? "nothing" : `${base.file}:${base.network}`}`,
    `+++ ${head === null ? "nothing" : `${head.file}:${head.network}`}`,
  ];
  const isShown = rows.map(() => false);
  rows.forEach(({ mark }, index) => {
    if (mark === "same") return;
    isShown.fill(true, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  if (!isShown.includes(true))
    return `${titleOf(view.diff)}\n${sameSentence(view) ?? "the same parts in the same order"}\n`;
  rows.forEach((row, index) => {
    if (!isShown[index]) return;
    if (!isShown[index - 1]) lines.push(style.information(`@@ ${row.path} @@`));
    const indent = "  ".repeat(row.depth);
    const removed = (): number => lines.push(style.error(`-${indent}${row.base ?? ""}`));
    const added = (): number => lines.push(style.help(`+${indent}${row.head ?? ""}`));
    switch (row.mark) {
      case "same":
        lines.push(` ${indent}${row.head ?? ""}`);
        break;
      case "moved":
        lines.push(style.warning(`>${indent}${row.head ?? ""}`));
        break;
      case "changed":
        removed();
        added();
        break;
      case "removed":
        removed();
        break;
      case "added":
        added();
        break;
    }
  });
  return `${lines.join("\n")}\n`;
}
