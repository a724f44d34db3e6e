/**
 * Renders a figure as PDF: lines and letters as such, with the glyphs that occur embedded, as publishers require. Equal
 * figures give equal bytes.
 */
import PDFDocument from "pdfkit";
import type { FigureShape, Style, StyledFigure, StyleOf } from "../compiler/index.ts";
import { FONTS } from "./fonts.generated.ts";

type Document = InstanceType<typeof PDFDocument>;

/** Points in a pixel of CSS. */
const POINTS = 0.75;
const MM_IN_POINTS = 72 / 25.4;
/** Equal figures are equal files: the date of the file would be all that differs. */
const NO_DATE = new Date(0);

export async function renderPdf({ figure, styleOf }: StyledFigure): Promise<Uint8Array> {
  const { title, width, height, printWidth } = figure;
  const scale = printWidth === null ? POINTS : (printWidth * MM_IN_POINTS) / width;
  const document = new PDFDocument({
    size: [width * scale, height * scale],
    margin: 0,
    // No font of the reader's machine: all letters are embedded.
    font: "",
    info: { Title: title, Creator: "inceptc", Producer: "inceptc (PDFKit)", CreationDate: NO_DATE },
  });
  const chunks: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", resolve);
    document.on("error", reject);
  });
  for (const [weight, fonts] of Object.entries(FONTS)) {
    fonts.forEach((font, index) => {
      document.registerFont(`${weight}-${index}`, Buffer.from(font, "base64"));
    });
  }
  document.scale(scale);
  const pen: Pen = { document, styleOf };
  for (const shape of figure.shapes) drawShape(pen, shape, "");
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

interface Pen {
  readonly document: Document;
  readonly styleOf: StyleOf;
}

function drawShape(pen: Pen, shape: FigureShape, around: string): void {
  const { document, styleOf } = pen;
  const style = styleOf(shape.classes, around);
  switch (shape.kind) {
    case "group":
      document.save().translate(shape.x, shape.y);
      for (const inner of shape.shapes) drawShape(pen, inner, shape.classes);
      document.restore();
      break;
    case "rect": {
      const { x, y, width, height, radius } = shape;
      const corner = Math.min(radius, width / 2, height / 2);
      if (corner > 0) document.roundedRect(x, y, width, height, corner);
      else document.rect(x, y, width, height);
      paint(document, style);
      break;
    }
    case "circle":
      document.circle(shape.x, shape.y, shape.radius);
      paint(document, style);
      break;
    case "path":
      document.path(shape.commands);
      paint(document, style);
      break;
    case "text":
      drawText(pen, shape, style);
  }
}

/** Fills and strokes the path that was begun. */
function paint(document: Document, { fill, stroke, strokeWidth = 1, dash }: Style): void {
  if (dash) document.dash(dash[0], { space: dash[1] });
  else document.undash();
  const isFilled = fill !== undefined && fill !== "none";
  if (stroke !== undefined) document.lineWidth(strokeWidth);
  if (isFilled && stroke !== undefined) document.fillAndStroke(fill, stroke);
  else if (stroke !== undefined) document.stroke(stroke);
  else document.fill(isFilled ? fill : "#000000");
}

/** Letters in one font. */
interface Piece {
  readonly text: string;
  readonly font: string;
  readonly size: number;
  readonly fill: string;
  /** From the beginning of the line. */
  readonly start: number;
}

function drawText(
  { document, styleOf }: Pen,
  { x, y, anchor, runs }: Extract<FigureShape, { kind: "text" }>,
  line: Style,
): void {
  let width = 0;
  const pieces = runs.flatMap((run): readonly Piece[] => {
    width += run.gap;
    const { fill = "#000000", fontSize = 12, isBold } = { ...line, ...styleOf(run.classes, "") };
    return splitByFont(run.text, isBold ? "bold" : "regular").map(({ text, font }) => {
      const start = width;
      width += document.font(font).fontSize(fontSize).widthOfString(text);
      return { text, font, size: fontSize, fill, start };
    });
  });
  const left = anchor === "middle" ? x - width / 2 : x;
  for (const { text, font, size, fill, start } of pieces) {
    document.font(font).fontSize(size).fillColor(fill);
    document.text(text, left + start, y, { lineBreak: false, baseline: "alphabetic" });
  }
}

/** Signs that the first font lacks, in the second. */
const RARE = /[→≥≤▸▾]+/u;

function splitByFont(
  text: string,
  weight: keyof typeof FONTS,
): readonly Pick<Piece, "text" | "font">[] {
  return text
    .split(/([→≥≤▸▾]+)/u)
    .filter((part) => part !== "")
    .map((part) => ({ text: part, font: `${weight}-${RARE.test(part) ? 1 : 0}` }));
}
