/** Chooses the lines of text in a block, their font sizes, and the block size that they require. */
import { formatShort } from "../../core/format-count.ts";
import type { PictureNode } from "./picture.ts";
import { clipText, textWidth } from "./text-width.ts";

/** Lengths and font sizes in pixels. */
export const SIZES = {
  titleFont: 12,
  noteFont: 11,
  shapeFont: 9.5,
  captionFont: 11.5,
  blockHeight: 26,
  groupHeight: 42,
  captionHeight: 20,
  framePadding: 16,
  padding: 12,
  joinWidth: 132,
  joinHeight: 22,
  roundWidth: 22,
  /** From block to block across the flow. */
  gapAcross: 18,
  /** From block to block along the flow, with the text of the edge. */
  gapDown: 30,
  /** Between the border of an open group and its first or last block. */
  entryGap: 20,
  exitGap: 14,
  shapeGap: 5,
  /** From edge to edge where several meet. */
  inletGap: 24,
} as const;

/** Longer texts are cut; the whole is in the tooltip. */
const MAX_CHARACTERS = 60;

export interface BlockText {
  /** `4 × InceptionA`; of an operator, its window and name. */
  readonly title: string;
  /** What follows the title on the same line. */
  readonly note: string;
  /** The second line of a folded group; empty for all others. */
  readonly second: string;
  readonly width: number;
  readonly height: number;
  /** What the title takes as the caption of an open group. */
  readonly captionWidth: number;
}

export function linesOf(node: PictureNode): BlockText {
  const { kind, times, path, params, macs } = node;
  const many = times > 1 ? `${times} × ` : "";
  const title = clipText(`${many}${node.title}`, MAX_CHARACTERS);
  const note = clipText(node.note, MAX_CHARACTERS);
  const text = { title, note, second: "", captionWidth: 0 };
  switch (kind) {
    case "entry":
    case "exit":
    case "split":
      return { ...text, width: 1, height: 1 };
    case "sum":
    case "scale_by":
      return { ...text, width: SIZES.roundWidth, height: SIZES.roundWidth };
    case "concat":
      return { ...text, width: SIZES.joinWidth, height: SIZES.joinHeight };
    case "group": {
      const label = path.slice(path.lastIndexOf(".") + 1);
      const own = label === node.title || /^\d+$/.test(label) ? [] : [label];
      const costs = [`${formatShort(params)} params`, `${formatShort(macs)} MACs`];
      const second = [...own, ...(params > 0 || macs > 0 ? costs : [])].join(" · ");
      const titleWidth = textWidth(title, SIZES.titleFont, true);
      const secondWidth = textWidth(second, SIZES.noteFont);
      return {
        ...text,
        second,
        width: Math.max(titleWidth, secondWidth) + 2 * SIZES.padding,
        height: SIZES.groupHeight,
        captionWidth: textWidth(`${title}  ${own.join()}`, SIZES.captionFont, true),
      };
    }
    default: {
      const noteWidth = note === "" ? 0 : textWidth(` ${note}`, SIZES.noteFont);
      const width = textWidth(title, SIZES.titleFont, true) + noteWidth + 2 * SIZES.padding;
      return { ...text, width, height: SIZES.blockHeight };
    }
  }
}
