import { expect, test } from "vitest";
import { DARK, LIGHT } from "../../../../src/compiler/emit/picture/palette.ts";

/** CIE lightness of a colour, from 0 to 100: what a printer without colours leaves of it. */
function lightness(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance;
}

/** The ratio of WCAG, 1 to 21. */
function contrast(one: string, other: string): number {
  const luminance = (color: string): number => {
    const l = lightness(color);
    return l > 8 ? ((l + 16) / 116) ** 3 : l / 903.3;
  };
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

test.each([
  ["light", LIGHT],
  ["dark", DARK],
])("heat can be told apart in black and white: %s", (_, { heat }) => {
  const values = heat.map(lightness);
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
  // Always in one direction, and by what an eye sees of two fields side by side.
  const sign = Math.sign(steps[0] ?? 0);
  for (const step of steps) expect(step * sign).toBeGreaterThan(4.5);
});

test.each([
  ["light", LIGHT],
  ["dark", DARK],
])("text can be read on every heat, and edges on the page: %s", (_, palette) => {
  for (const fill of palette.heat) {
    expect(contrast(palette.text, fill)).toBeGreaterThan(4.5);
    expect(contrast(palette.note, fill)).toBeGreaterThan(4.5);
  }
  expect(contrast(palette.faint, palette.background)).toBeGreaterThan(4.5);
  expect(contrast(palette.edge, palette.background)).toBeGreaterThan(3);
});
