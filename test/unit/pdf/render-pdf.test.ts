import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  emitPicture,
  type PictureOptions,
} from "../../../src/compiler/emit/picture/emit-picture.ts";
import { renderPdf } from "../../../src/pdf/render-pdf.ts";
import { checkedSpec } from "../../support/checked-networks.ts";

const v4 = checkedSpec("specs/inception-v4.incept", "InceptionV4");

async function draw(options: PictureOptions = {}): Promise<Buffer> {
  const result = emitPicture([{ checked: v4 }], options);
  if (result.kind !== "drawn" || result.styled === undefined) throw new Error("not drawn");
  return Buffer.from(await renderPdf(result.styled));
}

/** The streams of a PDF file, inflated, as text. */
function streamsOf(pdf: Buffer): readonly string[] {
  const streams: string[] = [];
  let at = 0;
  for (;;) {
    const start = pdf.indexOf("stream\n", at);
    if (start < 0) return streams;
    const end = pdf.indexOf("\nendstream", start);
    at = end + "\nendstream".length;
    try {
      streams.push(inflateSync(pdf.subarray(start + "stream\n".length, end)).toString("latin1"));
    } catch {
      // XML and other streams that are not compressed.
    }
  }
}

/** What a reader who searches or copies the text gets: the glyphs that are shown, by each font's table of characters. */
function lettersOf(pdf: Buffer): ReadonlySet<string> {
  const tables = streamsOf(pdf).filter((text) => text.includes("beginbfrange"));
  return new Set(
    tables.flatMap((table) =>
      [...table.matchAll(/<([0-9a-f]{4})>(?=[ \]])/gi)].map(([, code = ""]) =>
        String.fromCodePoint(Number.parseInt(code, 16)),
      ),
    ),
  );
}

test("a picture's page is as large as the picture, at 96 pixels an inch", async () => {
  const result = emitPicture([{ checked: v4 }]);
  const figure = result.kind === "drawn" ? result.styled?.figure : undefined;
  const pdf = (await draw()).toString("latin1");
  const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
  expect(Number(width)).toBeCloseTo((figure?.width ?? 0) * 0.75, 2);
  expect(Number(height)).toBeCloseTo((figure?.height ?? 0) * 0.75, 2);
});

test("text is text, in fonts that are embedded", async () => {
  const pdf = await draw();
  const source = pdf.toString("latin1");
  const fonts = [...source.matchAll(/\/FontDescriptor\n\/FontName \/\w+\+([\w-]+)/g)];
  expect(fonts.map(([, name]) => name).sort()).toEqual([
    "Arimo-Bold",
    "Arimo-Regular",
    "DejaVuSans",
  ]);
  expect(source.match(/\/FontFile2 \d+ 0 R/g)).toHaveLength(3);
  expect(source).not.toContain("/Subtype /Image");
  const letters = lettersOf(pdf);
  for (const letter of "InceptionReductionStem×→≥·%0123456789") {
    expect(letters, letter).toContain(letter);
  }
});

test("lines are lines: as many strokes as the picture has outlines and edges", async () => {
  const content = streamsOf(await draw({ heat: false })).find((text) => text.includes(" Tf")) ?? "";
  const strokes = content.match(/^(?:S|B)$/gm)?.length ?? 0;
  const svg = emitPicture([{ checked: v4 }], { heat: false });
  const drawn =
    svg.kind === "drawn" ? (svg.text.match(/class="(?:edge|bar|frame|block [^"]*)"/g) ?? []) : [];
  expect(strokes).toBe(drawn.length);
});

test("equal pictures give equal bytes", async () => {
  expect((await draw({ expand: ["all"] })).equals(await draw({ expand: ["all"] }))).toBe(true);
  expect((await draw()).equals(await draw({ theme: "dark" }))).toBe(false);
});
