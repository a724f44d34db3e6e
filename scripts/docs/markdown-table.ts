/** Formats rows as a Markdown table. */

/** Rows of cells under a head; columns stand to the left unless told otherwise. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  sides: readonly ("left" | "right")[] = head.map(() => "left"),
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(sides.map((side) => (side === "right" ? "---:" : "---"))),
    ...rows.map(line),
  ];
}
