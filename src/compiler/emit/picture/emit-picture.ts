/** Renders networks as a picture: decides which groups are open, checks the size and picks the format. */
import type { CheckedArchitecture } from "../../ir/shaped.ts";
import { buildPicture } from "./build-picture.ts";
import { collapseUnchanged } from "./collapse-unchanged.ts";
import { countBlocks, MAX_BLOCKS } from "./count-blocks.ts";
import type { Figure } from "./figure.ts";
import { figureStyles, type StyleOf } from "./figure-style.ts";
import { createFolding, findGroups } from "./folding.ts";
import { type Look, USUAL_LOOK } from "./look.ts";
import { fitFigure, smallestFont } from "./page-fit.ts";
import type { Theme } from "./palette.ts";
import type { ChangeTexts, Marks } from "./picture.ts";
import { renderDot } from "./render-dot.ts";
import { renderHtml } from "./render-html.ts";
import { renderMermaid } from "./render-mermaid.ts";
import { renderSvg } from "./render-svg.ts";

export const PICTURE_FORMATS = ["svg", "html", "dot", "mermaid"] as const;

export const PICTURE_LAYOUTS = ["down", "right", "columns"] as const;

export type Layout = (typeof PICTURE_LAYOUTS)[number];

export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** A network to draw, with marks for differences from another version. */
export interface PictureSide {
  readonly checked: CheckedArchitecture;
  /** By path. A mark is shown on everything drawn for the path, or on the nearest enclosing block that is drawn. */
  readonly marks?: Marks;
  /** What was changed, by path, as it is written into blocks. */
  readonly changes?: ChangeTexts;
}

export interface PictureOptions {
  /** Default: `svg`. */
  readonly format?: PictureFormat;
  /** Paths of modules and repeats to open with all that is around them, or `all`. Default: none. */
  readonly expand?: readonly string[];
  /** Of SVG and the page. `auto`, the default, follows the reader's system. */
  readonly theme?: Theme;
  /** Which way the tensors flow; in `columns`, down in several of them. Of DOT, Mermaid and the page `down` or `right`. Default: `down`. */
  readonly layout?: Layout;
  /**
   * Of an SVG in print, in millimetres. Blocks are as narrow as that requires, and what flows to the right is broken into
   * rows. Default: at 96 pixels an inch.
   */
  readonly printWidth?: number;
  /** Whether a comparison shows what is unchanged too, and not as one block for each run. Default: false. */
  readonly unchanged?: boolean;
  /** Whether the fill of a block says its share of the multiply-adds. Default: true. */
  readonly heat?: boolean;
  /** Whether parameters and multiply-adds are written. Default: true. */
  readonly counts?: boolean;
  /** Whether shapes are written at the edges. Default: true. */
  readonly shapes?: boolean;
}

/** A figure, and what its shapes look like: what a program needs that writes pictures in other formats. */
export interface StyledFigure {
  readonly figure: Figure;
  readonly styleOf: StyleOf;
  /** How high the smallest letters are set on paper, in points. */
  readonly smallestFont: number;
}

export type PictureResult =
  /** `styled` is what an SVG was written from; absent for other formats. */
  | { readonly kind: "drawn"; readonly text: string; readonly styled?: StyledFigure }
  /** No side has the path of `expand`; `next` are existing paths at the point where it fails. */
  | { readonly kind: "unknown-path"; readonly path: string; readonly next: readonly string[] }
  | { readonly kind: "too-large"; readonly blocks: number; readonly most: number };

/** Draws one network, or several side by side: a base and what became of it. */
export function emitPicture(
  sides: readonly PictureSide[],
  options: PictureOptions = {},
): PictureResult {
  const {
    format = "svg",
    expand = [],
    theme = "auto",
    printWidth = null,
    unchanged = false,
  } = options;
  const look = lookOf(options);
  const built = sides.map(({ checked, marks, changes }) => buildPicture(checked, marks, changes));
  const isComparison = built.some(({ hasMarks }) => hasMarks);
  const pictures = isComparison && !unchanged ? built.map(collapseUnchanged) : built;
  const base = expand.includes("all") ? "all" : "some";
  const toggled = new Set<string>();
  for (const path of expand.filter((one) => one !== "all")) {
    const found = pictures.map((picture) => findGroups(picture, path));
    if (!found.some(({ isFound }) => isFound)) {
      return { kind: "unknown-path", path, next: found.flatMap(({ next }) => next) };
    }
    if (base === "all") continue;
    for (const { groups } of found.filter(({ isFound }) => isFound)) {
      for (const group of groups) if (!group.isOpenAtFirst) toggled.add(group.path);
    }
  }
  const isOpen = createFolding(toggled, base);
  const panels = pictures.map((picture) => ({ picture, isOpen }));
  const blocks = countBlocks(panels);
  if (blocks > MAX_BLOCKS) return { kind: "too-large", blocks, most: MAX_BLOCKS };
  switch (format) {
    case "svg": {
      const isBroken = options.layout === "columns";
      const figure = fitFigure(panels, { theme, look, isBroken, printWidth });
      return {
        kind: "drawn",
        text: renderSvg(figure),
        styled: { figure, styleOf: figureStyles(figure), smallestFont: smallestFont(figure) },
      };
    }
    case "dot":
      return { kind: "drawn", text: renderDot(panels, look) };
    case "mermaid":
      return { kind: "drawn", text: renderMermaid(panels, look) };
    case "html": {
      const page = { pictures, theme, look, base, toggled: [...toggled] } as const;
      return { kind: "drawn", text: renderHtml(page) };
    }
  }
}

function lookOf(options: PictureOptions): Look {
  const { layout, heat, counts, shapes } = options;
  return {
    direction: layout === "right" ? "right" : "down",
    isNarrow: false,
    hasHeat: heat ?? USUAL_LOOK.hasHeat,
    hasCounts: counts ?? USUAL_LOOK.hasCounts,
    hasShapes: shapes ?? USUAL_LOOK.hasShapes,
  };
}
