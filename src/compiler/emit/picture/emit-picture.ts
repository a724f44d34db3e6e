/** Renders networks as a picture: decides which groups are open, checks the size and picks the format. */
import type { CheckedArchitecture } from "../../ir/shaped.ts";
import { buildPicture } from "./build-picture.ts";
import { countBlocks, MAX_BLOCKS } from "./count-blocks.ts";
import { createFolding, findGroups } from "./folding.ts";
import type { Theme } from "./palette.ts";
import type { Marks } from "./picture.ts";
import { renderDot } from "./render-dot.ts";
import { renderHtml } from "./render-html.ts";
import { renderMermaid } from "./render-mermaid.ts";
import { renderSvg } from "./render-svg.ts";

export const PICTURE_FORMATS = ["svg", "html", "dot", "mermaid"] as const;

export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** A network to draw, with marks for differences from another version. */
export interface PictureSide {
  readonly checked: CheckedArchitecture;
  /** By path. A mark is shown on everything drawn for the path, or on the nearest enclosing block that is drawn. */
  readonly marks?: Marks;
}

export interface PictureOptions {
  /** Default: `svg`. */
  readonly format?: PictureFormat;
  /** Paths of modules and repeats to open with all that is around them, or `all`. Default: none. */
  readonly expand?: readonly string[];
  /** Of SVG and the page. `auto`, the default, follows the reader's system. */
  readonly theme?: Theme;
}

export type PictureResult =
  | { readonly kind: "drawn"; readonly text: string }
  /** No side has the path of `expand`; `next` are existing paths at the point where it fails. */
  | { readonly kind: "unknown-path"; readonly path: string; readonly next: readonly string[] }
  | { readonly kind: "too-large"; readonly blocks: number; readonly most: number };

/** Draws one network, or several side by side: a base and what became of it. */
export function emitPicture(
  sides: readonly PictureSide[],
  { format = "svg", expand = [], theme = "auto" }: PictureOptions = {},
): PictureResult {
  const pictures = sides.map(({ checked, marks }) => buildPicture(checked, marks));
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
    case "svg":
      return { kind: "drawn", text: renderSvg(panels, { theme }) };
    case "dot":
      return { kind: "drawn", text: renderDot(panels) };
    case "mermaid":
      return { kind: "drawn", text: renderMermaid(panels) };
    case "html": {
      const page = { pictures, theme, base, toggled: [...toggled] } as const;
      return { kind: "drawn", text: renderHtml(page) };
    }
  }
}
