/** Reads pictures of every kind of pixel, written here, and the one that ships. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode, type ImageData } from "fast-png";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPicture } from "../../scripts/demo/read-picture.ts";

const DEMO_PICTURE = join(import.meta.dirname, "..", "..", "docs", "pictures", "demo.png");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "read-picture-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("readPicture", () => {
  it.each<[string, ImageData]>([
    ["rgb", { width: 2, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }],
    ["rgba", { width: 2, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 9, 4, 5, 6, 0) }],
    [
      "16 bits",
      {
        width: 2,
        height: 1,
        channels: 3,
        depth: 16,
        data: Uint16Array.of(257, 514, 771, 1028, 1285, 1542),
      },
    ],
  ])("gives red, green and blue of %s", (name, image) => {
    expect(pixelsOf(name, image)).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  });

  it.each<[string, ImageData]>([
    ["grey", { width: 2, height: 1, channels: 1, data: Uint8Array.of(7, 8) }],
    ["grey with alpha", { width: 2, height: 1, channels: 2, data: Uint8Array.of(7, 0, 8, 255) }],
  ])("gives %s three times", (name, image) => {
    expect(pixelsOf(name, image)).toEqual([7, 7, 7, 255, 8, 8, 8, 255]);
  });

  it("says which file is no picture", () => {
    const path = join(folder, "text.png");
    writeFileSync(path, "not a picture");
    expect(() => readPicture(path)).toThrow(/text\.png is not a PNG/);
  });

  it("reads the picture of the demo, which is small to load and rich in colours", () => {
    expect(statSync(DEMO_PICTURE).size).toBeLessThanOrEqual(300 * 1024);
    const { data, width, height } = readPicture(DEMO_PICTURE);
    const colours = new Set<number>();
    for (let at = 0; at < data.length; at += 4) {
      colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    }
    expect(width * height * 4).toBe(data.length);
    expect(colours.size).toBeGreaterThan(10_000);
  });
});

function pixelsOf(name: string, image: ImageData): readonly number[] {
  const path = join(folder, `${name}.png`);
  writeFileSync(path, encode(image));
  return [...readPicture(path).data];
}
