/** Draws the edges of a picture: curves with arrow heads, and the texts beside them. */
import { SIZES } from "./block-text.ts";
import type { Shape } from "./figure.ts";
import { edgeText, type LaidEdge, type Point } from "./layout.ts";
import type { Look } from "./look.ts";

const HEAD_LENGTH = 6.2;
const HEAD_HALF = 2.8;

export function drawEdge(
  { points, hasArrow, isConnector }: LaidEdge,
  look: Look,
): readonly Shape[] {
  if (isConnector) return [{ kind: "path", classes: "edge", commands: drawCorners(points) }];
  const end = points.at(-1);
  if (!end) return [];
  if (!hasArrow) return [{ kind: "path", classes: "edge", commands: drawCurve(points, look) }];
  // The line ends inside the head, so that its square end does not show at the tip.
  const short = back(end, HEAD_LENGTH - 1, 0, look);
  const [left, right] = [
    back(end, HEAD_LENGTH, HEAD_HALF, look),
    back(end, HEAD_LENGTH, -HEAD_HALF, look),
  ];
  return [
    { kind: "path", classes: "edge", commands: drawCurve([...points.slice(0, -1), short], look) },
    { kind: "path", classes: "head", commands: `M${at(left)}L${at(end)}L${at(right)}Z` },
  ];
}

/** A point before the end of an edge: every edge ends in the direction of the flow. */
function back({ x, y }: Point, along: number, across: number, { direction }: Look): Point {
  return direction === "down" ? { x: x + across, y: y - along } : { x: x - along, y: y + across };
}

/** Leaves and enters every point in the direction of the flow, so that lines meet blocks at a right angle. */
function drawCurve(points: readonly Point[], { direction }: Look): string {
  const [first, ...others] = points;
  if (!first) return "";
  let path = `M${at(first)}`;
  let last = first;
  for (const point of others) {
    const isDown = direction === "down";
    const isStraight = Math.abs(isDown ? point.x - last.x : point.y - last.y) < 0.5;
    const middle = { x: (last.x + point.x) / 2, y: (last.y + point.y) / 2 };
    const [one, other] = isDown
      ? [
          { x: last.x, y: middle.y },
          { x: point.x, y: middle.y },
        ]
      : [
          { x: middle.x, y: last.y },
          { x: middle.x, y: point.y },
        ];
    path += isStraight ? `L${at(point)}` : `C${at(one)} ${at(other)} ${at(point)}`;
    last = point;
  }
  return path;
}

const CORNER = 5;

/** Straight lines with round corners. */
function drawCorners(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M${at(point)}`;
      if (!after) return `L${at(point)}`;
      return `L${at(towards(point, before))}Q${at(point)} ${at(towards(point, after))}`;
    })
    .join("");
}

/** A point a corner's length from one place towards another. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

export function drawEdgeText({ edge, label }: LaidEdge, look: Look): readonly Shape[] {
  if (!label) return [];
  const runs = [{ text: edgeText(edge, look), classes: "", gap: 0 }];
  const y = label.y + SIZES.shapeFont * 0.36;
  return [{ kind: "text", classes: "shape", x: label.x, y, anchor: "start", runs }];
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
