/**
 * Says what the classes of a figure look like. SVG gets the rules as a style sheet; PDF asks for the style of each shape.
 *
 * Selectors are one class, or one class right inside another, which every program that reads SVG knows.
 */
import { SIZES } from "./block-text.ts";
import type { Figure } from "./figure.ts";
import { DARK, LIGHT, type Palette } from "./palette.ts";

export interface Style {
  /** Colours as `#rrggbb`, or `none`. */
  readonly fill?: string;
  readonly stroke?: string;
  /** Lengths in pixels. */
  readonly strokeWidth?: number;
  /** Lengths of dashes and gaps. */
  readonly dash?: readonly [number, number];
  readonly fontSize?: number;
  readonly isBold?: boolean;
}

export interface StyleRule {
  /** The class of the group around; absent where it does not matter. */
  readonly inside?: string;
  readonly of: string;
  readonly style: Style;
}

/** What does not depend on the colours. Later rules win, and those with a group around stand last, as CSS has it. */
const FORMS: readonly StyleRule[] = [
  { of: "name", style: { fontSize: 17, isBold: true } },
  { of: "summary", style: { fontSize: 11.5 } },
  { of: "title", style: { fontSize: SIZES.titleFont, isBold: true } },
  { of: "note", style: { fontSize: SIZES.noteFont, isBold: false } },
  { of: "second", style: { fontSize: SIZES.noteFont } },
  { of: "change", style: { fontSize: SIZES.changeFont, isBold: true } },
  { of: "caption-text", style: { fontSize: SIZES.captionFont, isBold: true } },
  { of: "label", style: { fontSize: SIZES.captionFont, isBold: false } },
  { of: "shape", style: { fontSize: SIZES.shapeFont } },
  { of: "legend", style: { fontSize: SIZES.legendFont } },
  { of: "sign", style: { fontSize: 12, isBold: true } },
  { of: "round-sign", style: { fontSize: 15 } },
  { of: "button", style: { fontSize: 14, isBold: true } },
  { of: "edge", style: { fill: "none", strokeWidth: 1.1 } },
  { of: "block", style: { strokeWidth: 0.8 } },
  { of: "bar", style: { fill: "none", strokeWidth: 1.1 } },
  { of: "frame", style: { strokeWidth: 1 } },
  { inside: "compute", of: "block", style: { strokeWidth: 1.4 } },
  { inside: "group", of: "block", style: { strokeWidth: 1.4 } },
  { inside: "pooling", of: "block", style: { strokeWidth: 1.1 } },
  { inside: "unchanged", of: "block", style: { strokeWidth: 0.8, dash: [2, 2] } },
  { inside: "aux", of: "frame", style: { dash: [5, 3] } },
  { inside: "aux", of: "block", style: { dash: [5, 3] } },
  ...["added", "changed"].flatMap((mark) => [
    { inside: `mark-${mark}`, of: "block", style: { strokeWidth: 2.2 } },
    { inside: `mark-${mark}`, of: "frame", style: { strokeWidth: 2.2 } },
  ]),
  { inside: "mark-removed", of: "block", style: { strokeWidth: 2.2, dash: [4, 3] } },
  { inside: "mark-removed", of: "frame", style: { strokeWidth: 2.2, dash: [4, 3] } },
];

function colorRules(colors: Palette): readonly StyleRule[] {
  return [
    { of: "background", style: { fill: colors.background } },
    ...["name", "title", "caption-text", "round-sign"].map((of) => ({
      of,
      style: { fill: colors.text },
    })),
    ...["note", "second"].map((of) => ({ of, style: { fill: colors.note } })),
    ...["summary", "legend", "label", "shape", "button"].map((of) => ({
      of,
      style: { fill: colors.faint },
    })),
    { of: "change", style: { fill: colors.text } },
    { of: "edge", style: { stroke: colors.edge } },
    { of: "head", style: { fill: colors.edge } },
    { of: "point", style: { fill: colors.edge } },
    { of: "block", style: { stroke: colors.other } },
    { of: "bar", style: { stroke: colors.pool } },
    { of: "frame", style: { fill: colors.background, stroke: colors.frame } },
    { of: "caption", style: { fill: colors.caption } },
    { of: "join", style: { fill: colors.join } },
    { of: "terminal", style: { fill: colors.caption } },
    { of: "plain", style: { fill: colors.background } },
    { of: "sign", style: { fill: colors.onMark } },
    ...colors.heat.map((fill, level) => ({ of: `heat-${level}`, style: { fill } })),
    ...Object.entries(colors.marks).map(([mark, fill]) => ({
      of: `sign-${mark}`,
      style: { fill },
    })),
    { inside: "compute", of: "block", style: { stroke: colors.compute } },
    { inside: "group", of: "block", style: { stroke: colors.compute } },
    { inside: "pooling", of: "block", style: { stroke: colors.pool } },
    { inside: "unchanged", of: "block", style: { stroke: colors.other } },
    ...Object.entries(colors.marks).flatMap(([mark, stroke]) =>
      ["block", "frame"].map((of) => ({ inside: `mark-${mark}`, of, style: { stroke } })),
    ),
  ];
}

/** All rules in the order in which they win. */
export function styleRules(colors: Palette): readonly StyleRule[] {
  const rules = [...FORMS, ...colorRules(colors)];
  return [
    ...rules.filter(({ inside }) => inside === undefined),
    ...rules.filter(({ inside }) => inside !== undefined),
  ];
}

/** Gives the style of a shape with some classes, in a group with others. */
export type StyleOf = (classes: string, around: string) => Style;

/** The styles of a figure on paper, which is light unless the figure is dark. */
export function figureStyles({ theme }: Figure): StyleOf {
  const rules = styleRules(theme === "dark" ? DARK : LIGHT);
  const known = new Map<string, Style>();
  return (classes, around) => {
    const key = `${around}/${classes}`;
    const style = known.get(key) ?? styleOf(rules, classes, around);
    known.set(key, style);
    return style;
  };
}

/** The rules of the colours alone, which a second theme replaces. */
export function colorStyleRules(colors: Palette): readonly StyleRule[] {
  return colorRules(colors);
}

/** The style of a shape with these classes, in a group with those. */
export function styleOf(rules: readonly StyleRule[], classes: string, around: string): Style {
  const own = new Set(classes.split(" "));
  const outer = new Set(around.split(" "));
  const applying = rules.filter(
    ({ inside, of }) => own.has(of) && (inside === undefined || outer.has(inside)),
  );
  return Object.assign({}, ...applying.map(({ style }) => style));
}
