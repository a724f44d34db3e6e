/** Chooses the lines of text in a block, their font sizes, and the block size that they require. */
import { formatShort } from "../../core/format-count.ts";
import type { Look } from "./look.ts";
import type { PictureNode } from "./picture.ts";
import { clipText, textWidth } from "./text-width.ts";

/** Lengths and font sizes in pixels. */
export const SIZES = {
  titleFont: 12,
  noteFont: 11,
  shapeFont: 9.5,
  changeFont: 10.5,
  captionFont: 11.5,
  legendFont: 10,
  blockHeight: 26,
  lineHeight: 15,
  captionHeight: 20,
  joinHeight: 22,
  roundWidth: 22,
  /** Between the border of an open group and its first or last block. */
  entryGap: 20,
  exitGap: 14,
  shapeGap: 5,
  /** From edge to edge where several meet. */
  inletGap: 24,
  /** Between the words of a line that are set in different styles. */
  noteGap: 4,
  /** From the sides of a pooling block to its inner lines. */
  barInset: 3.5,
  labelGap: 6,
} as const;

/** Lengths that a page's column makes smaller. */
interface Spacing {
  readonly framePadding: number;
  /** Beside the text of a block. */
  readonly padding: number;
  readonly joinWidth: number;
  /** From block to block across the flow. */
  readonly gapAcross: number;
  /** From block to block along the flow, with the text of the edge. */
  readonly gapAlong: number;
}

const USUAL: Spacing = {
  framePadding: 16,
  padding: 9,
  joinWidth: 132,
  gapAcross: 18,
  gapAlong: 30,
};
const NARROW: Spacing = {
  framePadding: 8,
  padding: 5,
  joinWidth: 72,
  gapAcross: 9,
  gapAlong: 26,
};

export function spacingOf({ isNarrow }: Look): Spacing {
  return isNarrow ? NARROW : USUAL;
}

/** Longer texts are cut; the whole is in the tooltip. */
const MAX_CHARACTERS = 60;

export interface BlockText {
  /** `4 × InceptionA`; of an operator, its window and name. */
  readonly title: string;
  /** What follows the title on the same line. */
  readonly note: string;
  /** The second line of a folded group or a narrow block; empty for all others. */
  readonly second: string;
  readonly width: number;
  readonly height: number;
  /** What was changed, below all else. */
  readonly changes: readonly string[];
  /** What follows the title in the caption of an open group. */
  readonly label: string;
  /** What the caption of an open group needs. */
  readonly captionWidth: number;
}

export function linesOf(node: PictureNode, look: Look): BlockText {
  const { kind, times, path, params, macs } = node;
  const { padding, joinWidth } = spacingOf(look);
  const many = times > 1 ? `${times} × ` : "";
  const title = clipText(`${many}${node.title}`, MAX_CHARACTERS);
  const note = clipText(node.note, MAX_CHARACTERS);
  const text = {
    title,
    note: node.kind === "group" ? "" : note,
    second: "",
    label: "",
    changes: [],
    captionWidth: 0,
  };
  const titleWidth = textWidth(title, SIZES.titleFont, true);
  switch (kind) {
    case "entry":
    case "exit":
    case "split":
      return { ...text, width: 1, height: 1 };
    case "sum":
    case "scale_by":
      return { ...text, width: SIZES.roundWidth, height: SIZES.roundWidth };
    case "concat": {
      const width = look.direction === "down" ? joinWidth : titleWidth + 2 * padding;
      return { ...text, width, height: SIZES.joinHeight };
    }
    case "group": {
      const last = clipText(path.slice(path.lastIndexOf(".") + 1), MAX_CHARACTERS);
      const isRun = node.group?.kind === "unchanged";
      const name = isRun || last === node.title || /^\d+$/.test(last) ? "" : last;
      const changes = changeLines(node);
      const label = [name, node.note, ...changes].filter((part) => part !== "").join(" · ");
      const hasCounts = look.hasCounts && (params > 0 || macs > 0);
      const counts = [`${formatShort(params)} params`, `${formatShort(macs)} MACs`];
      const second = [isRun ? node.note : name, ...(hasCounts ? counts : [])]
        .filter((part) => part !== "")
        .join(" · ");
      const secondWidth = textWidth(second, SIZES.noteFont);
      return {
        ...text,
        second,
        label,
        changes,
        width: Math.max(titleWidth, secondWidth, ...changes.map(widthOfChange)) + 2 * padding,
        height: heightOf(second, changes),
        captionWidth:
          textWidth(title, SIZES.captionFont, true) +
          (label === "" ? 0 : SIZES.labelGap + textWidth(label, SIZES.captionFont)),
      };
    }
    default: {
      const sides = 2 * (padding + (node.family === "pooling" ? SIZES.barInset : 0));
      const noteWidth = textWidth(note, SIZES.noteFont);
      const changes = changeLines(node);
      const second = look.isNarrow ? note : "";
      const firstWidth = titleWidth + (note === "" ? 0 : SIZES.noteGap + noteWidth);
      const widths = look.isNarrow ? [titleWidth, noteWidth] : [firstWidth];
      return {
        ...text,
        note: look.isNarrow ? "" : note,
        second,
        changes,
        width: Math.max(...widths, ...changes.map(widthOfChange)) + sides,
        height: heightOf(second, changes),
      };
    }
  }
}

/** More stand in the tooltip. */
const MAX_CHANGES = 3;

function changeLines({ changes }: PictureNode): readonly string[] {
  const shown = changes.slice(0, MAX_CHANGES).map((line) => clipText(line, MAX_CHARACTERS));
  const more = changes.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more`] : shown;
}

function widthOfChange(line: string): number {
  return textWidth(line, SIZES.changeFont, true);
}

function heightOf(second: string, changes: readonly string[]): number {
  const lines = (second === "" ? 0 : 1) + changes.length;
  return lines === 0 ? SIZES.blockHeight : SIZES.blockHeight + 1 + lines * SIZES.lineHeight;
}
