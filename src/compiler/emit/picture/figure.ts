/**
 * A picture with everything measured and placed: shapes, texts and groups of them, in pixels. SVG and PDF are written
 * from it.
 */
import type { Theme } from "./palette.ts";

export interface Figure {
  readonly title: string;
  /** Of the whole, in pixels. */
  readonly width: number;
  readonly height: number;
  /** How wide it is on paper, in millimetres; `null` where no width was asked for. */
  readonly printWidth: number | null;
  readonly theme: Theme;
  readonly shapes: readonly Shape[];
}

export type Shape = GroupShape | RectShape | CircleShape | PathShape | TextShape;

/** What a shape looks like follows from its classes and those of the group that holds it; `figure-style.ts` says how. */
interface Classed {
  /** Separated by spaces. */
  readonly classes: string;
}

/** Shapes whose places count from `x` and `y`. */
export interface GroupShape extends Classed {
  readonly kind: "group";
  readonly x: number;
  readonly y: number;
  /** Of the block that it draws, from the start of the network; empty where it draws none. */
  readonly path: string;
  /** Lines that a reader may ask for; empty for none. */
  readonly tooltip: string;
  readonly shapes: readonly Shape[];
}

export interface RectShape extends Classed {
  readonly kind: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
}

export interface CircleShape extends Classed {
  readonly kind: "circle";
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export interface PathShape extends Classed {
  readonly kind: "path";
  /** In the syntax of SVG: `M`, `L`, `C`, `Q`, `H`, `V` and `Z`, all absolute. */
  readonly commands: string;
}

export interface TextShape extends Classed {
  readonly kind: "text";
  readonly x: number;
  /** Of the line that the letters stand on. */
  readonly y: number;
  readonly anchor: "start" | "middle";
  readonly runs: readonly TextRun[];
}

/** Text in one style; a line may hold several, one after the other. */
export interface TextRun extends Classed {
  readonly text: string;
  /** Room before it, in pixels. */
  readonly gap: number;
}
