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
  captionFont: 11.5,
  legendFont: 10,
  blockHeight: 26,
  /** Of a block with two lines. */
  groupHeight: 42,
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
      const name = last === node.title || /^\d+$/.test(last) ? "" : last;
      const label = [name, node.note].filter((part) => part !== "").join(" · ");
      const hasCounts = look.hasCounts && (params > 0 || macs > 0);
      const counts = [`${formatShort(params)} params`, `${formatShort(macs)} MACs`];
      const second = [...(name === "" ? [] : [name]), ...(hasCounts ? counts : [])].join(" · ");
      const secondWidth = textWidth(second, SIZES.noteFont);
      return {
        ...text,
        second,
        label,
        width: Math.max(titleWidth, secondWidth) + 2 * padding,
        height: second === "" ? SIZES.blockHeight : SIZES.groupHeight,
        captionWidth:
          textWidth(title, SIZES.captionFont, true) +
          (label === "" ? 0 : SIZES.labelGap + textWidth(label, SIZES.captionFont)),
      };
    }
    default: {
      const sides = 2 * (padding + (node.family === "pooling" ? SIZES.barInset : 0));
      const noteWidth = textWidth(note, SIZES.noteFont);
      if (note === "") return { ...text, width: titleWidth + sides, height: SIZES.blockHeight };
      if (look.isNarrow) {
        const width = Math.max(titleWidth, noteWidth) + sides;
        return { ...text, note: "", second: note, width, height: SIZES.groupHeight };
      }
      const width = titleWidth + SIZES.noteGap + noteWidth + sides;
      return { ...text, width, height: SIZES.blockHeight };
    }
  }
}
