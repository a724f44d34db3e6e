/**
 * Renders docs/pictures/demo.png, a still life of fruit on a table, by ray tracing the scene below. It is not a
 * photograph and so free of rights; every run gives the same bytes.
 *
 *   npm run demo:picture
 */
import { join } from "node:path";
import { encode } from "fast-png";
import { writeFiles } from "../../src/node/write-files.ts";

const WIDTH = 384;
const HEIGHT = 320;
const PATHS_PER_PIXEL = 96;
const MAX_BOUNCES = 5;

type Vector = readonly [x: number, y: number, z: number];

interface Sphere {
  readonly centre: Vector;
  readonly radius: number;
  readonly color: Vector;
  /** Depth of the dents in its skin, as a share of a slope of one. */
  readonly dents: number;
}

interface Hit {
  readonly distance: number;
  readonly point: Vector;
  readonly normal: Vector;
  readonly color: Vector;
  /** Share of mirror-like reflection looking straight down on the surface. */
  readonly gloss: number;
}

const ORANGE: Vector = [0.93, 0.36, 0.03];
const SPHERES: readonly Sphere[] = [
  { centre: [-1.05, 1, 0.1], radius: 1, color: ORANGE, dents: 0.22 },
  { centre: [0.98, 0.95, -0.35], radius: 0.95, color: [0.95, 0.42, 0.04], dents: 0.22 },
  { centre: [0.05, 0.88, 1.65], radius: 0.88, color: [0.9, 0.33, 0.03], dents: 0.22 },
  { centre: [2.35, 0.72, 1.1], radius: 0.72, color: [0.35, 0.55, 0.06], dents: 0.06 },
  { centre: [-2.55, 0.66, 1.25], radius: 0.66, color: [0.62, 0.05, 0.05], dents: 0.05 },
  { centre: [-0.1, 2.35, 0.4], radius: 0.85, color: [0.94, 0.4, 0.04], dents: 0.22 },
];
const WINDOW = { centre: [-5.5, 7.5, 5] as Vector, radius: 2, light: [26, 23, 18] as Vector };
const EYE: Vector = [0.35, 3.1, 9.2];
const LOOK_AT: Vector = [0, 1.05, 0.3];

const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const scale = (a: Vector, by: number): Vector => [a[0] * by, a[1] * by, a[2] * by];
const subtract = (a: Vector, b: Vector): Vector => add(a, scale(b, -1));
const multiply = (a: Vector, b: Vector): Vector => [a[0] * b[0], a[1] * b[1], a[2] * b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const normalize = (a: Vector): Vector => scale(a, 1 / Math.sqrt(dot(a, a)));
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

let state = 1;
/** The next of a fixed row of numbers in [0, 1). */
function random(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

/** A fixed number in [0, 1) for each point of a grid. */
function gridNoise(x: number, y: number, z: number): number {
  let h = Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(z, 2147483647);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Noise without corners, in [0, 1). */
function smoothNoise([x, y, z]: Vector): number {
  const corner = [Math.floor(x), Math.floor(y), Math.floor(z)] as const;
  const ease = (t: number): number => t * t * (3 - 2 * t);
  const [u, v, w] = [ease(x - corner[0]), ease(y - corner[1]), ease(z - corner[2])];
  let sum = 0;
  for (let i = 0; i < 8; i++) {
    const [dx, dy, dz] = [i & 1, (i >> 1) & 1, i >> 2];
    const weight = (dx ? u : 1 - u) * (dy ? v : 1 - v) * (dz ? w : 1 - w);
    sum += weight * gridNoise(corner[0] + dx, corner[1] + dy, corner[2] + dz);
  }
  return sum;
}

/** Distance along a ray of unit direction to a sphere, or Infinity. */
function distanceToSphere(
  from: Vector,
  direction: Vector,
  { centre, radius }: { readonly centre: Vector; readonly radius: number },
): number {
  const toCentre = subtract(centre, from);
  const along = dot(toCentre, direction);
  const root = along * along - dot(toCentre, toCentre) + radius * radius;
  if (root < 0) return Number.POSITIVE_INFINITY;
  const near = along - Math.sqrt(root);
  return near > 1e-4 ? near : Number.POSITIVE_INFINITY;
}

function hitFruit(from: Vector, direction: Vector): Hit | undefined {
  let distance = Number.POSITIVE_INFINITY;
  let nearest: Sphere | undefined;
  for (const sphere of SPHERES) {
    const to = distanceToSphere(from, direction, sphere);
    if (to < distance) {
      distance = to;
      nearest = sphere;
    }
  }
  if (nearest === undefined) return undefined;
  const point = add(from, scale(direction, distance));
  const outward = scale(subtract(point, nearest.centre), 1 / nearest.radius);
  const fine = scale(outward, 17 * nearest.radius);
  const dent = (shift: number): number => smoothNoise(add(fine, [shift, 2 * shift, -shift])) - 0.5;
  const normal = normalize(add(outward, scale([dent(11), dent(37), dent(71)], nearest.dents)));
  const spots = 0.85 + 0.3 * smoothNoise(scale(outward, 3.5));
  return { distance, point, normal, color: scale(nearest.color, spots), gloss: 0.045 };
}

/** The table top at height 0: boards one and a half wide, with grain along them. */
function hitTable(from: Vector, direction: Vector): Hit | undefined {
  const distance = -from[1] / direction[1];
  if (!(distance > 1e-4)) return undefined;
  const point = add(from, scale(direction, distance));
  if (point[2] < -7) return undefined;
  const board = Math.floor(point[2] / 1.5);
  const warp = smoothNoise([point[0] * 0.45 + board * 9, board, point[2] * 2]);
  const grain = smoothNoise([point[0] * 0.9, board * 7, point[2] * 14 + warp * 9]);
  const fibre = smoothNoise([point[0] * 5, board, point[2] * 60]);
  const gap = Math.abs(point[2] / 1.5 - Math.round(point[2] / 1.5)) < 0.006 ? 0.3 : 1;
  const tone = gap * (0.62 + 0.28 * grain + 0.1 * fibre + 0.12 * gridNoise(board, 3, 5));
  return {
    distance,
    point,
    normal: [0, 1, 0],
    color: scale([0.5, 0.29, 0.15], tone),
    gloss: 0.03,
  };
}

/** What a path sees that leaves the scene: a wall, lighter towards the window. */
function wall(direction: Vector): Vector {
  const height = Math.max(0, direction[1] + 0.15);
  const side = 0.75 - 0.45 * direction[0];
  return scale([0.44, 0.5, 0.56], (0.3 + 0.75 * height) * side);
}

/** A direction around `normal`, likelier the steeper it is. */
function scatter(normal: Vector): Vector {
  const turn = 2 * Math.PI * random();
  const height = 2 * random() - 1;
  const flat = Math.sqrt(1 - height * height);
  return normalize(add(normal, [flat * Math.cos(turn), flat * Math.sin(turn), height]));
}

/** Light that comes straight from the window, through one point of it taken at random. */
function windowLight({ point, normal }: Hit): Vector {
  const target = add(WINDOW.centre, scale(scatter([0, 0, 0.001]), WINDOW.radius));
  const toTarget = subtract(target, point);
  const distance = Math.sqrt(dot(toTarget, toTarget));
  const direction = scale(toTarget, 1 / distance);
  const facing = dot(normal, direction);
  if (facing <= 0 || hitFruit(point, direction) !== undefined) return [0, 0, 0];
  return scale(WINDOW.light, (facing * WINDOW.radius ** 2) / (distance * distance));
}

/** The light that comes back along a ray. */
function trace(from: Vector, direction: Vector): Vector {
  let origin = from;
  let way = direction;
  let share: Vector = [1, 1, 1];
  let light: Vector = [0, 0, 0];
  let seesWindow = true;
  for (let bounce = 0; bounce < MAX_BOUNCES; bounce++) {
    const fruit = hitFruit(origin, way);
    const table = hitTable(origin, way);
    const hit =
      fruit && table ? (fruit.distance < table.distance ? fruit : table) : (fruit ?? table);
    const toWindow = distanceToSphere(origin, way, WINDOW);
    if (toWindow < (hit?.distance ?? Number.POSITIVE_INFINITY)) {
      return seesWindow ? add(light, multiply(share, scale(WINDOW.light, 0.6))) : light;
    }
    if (hit === undefined) return add(light, multiply(share, wall(way)));
    const facing = Math.max(0, -dot(hit.normal, way));
    const mirrored = hit.gloss + (1 - hit.gloss) * (1 - facing) ** 5;
    origin = hit.point;
    seesWindow = random() < mirrored;
    if (seesWindow) {
      const mirror = subtract(way, scale(hit.normal, 2 * dot(hit.normal, way)));
      way = normalize(add(mirror, scale(scatter(hit.normal), 0.12)));
    } else {
      share = multiply(share, hit.color);
      light = add(light, multiply(share, windowLight(hit)));
      way = scatter(hit.normal);
    }
  }
  return light;
}

function render(): Uint8Array {
  const forward = normalize(subtract(LOOK_AT, EYE));
  const right = normalize(cross(forward, [0, 1, 0]));
  const up = cross(right, forward);
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      let sum: Vector = [0, 0, 0];
      for (let n = 0; n < PATHS_PER_PIXEL; n++) {
        const x = (column + random() - WIDTH / 2) / WIDTH;
        const y = (HEIGHT / 2 - row - random()) / WIDTH;
        const direction = normalize(add(add(scale(right, 0.82 * x), scale(up, 0.82 * y)), forward));
        sum = add(sum, trace(EYE, direction));
      }
      sum.forEach((value, channel) => {
        // A soft shoulder for the lights, then the eye's own curve.
        const seen = 1 - Math.exp((-1.35 * value) / PATHS_PER_PIXEL);
        pixels[(row * WIDTH + column) * 3 + channel] = Math.round(255 * seen ** (1 / 2.2));
      });
    }
    if (row % 32 === 0) process.stderr.write(`row ${row} of ${HEIGHT}\n`);
  }
  return pixels;
}

const bytes = encode({ width: WIDTH, height: HEIGHT, channels: 3, depth: 8, data: render() });
const folder = join(import.meta.dirname, "..", "..", "docs", "pictures");
writeFiles(folder, [{ fileName: "demo.png", content: bytes }]);
process.stderr.write(`docs/pictures/demo.png: ${WIDTH}x${HEIGHT}, ${bytes.length} bytes\n`);
