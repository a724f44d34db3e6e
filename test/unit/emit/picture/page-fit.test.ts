/** Tests how pictures are broken into columns and rows, and how large their text is in print. */
import { describe, expect, test } from "vitest";
import { buildPicture } from "../../../../src/compiler/emit/picture/build-picture.ts";
import { breakIntoColumns } from "../../../../src/compiler/emit/picture/columns.ts";
import {
  emitPicture,
  type PictureOptions,
  type StyledFigure,
} from "../../../../src/compiler/emit/picture/emit-picture.ts";
import { createFolding } from "../../../../src/compiler/emit/picture/folding.ts";
import type { LaidScope } from "../../../../src/compiler/emit/picture/layout.ts";
import { type Direction, USUAL_LOOK } from "../../../../src/compiler/emit/picture/look.ts";
import { checkedSpec, checkedStatements } from "../../../support/checked-networks.ts";

const v4 = checkedSpec("specs/inception-v4.incept", "InceptionV4");
const isOpen = createFolding(new Set(), "all");

function draw(options: PictureOptions): StyledFigure {
  const result = emitPicture([{ checked: v4 }], options);
  if (result.kind !== "drawn" || result.styled === undefined) throw new Error("not drawn");
  return result.styled;
}

describe.each(["down", "right"] as const)("a flow %s", (direction: Direction) => {
  const look = { ...USUAL_LOOK, direction };
  const network = breakIntoColumns({ picture: buildPicture(v4), isOpen, look });
  const pathsOf = ({ nodes }: LaidScope): readonly string[] =>
    nodes.map(({ path }) => path).filter((path) => path !== "");

  test.each([2, 3, 4])(
    "in %i parts has every block once, in order, and one line between parts",
    (count) => {
      const laid = network.layOut(count);
      expect(pathsOf(laid)).toEqual(pathsOf(network.whole));
      const connectors = laid.edges.filter(({ isConnector }) => isConnector);
      expect(connectors).toHaveLength(count - 1);
      for (const { edge, points } of connectors) {
        const [exit, entry] = [laid.nodes[edge.from], laid.nodes[edge.to]];
        expect([exit?.node.kind, entry?.node.kind]).toEqual(["exit", "entry"]);
        const [start, end] = [points[0], points.at(-1)];
        for (const [point, node] of [
          [start, exit],
          [end, entry],
        ] as const) {
          expect(Math.abs((point?.x ?? 0) - (node?.left ?? 0))).toBeLessThanOrEqual(1);
          expect(Math.abs((point?.y ?? 0) - (node?.top ?? 0))).toBeLessThanOrEqual(1);
        }
      }
    },
  );

  test("is about as large as was estimated", () => {
    for (let count = 1; count <= network.most; count++) {
      const { width, height } = network.layOut(count);
      const estimate = network.estimate(count);
      expect(Math.abs(estimate.width - width) / width).toBeLessThan(0.15);
      expect(Math.abs(estimate.height - height) / height).toBeLessThan(0.15);
    }
  });
});

test("what skips over blocks is not cut", () => {
  const steps = "  conv 3x3 3\n  residual { conv 3x3 3 -> conv 3x3 3 }\n  conv 3x3 3";
  const picture = buildPicture(checkedStatements(steps));
  // After the first convolution, and after the sum.
  expect(breakIntoColumns({ picture, isOpen, look: USUAL_LOOK }).most).toBe(3);
});

test("columns make a whole network fit a page, with letters that can be read", () => {
  const tall = draw({ expand: ["all"] }).figure;
  const { figure } = draw({ expand: ["all"], layout: "columns" });
  expect(tall.height / tall.width).toBeGreaterThan(4);
  expect(figure.height / figure.width).toBeLessThan(1.31);
});

test("a network as a whole fits a column of a paper, and one with a module expanded a page", () => {
  expect(draw({ printWidth: 85 }).smallestFont).toBeGreaterThan(6);
  const module = draw({ expand: ["c"], layout: "columns", printWidth: 178, shapes: false });
  expect(module.figure.printWidth).toBe(178);
  expect(module.smallestFont).toBeGreaterThan(5);
});

test("a width makes blocks narrow where that gives larger letters", () => {
  const plain = { counts: false, expand: ["stem"] } as const;
  const wide = draw({ ...plain, printWidth: 300 });
  expect(wide.smallestFont).toBeCloseTo(9.5 * 0.75, 1);
  expect(noteLines(wide.figure)).toEqual([]);
  const onPage = draw({ expand: ["all"], layout: "columns", printWidth: 178 });
  expect(noteLines(onPage.figure)).toContain("32 /2 valid");
});

/** The second lines of blocks, in which narrow blocks write what an operator is. */
function noteLines(figure: StyledFigure["figure"]): readonly string[] {
  const found: string[] = [];
  const enter = (shapes: StyledFigure["figure"]["shapes"]): void => {
    for (const shape of shapes) {
      if (shape.kind === "group") enter(shape.shapes);
      else if (shape.kind === "text" && shape.classes === "second") {
        found.push(shape.runs.map(({ text }) => text).join(""));
      }
    }
  };
  enter(figure.shapes);
  return found.filter((line) => line.includes("valid"));
}
