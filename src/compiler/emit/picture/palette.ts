/** Colours of pictures in light and dark themes, and the heat scale of costs. */
import type { Mark } from "./picture.ts";

export type Theme = "auto" | "light" | "dark";

/**
 * Shares of the network's multiply-adds at which a block grows hotter: five steps, so that levels can be told apart and
 * named in a legend.
 */
export const HEAT_STEPS = [0.005, 0.02, 0.05, 0.1, 0.2] as const;

/** From 0, the coldest, to the number of steps. */
export function heatOf(share: number): number {
  return HEAT_STEPS.filter((step) => share >= step).length;
}

/** What each mark is besides its colour. */
export const MARK_SYMBOLS: Readonly<Record<Mark, string>> = {
  added: "+",
  removed: "−",
  changed: "~",
};

export interface Palette {
  readonly background: string;
  readonly text: string;
  readonly faint: string;
  /** The smaller text in blocks, readable on every heat. */
  readonly note: string;
  readonly edge: string;
  readonly frame: string;
  readonly caption: string;
  readonly join: string;
  readonly heat: readonly string[];
  /** Outlines: what computes, what pools, what does neither. */
  readonly compute: string;
  readonly pool: string;
  readonly other: string;
  readonly marks: Readonly<Record<Mark, string>>;
  /** On a mark's colour. */
  readonly onMark: string;
}

export const LIGHT: Palette = {
  background: "#ffffff",
  text: "#1b1f24",
  faint: "#5b636d",
  note: "#333a42",
  edge: "#59616b",
  frame: "#b9c0c8",
  caption: "#f0f2f5",
  join: "#e4e8ed",
  heat: ["#ffffff", "#fff0cf", "#ffdfa6", "#ffcb7c", "#fdb258", "#f9913f"],
  compute: "#3e5f8a",
  pool: "#3d7d57",
  other: "#8c8497",
  marks: { added: "#1a7f37", removed: "#cf222e", changed: "#8250df" },
  onMark: "#ffffff",
};

export const DARK: Palette = {
  background: "#14181d",
  text: "#e7eaee",
  faint: "#9aa4af",
  note: "#d3d8de",
  edge: "#8b95a1",
  frame: "#454e59",
  caption: "#20262e",
  join: "#2b333d",
  heat: ["#1b2129", "#2d2a22", "#403319", "#553d16", "#6a4713", "#805111"],
  compute: "#7fa6d9",
  pool: "#6dbb8d",
  other: "#7d8794",
  marks: { added: "#3fb950", removed: "#ff7b72", changed: "#c297ff" },
  onMark: "#14181d",
};
