/** Aligns neighbouring lines in columns after labels, before relations of budgets, assertions and comments. */
import type { Line } from "./layout-lines.ts";

type Place = "content" | "relation" | "assertion" | "comment";

/** In the order of a line: what is moved first moves the others with it. */
const PLACES: readonly Place[] = ["content", "relation", "assertion", "comment"];

/** Spaces before an assertion; the others keep the space that they have. */
const ASSERTION_GAP = 3;

export function alignLines(lines: readonly Line[]): readonly Line[] {
  return PLACES.reduce((current, place) => alignPlace(current, place), lines);
}

function alignPlace(lines: readonly Line[], place: Place): readonly Line[] {
  const result = [...lines];
  for (const group of groupLines(lines, place)) {
    const members = group.filter((index) => lines[index]?.[place] !== undefined);
    const column = Math.max(...members.map((index) => leastColumn(lines[index], place)));
    for (const index of members) {
      const line = lines[index];
      if (line) result[index] = moveTo(line, place, column);
    }
  }
  return result;
}

/** Runs of neighbours that belong together: of one depth, complete in themselves, with no empty line between them. */
function groupLines(lines: readonly Line[], place: Place): readonly (readonly number[])[] {
  const groups: number[][] = [];
  let open: number[] | undefined;
  lines.forEach((line, index) => {
    const previous = lines[index - 1];
    const follows = previous && previous.indent === line.indent && !line.blankBefore;
    // Statements without an assertion may stand between those that have one; anything else ends the column.
    const belongs = line[place] !== undefined || place === "assertion";
    if (!line.isWhole || !belongs || line.text.includes("\n")) {
      open = undefined;
      if (line[place] !== undefined) groups.push([index]);
      return;
    }
    if (!open || !follows) {
      open = [];
      groups.push(open);
    }
    open.push(index);
  });
  return groups;
}

function leastColumn(line: Line | undefined, place: Place): number {
  if (!line) return 0;
  const at = line[place] ?? 0;
  const before = line.text.slice(0, at).trimEnd().length;
  return place === "assertion" && before > 0 ? before + ASSERTION_GAP : at;
}

function moveTo(line: Line, place: Place, column: number): Line {
  const at = line[place] ?? 0;
  const before = line.text.slice(0, at).trimEnd();
  if (before === "") return line;
  const shift = column - at;
  const moved = PLACES.filter((other) => (line[other] ?? -1) >= at).map(
    (other) => [other, (line[other] ?? 0) + shift] as const,
  );
  return {
    ...line,
    text: before.padEnd(column) + line.text.slice(at),
    ...Object.fromEntries(moved),
  };
}
