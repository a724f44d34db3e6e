/** Aligns rows of cells in columns of text; cells may contain colour codes. */
import { stripVTControlCharacters } from "node:util";
import { widthOf } from "../compiler/diagnostics/display-text.ts";

export type Alignment = "left" | "right";

/** A line for each row, two spaces between columns, nothing at the end of a line. Cells may be coloured. */
export function renderTable(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
): readonly string[] {
  const lines = rows.map((row) => row.map((cell) => cell.replaceAll("\n", " ")));
  const widths = alignments.map((_, column) =>
    Math.max(0, ...lines.map((row) => visibleWidth(row[column] ?? ""))),
  );
  return lines.map((row) => {
    const cells = alignments.map((alignment, column) => {
      const cell = row[column] ?? "";
      const room = " ".repeat((widths[column] ?? 0) - visibleWidth(cell));
      return alignment === "right" ? room + cell : cell + room;
    });
    return cells.join("  ").trimEnd();
  });
}

function visibleWidth(cell: string): number {
  return widthOf(stripVTControlCharacters(cell));
}
