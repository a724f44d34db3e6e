/** Draws what stands around a picture: the heading with the network's numbers, and the legend. */
import { formatShort } from "../../core/format-count.ts";
import { SIZES } from "./block-text.ts";
import type { Shape } from "./figure.ts";
import type { Look } from "./look.ts";
import { HEAT_STEPS, MARK_SYMBOLS } from "./palette.ts";
import type { Mark, Picture } from "./picture.ts";
import { clipText, textWidth } from "./text-width.ts";

export interface Drawn {
  readonly shapes: readonly Shape[];
  readonly width: number;
  readonly height: number;
}

const NAME_FONT = 17;
const SUMMARY_FONT = 11.5;
const MAX_NAME = 60;

/** The network's name over its shapes and counts, in as many lines as a picture of this width requires. */
export function drawHeading(picture: Picture, look: Look, width: number): Drawn {
  const { network, base, input, output, params, macs } = picture;
  const name = clipText(base === null ? network : `${network} (${base})`, MAX_NAME);
  const parts = [
    `${input} → ${output}`,
    ...(look.hasCounts ? [`${formatShort(params)} parameters  ·  ${formatShort(macs)} MACs`] : []),
  ];
  const whole = parts.join("  ·  ");
  const fits = !look.isNarrow || textWidth(whole, SUMMARY_FONT) <= width;
  const lines = fits ? [whole] : parts;
  const widths = [
    textWidth(name, NAME_FONT, true),
    ...lines.map((line) => textWidth(line, SUMMARY_FONT)),
  ];
  const own = Math.max(...widths);
  const line = (classes: string, y: number, text: string): Shape => ({
    kind: "text",
    classes,
    x: own / 2,
    y,
    anchor: "middle",
    runs: [{ text, classes: "", gap: 0 }],
  });
  const height = 36 + 16 * (lines.length - 1);
  return {
    shapes: [
      line("name", 13, name),
      ...lines.map((text, index) => line("summary", 32 + 16 * index, text)),
    ],
    width: own,
    height,
  };
}

/** What colours and signs mean, in lines of at most `maxWidth`; nothing where there are none. */
export function drawLegend(look: Look, hasMarks: boolean, maxWidth: number): Drawn {
  const items = [...(look.hasHeat ? heatItems() : []), ...(hasMarks ? markItems() : [])];
  const shapes: Shape[] = [];
  let x = 0;
  let line = 0;
  let width = 0;
  for (const item of items) {
    if (x > 0 && x + item.width > maxWidth) {
      x = 0;
      line += 1;
    }
    shapes.push({ ...GROUP, x, y: line * LINE_HEIGHT, shapes: item.shapes });
    x += item.width + ITEM_GAP;
    width = Math.max(width, x - ITEM_GAP);
  }
  return { shapes, width, height: items.length > 0 ? (line + 1) * LINE_HEIGHT : 0 };
}

const LINE_HEIGHT = 18;
const ITEM_GAP = 10;
/** Of the line that letters stand on, from the top of an item. */
const BASELINE = 11;
const GROUP = { kind: "group", classes: "item", path: "", tooltip: "" } as const;

type Item = Pick<Drawn, "shapes" | "width">;

function heatItems(): readonly Item[] {
  const texts = [`< ${HEAT_STEPS[0] * 100}%`, ...HEAT_STEPS.map((step) => `≥ ${step * 100}%`)];
  return [
    { shapes: [label("share of the MACs", 0)], width: legendWidth("share of the MACs") },
    ...texts.map(
      (text, level): Item => ({
        shapes: [
          {
            kind: "rect",
            classes: `block heat-${level}`,
            x: 0.5,
            y: BASELINE - 9.5,
            width: 16,
            height: 11,
            radius: 2,
          },
          label(text, 21),
        ],
        width: 21 + legendWidth(text),
      }),
    ),
  ];
}

function markItems(): readonly Item[] {
  return (["added", "removed", "changed"] as const).map((mark) => ({
    shapes: [...drawSign(mark, 7.5, BASELINE - 4), label(mark, 19)],
    width: 19 + legendWidth(mark),
  }));
}

function label(text: string, x: number): Shape {
  const runs = [{ text, classes: "", gap: 0 }];
  return { kind: "text", classes: "legend", x, y: BASELINE, anchor: "start", runs };
}

function legendWidth(text: string): number {
  return textWidth(text, SIZES.legendFont);
}

/** The sign of a mark, which says it without colour too. */
export function drawSign(mark: Mark, x: number, y: number): readonly Shape[] {
  const runs = [{ text: MARK_SYMBOLS[mark], classes: "", gap: 0 }];
  return [
    { kind: "circle", classes: `sign-${mark}`, x, y, radius: 7.5 },
    { kind: "text", classes: "sign", x, y: y + 4, anchor: "middle", runs },
  ];
}
