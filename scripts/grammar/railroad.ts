/** Lays out and draws the elements of railroad diagrams, independent of any grammar. */

/** A piece of track: entered at the left, left at the right, both at the height `y` that it is drawn at. */
export interface Track {
  readonly width: number;
  /** How far it reaches above and below its line. */
  readonly up: number;
  readonly down: number;
  readonly draw: (x: number, y: number) => string;
}

/** Half of a box's height, the radius of turns, the line before and after a box, the room between parallel lines. */
const HALF = 12;
const TURN = 8;
const LEAD = 10;
const GAP = 8;
const CHARACTER_WIDTH = 7.4;
/** Past this width a sequence goes on below. */
const MAX_WIDTH = 660;

/** A word or sign as it is written. */
export function terminal(text: string): Track {
  return box(text, "terminal", HALF);
}

/** A kind of word. */
export function token(text: string): Track {
  return box(text, "token", HALF);
}

/** Another rule, drawn in a file of its own. */
export function rule(name: string): Track {
  const own = box(name, "rule", 3);
  return { ...own, draw: (x, y) => `<a href="${name}.svg">${own.draw(x, y)}</a>` };
}

function box(text: string, kind: string, radius: number): Track {
  const inner = Math.ceil(text.length * CHARACTER_WIDTH) + 20;
  const width = inner + 2 * LEAD;
  const draw = (x: number, y: number): string =>
    `${line(x, y, LEAD)}<g class="${kind}"><rect x="${x + LEAD}" y="${y - HALF}" width="${inner}" height="${2 * HALF}" rx="${radius}"/>` +
    `<text x="${x + width / 2}" y="${y + 4.5}">${escapeText(text)}</text></g>${line(x + width - LEAD, y, LEAD)}`;
  return { width, up: HALF, down: HALF, draw };
}

/** Nothing but the line. */
const SKIP: Track = { width: 0, up: 0, down: 0, draw: () => "" };

/** One after the other; where that is too wide, in rows. */
export function sequence(items: readonly Track[]): Track {
  const rows: Track[][] = [[]];
  for (const item of items) {
    const row = rows.at(-1) ?? [];
    if (row.length > 0 && widthOf(row) + item.width > MAX_WIDTH) rows.push([item]);
    else row.push(item);
  }
  return rows.length === 1 ? inOneRow(items) : inRows(rows.map(inOneRow));
}

function inOneRow(items: readonly Track[]): Track {
  return {
    width: widthOf(items),
    up: Math.max(0, ...items.map(({ up }) => up)),
    down: Math.max(0, ...items.map(({ down }) => down)),
    draw: (x, y) => {
      let at = x;
      let drawn = "";
      for (const item of items) {
        drawn += item.draw(at, y);
        at += item.width;
      }
      return drawn;
    },
  };
}

/** The line turns back below each row and goes on at the left of the next; after the last it rises to where it began. */
function inRows(rows: readonly Track[]): Track {
  const inner = Math.max(...rows.map(({ width }) => width));
  const offsets = [0];
  rows.slice(1).forEach((row, index) => {
    const above = rows[index] ?? SKIP;
    offsets.push((offsets[index] ?? 0) + above.down + row.up + 2 * GAP + 2 * TURN);
  });
  return {
    width: inner + 6 * TURN,
    up: rows[0]?.up ?? 0,
    down: (offsets.at(-1) ?? 0) + (rows.at(-1)?.down ?? 0),
    draw: (x, y) => {
      const start = x + 2 * TURN;
      const pieces = rows.map((row, index) => {
        const top = y + (offsets[index] ?? 0);
        const next = offsets[index + 1];
        const end = start + row.width;
        const middle = top + row.down + GAP + TURN;
        const way =
          next === undefined
            ? `H${start + inner + 2 * TURN}${turnUp()}V${y + TURN}${turnOut()}`
            : `${turn(1)}V${middle - TURN}${turn(-1)}H${start}${turnDown(-1)}V${y + next - TURN}${turnDown(1)}`;
        return `${row.draw(start, top)}${path(`M${end} ${top}${way}`)}`;
      });
      return `${line(x, y, 2 * TURN)}${pieces.join("")}`;
    },
  };
}

/** Either of several, the first on the line and the others below it. */
export function choice(items: readonly Track[]): Track {
  const inner = Math.max(...items.map(({ width }) => width));
  const offsets = [0];
  items.slice(1).forEach((item, index) => {
    const above = items[index] ?? SKIP;
    const distance = above.down + item.up + GAP;
    offsets.push((offsets[index] ?? 0) + Math.max(distance, 2 * TURN));
  });
  return {
    width: inner + 4 * TURN,
    up: items[0]?.up ?? 0,
    down: (offsets.at(-1) ?? 0) + (items.at(-1)?.down ?? 0),
    draw: (x, y) =>
      items
        .map((item, index) => {
          const offset = offsets[index] ?? 0;
          const start = x + 2 * TURN;
          const rest = inner - item.width;
          const own = `${item.draw(start, y + offset)}${line(start + item.width, y + offset, rest)}`;
          if (index === 0)
            return `${line(x, y, 2 * TURN)}${own}${line(start + inner, y, 2 * TURN)}`;
          const down = path(`M${x} ${y}${turn(1)}V${y + offset - TURN}${turnDown(1)}`);
          const up = path(`M${start + inner} ${y + offset}${turnUp()}V${y + TURN}${turnOut()}`);
          return `${down}${own}${up}`;
        })
        .join(""),
  };
}

export function optional(item: Track): Track {
  return choice([SKIP, item]);
}

/** Once or more often; what stands between two of them is on the way back. */
export function repeated(item: Track, between: Track = SKIP): Track {
  const inner = Math.max(item.width, between.width);
  const back = Math.max(item.down + between.up + GAP, 2 * TURN);
  const width = inner + 4 * TURN;
  return {
    width,
    up: item.up,
    down: back + between.down,
    draw: (x, y) => {
      const start = x + 2 * TURN;
      const end = start + inner;
      const left = start + (inner - between.width) / 2;
      const forth = `${line(x, y, 2 * TURN)}${item.draw(start, y)}${line(start + item.width, y, x + width - start - item.width)}`;
      const around = path(
        `M${end} ${y}${turn(1)}V${y + back - TURN}${turn(-1)}H${left + between.width}` +
          `M${left} ${y + back}H${start}a${TURN} ${TURN} 0 0 1 ${-TURN} ${-TURN}V${y + TURN}a${TURN} ${TURN} 0 0 1 ${TURN} ${-TURN}`,
      );
      return `${forth}${around}${between.draw(left, y + back)}`;
    },
  };
}

/** A whole picture, light or dark as the reader's machine is. */
export function drawDiagram(title: string, track: Track): string {
  const margin = 12;
  const width = Math.ceil(track.width + 2 * margin + 24);
  const height = Math.ceil(track.up + track.down + 2 * margin);
  const y = margin + track.up;
  const end = margin + 12 + track.width;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="railroad" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeText(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<g>${line(margin, y, 12)}${path(`M${margin} ${y - 7}v14M${end + 12} ${y - 7}v14`)}${track.draw(margin + 12, y)}${line(end, y, 12)}</g>`,
    "</svg>",
    "",
  ].join("\n");
}

const STYLE =
  ".railroad{--line:#59616b;--text:#1b1f24;--word:#fff6e0;--kind:#f0f2f5;--link:#e3edf9}" +
  "@media(prefers-color-scheme:dark){.railroad{--line:#8b95a1;--text:#e7eaee;--word:#463619;--kind:#2b333d;--link:#1d3557}}" +
  ".railroad path{fill:none;stroke:var(--line);stroke-width:1.4}.railroad rect{stroke:var(--line);fill:var(--word)}" +
  ".railroad .token rect{fill:var(--kind)}.railroad .rule rect{fill:var(--link)}" +
  ".railroad text{fill:var(--text);font:12px ui-monospace,Menlo,Consolas,monospace;text-anchor:middle}.railroad .token text{font-style:italic}";

function widthOf(items: readonly Track[]): number {
  return items.reduce((all, { width }) => all + width, 0);
}

function line(x: number, y: number, length: number): string {
  return length <= 0 ? "" : path(`M${x} ${y}h${length}`);
}

function path(d: string): string {
  return `<path d="${d}"/>`;
}

/** A quarter turn, clockwise: from rightwards to downwards, or from downwards to leftwards. */
function turn(across: 1 | -1): string {
  return `a${TURN} ${TURN} 0 0 1 ${across * TURN} ${TURN}`;
}

/** From leftwards to downwards (-1), or from downwards to rightwards (1), anticlockwise. */
function turnDown(across: 1 | -1): string {
  return `a${TURN} ${TURN} 0 0 0 ${across * TURN} ${TURN}`;
}

/** From rightwards to upwards. */
function turnUp(): string {
  return `a${TURN} ${TURN} 0 0 0 ${TURN} ${-TURN}`;
}

/** From upwards to rightwards. */
function turnOut(): string {
  return `a${TURN} ${TURN} 0 0 1 ${TURN} ${-TURN}`;
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
