/** Finds the figure of a paper that shows a part of a network, as named in the documentation of its module. */
import type { CheckedArchitecture } from "../../src/compiler/index.ts";
import { walk } from "../../src/compiler/ir/walk.ts";

/** The figure for a path of a finding, where `*` and `{0-3}` stand for instances of a repeat. */
export type FigureOf = (path: string) => number | undefined;

/**
 * `whole` is the figure of all of `drawn`, which shows what is in no module that names one of its own, and where a part
 * of `other` is missing.
 */
export function findFigures(
  drawn: CheckedArchitecture,
  other: CheckedArchitecture,
  whole: number,
): FigureOf {
  const figures = new Map<string, number>();
  const blocks = new Set<string>();
  for (const { root } of [drawn, other]) {
    walk(root, ({ node }, path) => {
      blocks.add(path.split(".", 1)[0] ?? "");
      const figure = node.kind === "call" ? figureIn(node.instance.module.doc ?? "") : undefined;
      if (figure !== undefined && root === drawn.root) figures.set(path, figure);
      return true;
    });
  }
  return (path) => {
    // Neither the input's pixels nor a parameter is drawn.
    if (path === "" || !blocks.has(path.split(".", 1)[0] ?? "")) return undefined;
    const segments = path
      .replaceAll("*", "0")
      .replace(/\{(\d+)[^}]*\}/g, "$1")
      .split(".");
    for (let length = segments.length; length > 0; length--) {
      const figure = figures.get(segments.slice(0, length).join("."));
      if (figure !== undefined) return figure;
    }
    return whole;
  };
}

/** `Inception-A (figure 4): 35x35` is drawn in figure 4. */
function figureIn(doc: string): number | undefined {
  const found = /\bfigure (\d+)/.exec(doc)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** `3`, `7, 10-14`. */
export function formatFigures(figures: readonly (number | undefined)[]): string {
  const numbers = [...new Set(figures)].filter((figure) => figure !== undefined);
  const runs: [start: number, end: number][] = [];
  for (const figure of numbers.sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && figure === last[1] + 1) last[1] = figure;
    else runs.push([figure, figure]);
  }
  return runs.map(([start, end]) => (start === end ? String(start) : `${start}–${end}`)).join(", ");
}
