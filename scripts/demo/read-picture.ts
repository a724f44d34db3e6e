/** Reads a PNG file into the pixels that preprocessing takes; other formats are rejected. */
import { readFileSync } from "node:fs";
import { convertIndexedToRgb, type DecodedPng, decode } from "fast-png";
import type { RgbaPicture } from "../../src/runtime/preprocess.ts";

/**
 * The picture's pixels at eight bits a channel; grey and palettes become red, green and blue.
 *
 * @throws Error where the file cannot be read, is no PNG, or has fewer than eight bits a channel without a palette
 */
export function readPicture(path: string): RgbaPicture {
  const png = decodePng(path);
  const { width, height, palette } = png;
  if (palette === undefined && png.depth < 8) {
    throw new Error(`${path} has ${png.depth} bits a channel: save it with 8`);
  }
  const source = palette ? convertIndexedToRgb(png) : png.data;
  const channels = palette ? (palette[0]?.length ?? 3) : png.channels;
  const largest = png.depth === 16 ? 65535 : 255;
  const data = new Uint8Array(width * height * 4).fill(255);
  // One or two channels are grey, and grey with alpha.
  const colors = channels < 3 ? [0, 0, 0] : [0, 1, 2];
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (const [color, channel] of colors.entries()) {
      const value = source[pixel * channels + channel] ?? 0;
      data[pixel * 4 + color] = Math.round((value * 255) / largest);
    }
  }
  return { data, width, height };
}

function decodePng(path: string): DecodedPng {
  const bytes = readFileSync(path);
  try {
    return decode(bytes);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} is not a PNG that can be read: ${cause}`);
  }
}
