/** Collects the figures of several reports into rows: several networks, or one network on several picture sizes. */
import type { NetworkReport } from "../../compiler/index.ts";
import { comparedFigures, type Figure } from "./figures.ts";

/** One of them: a report, or why there is none. */
export type Subject =
  | { readonly label: string; readonly report: NetworkReport }
  | { readonly label: string; readonly refusal: Refusal };

/** Why a network does not take a picture. */
export interface Refusal {
  /** What does not fit, in the compiler's words. */
  readonly message: string;
  /** `FILE:LINE:COLUMN` of what does not fit. */
  readonly place: string;
  /** Sides of the smallest picture that the network takes; `null` where none is as small as its declared input. */
  readonly minInput: readonly number[] | null;
}

export interface SideBySide {
  /** What the subjects are. */
  readonly compared: "networks" | "sizes";
  readonly subjects: readonly Subject[];
}

/** One figure of all subjects. */
export interface FigureRow {
  readonly key: string;
  readonly title: string;
  /** One for each subject; nothing where it has no such figure. */
  readonly figures: readonly (Figure | undefined)[];
  /** What the figure of each subject is more than that of the first; `null` where there is no difference of numbers. */
  readonly differences: readonly (number | null)[];
}

/** In the order of a report; a figure that some subjects do not have is there too. */
export function figureRows(subjects: readonly Subject[]): readonly FigureRow[] {
  const columns = subjects.map((subject) =>
    "report" in subject ? comparedFigures(subject.report) : [],
  );
  const titles = new Map(columns.flat().map(({ key, title }) => [key, title]));
  return [...titles].map(([key, title]) => {
    const figures = columns.map((column) => column.find((figure) => figure.key === key));
    const first = figures[0]?.value;
    const differences = figures.map((figure) =>
      typeof first === "number" && typeof figure?.value === "number" ? figure.value - first : null,
    );
    return { key, title, figures, differences };
  });
}

/** What `--json` prints: all reports in full, and their figures with what each is more than the first. */
export function sideBySideToJson({ compared, subjects }: SideBySide): unknown {
  const figures = figureRows(subjects).map((row) => ({
    figure: row.key,
    values: row.figures.map((figure) => figure?.value ?? null),
    differences: row.differences,
  }));
  return { formatVersion: 1, compared, figures, subjects };
}
