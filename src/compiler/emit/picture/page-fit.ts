/** Chooses how many columns a picture has, and whether its blocks are narrow, so that its text is as large as it can be. */
import { SIZES } from "./block-text.ts";
import { type Breakable, breakIntoColumns } from "./columns.ts";
import { drawFigure, type Panel } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import type { Look } from "./look.ts";
import type { Theme } from "./palette.ts";

export interface PageRequest {
  readonly theme: Theme;
  readonly look: Look;
  /** Whether the trunk may be broken into columns; a flow to the right is broken into rows where it is too wide. */
  readonly isBroken: boolean;
  /** In millimetres. */
  readonly printWidth: number | null;
}

/** Of a pixel of CSS. */
const MM = 25.4 / 96;
const POINTS_IN_MM = 72 / 25.4;
/** What a page leaves for a figure and its caption. */
const MAX_HEIGHT = 225;
/** A picture without a width of its own is at most so many times as high as wide. */
const MAX_RATIO = 1.3;
/** Margins, heading and legend, about, in pixels. */
const AROUND = { across: 16, along: 84 };

interface Choice {
  readonly look: Look;
  readonly columns: number;
  readonly networks: readonly Breakable[];
  readonly width: number;
  readonly height: number;
}

export function fitFigure(panels: readonly Panel[], request: PageRequest): Figure {
  const { theme, look, isBroken, printWidth } = request;
  const looks = printWidth === null ? [look] : [look, { ...look, isNarrow: true }];
  const choices = looks.flatMap((one) => choicesOf(panels, one, isBroken || printWidth !== null));
  const allowed = choices.filter(
    ({ columns }) => columns === 1 || isBroken || look.direction === "right",
  );
  const best = printWidth === null ? firstBalanced(allowed) : largestText(allowed, printWidth);
  const minWidth = printWidth === null ? 0 : printWidth / MM;
  const figure = drawFigure(panels, {
    theme,
    look: best.look,
    minWidth,
    scopes: best.networks.map((network) => network.layOut(Math.min(best.columns, network.most))),
  });
  return { ...figure, printWidth };
}

/** How high the smallest letters of a figure are set on paper, in points. */
export function smallestFont({ width, printWidth }: Figure): number {
  const scale = printWidth === null ? MM : printWidth / width;
  return SIZES.shapeFont * scale * POINTS_IN_MM;
}

function choicesOf(panels: readonly Panel[], look: Look, isBroken: boolean): readonly Choice[] {
  const networks = panels.map((panel) => breakIntoColumns({ ...panel, look }));
  const most = isBroken ? Math.max(...networks.map((network) => network.most)) : 1;
  return Array.from({ length: most }, (_, index) => {
    const columns = index + 1;
    const sizes = networks.map((network) => network.estimate(Math.min(columns, network.most)));
    const widths = sizes.map(({ width }) => width);
    const heights = sizes.map(({ height }) => height);
    const isDown = look.direction === "down";
    const sum = (lengths: readonly number[]): number => lengths.reduce((a, b) => a + b, 0);
    const width = isDown ? sum(widths) : Math.max(...widths);
    const height = isDown ? Math.max(...heights) : sum(heights);
    return {
      look,
      columns,
      networks,
      width: width + AROUND.across,
      height: height + AROUND.along,
    };
  });
}

/** As few columns as give a picture that is not much higher than wide; to the right, one row. */
function firstBalanced(choices: readonly Choice[]): Choice {
  const isDown = choices[0]?.look.direction === "down";
  const fitting = choices.find(({ width, height }) => !isDown || height <= MAX_RATIO * width);
  return required(fitting ?? choices.at(-1));
}

/** The largest letters that fit the page, up to their usual size; where they are alike, the fewest columns. */
function largestText(choices: readonly Choice[], printWidth: number): Choice {
  const rated = choices.map((choice) => {
    const scale = Math.min(MM, printWidth / choice.width);
    return { choice, scale, height: choice.height * scale };
  });
  const onPage = rated.filter(({ height }) => height <= MAX_HEIGHT);
  if (onPage.length === 0) {
    const [lowest] = rated.toSorted((a, b) => a.height - b.height);
    return required(lowest?.choice);
  }
  // A little larger is not worth another column.
  const [best] = onPage.toSorted(
    (a, b) => Math.round(b.scale / MM / 0.04) - Math.round(a.scale / MM / 0.04),
  );
  return required(best?.choice);
}

function required(choice: Choice | undefined): Choice {
  if (!choice) throw new RangeError("a picture of nothing");
  return choice;
}
