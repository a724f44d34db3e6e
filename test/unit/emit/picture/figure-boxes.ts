/** Measures a figure as a renderer with a given font would draw it: the boxes of texts, and the lines that they must not touch. */
import type { Font } from "fontkit";
import { type FontFamily, openFont, type Weight } from "../../../../scripts/fonts/open-fonts.ts";
import type { Figure, Shape, TextShape } from "../../../../src/compiler/emit/picture/figure.ts";
import {
  type StyleRule,
  styleOf,
  styleRules,
} from "../../../../src/compiler/emit/picture/figure-style.ts";
import { LIGHT } from "../../../../src/compiler/emit/picture/palette.ts";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface TextBox extends Box {
  readonly text: string;
}

/** A line as many short pieces, with half of its thickness. */
export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly half: number;
  /** Around all of its points. */
  readonly box: Box;
}

export interface Measured {
  readonly texts: readonly TextBox[];
  readonly lines: readonly Line[];
}

const RULES: readonly StyleRule[] = styleRules(LIGHT);

export function measureFigure(figure: Figure, family: FontFamily): Measured {
  const texts: TextBox[] = [];
  const lines: Line[] = [];
  const enter = (shapes: readonly Shape[], x: number, y: number, around: string): void => {
    for (const shape of shapes) {
      const classes = shape.classes.split(" ");
      const { strokeWidth = 0 } = styleOf(RULES, shape.classes, around);
      const line = (points: Line["points"]): void => {
        const moved = points.map(([px, py]) => [px + x, py + y] as const);
        lines.push({
          name: shape.classes,
          points: moved,
          half: strokeWidth / 2,
          box: boxAround(moved),
        });
      };
      switch (shape.kind) {
        case "group":
          enter(shape.shapes, x + shape.x, y + shape.y, shape.classes);
          break;
        case "text":
          // The sign of a mark lies on the corner of its block.
          if (!classes.includes("sign")) texts.push(measureText(shape, x, y, around, family));
          break;
        case "rect": {
          // What lies behind a block that stands for several shows at two of its sides, outside of the block.
          if (classes.includes("behind")) break;
          if (!classes.includes("block") && !classes.includes("frame")) break;
          const { x: left, y: top, width, height } = shape;
          const corners = [
            [left, top],
            [left + width, top],
            [left + width, top + height],
            [left, top + height],
            [left, top],
          ] as const;
          line(corners);
          break;
        }
        case "circle": {
          const angles = Array.from({ length: 25 }, (_, index) => (index / 24) * 2 * Math.PI);
          line(
            angles.map((angle) => [
              shape.x + shape.radius * Math.cos(angle),
              shape.y + shape.radius * Math.sin(angle),
            ]),
          );
          break;
        }
        case "path":
          if (!classes.includes("caption")) line(followPath(shape.commands));
      }
    }
  };
  enter(figure.shapes, 0, 0, "");
  return { texts, lines };
}

/** The ink of a text, as the font draws it. */
function measureText(
  { x, y, anchor, runs, classes }: TextShape,
  dx: number,
  dy: number,
  around: string,
  family: FontFamily,
): TextBox {
  let at = 0;
  let [top, bottom] = [0, 0];
  for (const run of runs) {
    const style = { ...styleOf(RULES, classes, around), ...styleOf(RULES, run.classes, "") };
    const size = style.fontSize ?? Number.NaN;
    const { width, minY, maxY } = measureRun(run.text, family, style.isBold ? "bold" : "regular");
    at += run.gap + width * size;
    top = Math.min(top, -maxY * size);
    bottom = Math.max(bottom, -minY * size);
  }
  const left = x + dx - (anchor === "middle" ? at / 2 : 0);
  const text = runs.map((run) => run.text).join(" ");
  return { text, left, right: left + at, top: y + dy + top, bottom: y + dy + bottom };
}

interface RunBox {
  /** In shares of the font size. */
  readonly width: number;
  readonly minY: number;
  readonly maxY: number;
}

const fonts = new Map<string, Font>();
const measured = new Map<string, RunBox>();

function fontOf(family: FontFamily, weight: Weight): Font {
  const key = `${family} ${weight}`;
  const font = fonts.get(key) ?? openFont(family, weight);
  fonts.set(key, font);
  return font;
}

/** With kerning, and with the glyphs of DejaVu Sans where the font lacks some. */
function measureRun(text: string, family: FontFamily, weight: Weight): RunBox {
  const key = `${family} ${weight} ${text}`;
  const known = measured.get(key);
  if (known) return known;
  const own = fontOf(family, weight);
  const parts = text.match(/[→≥≤▸▾]+|[^→≥≤▸▾]+/gu) ?? [];
  let box: RunBox = { width: 0, minY: 0, maxY: 0 };
  for (const part of parts) {
    const has = Array.from(part).every((one) => own.hasGlyphForCodePoint(one.codePointAt(0) ?? 0));
    const font = has ? own : fontOf("dejavu", weight);
    const { advanceWidth, bbox } = font.layout(part);
    const scale = 1 / font.unitsPerEm;
    box = {
      width: box.width + advanceWidth * scale,
      minY: Math.min(box.minY, bbox.minY * scale),
      maxY: Math.max(box.maxY, bbox.maxY * scale),
    };
  }
  measured.set(key, box);
  return box;
}

/** Points on a path, close enough to one another for a curve to be its polygon. */
function followPath(commands: string): Line["points"] {
  const points: (readonly [number, number])[] = [];
  const last = (): readonly [number, number] => points.at(-1) ?? [0, 0];
  for (const [, command = "", rest = ""] of commands.matchAll(/([MLCQHVZ])([^MLCQHVZ]*)/g)) {
    const numbers = rest.trim().split(/[ ,]+/).filter(Boolean).map(Number);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers;
    const [x, y] = last();
    if (command === "M" || command === "L") points.push([a, b]);
    else if (command === "H") points.push([a, y]);
    else if (command === "V") points.push([x, a]);
    else if (command === "Z") points.push(points[0] ?? [0, 0]);
    else {
      const isCubic = command === "C";
      for (let step = 1; step <= 12; step++) {
        const t = step / 12;
        const u = 1 - t;
        points.push(
          isCubic
            ? [
                u ** 3 * x + 3 * u * u * t * a + 3 * u * t * t * c + t ** 3 * e,
                u ** 3 * y + 3 * u * u * t * b + 3 * u * t * t * d + t ** 3 * f,
              ]
            : [u * u * x + 2 * u * t * a + t * t * c, u * u * y + 2 * u * t * b + t * t * d],
        );
      }
    }
  }
  return points;
}

/** Whether a line comes nearer to a box than `room`. */
export function touches(line: Line, box: Box, room: number): boolean {
  const reach = line.half + room;
  const wide: Box = {
    left: box.left - reach,
    right: box.right + reach,
    top: box.top - reach,
    bottom: box.bottom + reach,
  };
  if (!overlaps(line.box, wide)) return false;
  return line.points.some((point, index) => {
    const next = line.points[index + 1];
    return next !== undefined && crosses(point, next, wide);
  });
}

/** Whether a piece of a line lies in a box, at least partly: clipped at one side after the other, something is left. */
function crosses(
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  { left, right, top, bottom }: Box,
): boolean {
  let [from, to] = [0, 1];
  const sides = [
    [x0 - x1, x0 - left],
    [x1 - x0, right - x0],
    [y0 - y1, y0 - top],
    [y1 - y0, bottom - y0],
  ] as const;
  for (const [step, room] of sides) {
    if (step === 0 && room < 0) return false;
    if (step < 0) from = Math.max(from, room / step);
    if (step > 0) to = Math.min(to, room / step);
  }
  return from <= to;
}

function boxAround(points: Line["points"]): Box {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  return { left, right, top: Math.min(...ys), bottom: Math.max(...ys) };
}

export function overlaps(a: Box, b: Box): boolean {
  return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}
