/** Holds the arithmetic of windows against windows laid out one by one, and its messages against windows that do not fit. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Shape } from "../../../src/compiler/ir/dimension.ts";
import { UNKNOWN } from "../../../src/compiler/ir/dimension.ts";
import type { FeatureMap } from "../../../src/compiler/ops/feature-map.ts";
import {
  paddingBefore,
  slideWindow,
  type WindowAttributes,
} from "../../../src/compiler/ops/window.ts";

const side = fc.integer({ min: 1, max: 40 });
const small = fc.integer({ min: 1, max: 7 });

/** Windows along the rows of a picture; none where none fits. */
function countWindows(size: number, attributes: WindowAttributes): number {
  const [rows] = slideWindow("conv", attributes, [size, 1, 1], () => {});
  return rows === UNKNOWN ? 0 : Number(rows);
}

describe("the number of windows", () => {
  it("is how many whole windows fit where padding is valid", () => {
    fc.assert(
      fc.property(side, small, small, small, (size, kernel, stride, dilation) => {
        const span = (kernel - 1) * dilation + 1;
        let fitting = 0;
        for (let start = 0; start + span <= size; start += stride) fitting++;
        const sizes = { kernel: [kernel, 1], stride: [stride, 1], dilation: [dilation, 1] };
        expect(countWindows(size, { ...sizes, pad: "valid" })).toBe(fitting);
      }),
    );
  });

  it("is one for each step that starts in the picture where padding is same", () => {
    fc.assert(
      fc.property(side, small, small, (size, kernel, stride) => {
        let steps = 0;
        for (let start = 0; start < size; start += stride) steps++;
        const sizes = { kernel: [kernel, 1], stride: [stride, 1] };
        expect(countWindows(size, { ...sizes, pad: "same" })).toBe(steps);
      }),
    );
  });
});

describe("padding", () => {
  it("covers the picture, and has the smaller half in front", () => {
    fc.assert(
      fc.property(side, small, small, (size, kernel, stride) => {
        const attributes = { kernel: [kernel, 1], stride: [stride, 1], pad: "same" } as const;
        const before = paddingBefore(attributes, [size, 1, 1], 0);
        const lastStart = (countWindows(size, attributes) - 1) * stride;
        const after = lastStart + kernel - size - before;
        // Where the last window ends inside the picture, nothing is padded.
        if (lastStart + kernel <= size) expect(before).toBe(0);
        else expect([0, 1]).toContain(after - before);
      }),
    );
  });

  it("is none where it is valid, and half the kernel where the size is not known", () => {
    const same = { kernel: [7, 3], stride: [2, 1], pad: "same" } as const;
    const paddings = (attributes: WindowAttributes, input: Shape) =>
      ([0, 1] as const).map((axis) => paddingBefore(attributes, input, axis));
    expect(paddings({ ...same, pad: "valid" }, [9, 9, 1])).toEqual([0, 0]);
    expect(paddings(same, ["H", "W", 1])).toEqual([2, 1]);
  });
});

describe("a window that slides", () => {
  const slide = (attributes: Partial<WindowAttributes>, map: FeatureMap) => {
    const reports: string[] = [];
    const sides = slideWindow(
      "conv",
      { kernel: [3, 3], stride: [1, 1], pad: "valid", ...attributes },
      map,
      (code, parameters, attribute) =>
        reports.push(`${code} ${attribute ?? "-"} ${JSON.stringify(parameters)}`),
    );
    return { sides, reports };
  };

  it("leaves symbols that say what happened", () => {
    expect(slide({}, ["H", "W", 3]).sides).toEqual(["H - 2", "W - 2"]);
    expect(slide({ stride: [2, 2] }, ["H", "W", 3]).sides).toEqual([
      "ceil((H - 2) / 2)",
      "ceil((W - 2) / 2)",
    ]);
    expect(slide({ pad: "same" }, ["H", UNKNOWN, 3])).toEqual({
      sides: ["H", UNKNOWN],
      reports: [],
    });
  });

  it("is reported at its kernel where it does not fit", () => {
    expect(slide({ kernel: [3, 5] }, [9, 4, 3])).toEqual({
      sides: [7, UNKNOWN],
      reports: ['shape/window-too-large kernel {"operator":"conv","window":"3×5","input":"9×4"}'],
    });
  });

  it("is reported with the side it covers where it is dilated", () => {
    const { reports } = slide({ dilation: [4, 4] }, [8, 8, 3]);
    expect(reports.join()).toContain('"window":"9×9 (dilated)"');
  });

  it("may have a stride or a dilation, and not both", () => {
    const { reports } = slide({ stride: [2, 2], dilation: [2, 2] }, [9, 9, 3]);
    expect(reports.map((one) => one.split(" ").slice(0, 2))).toEqual([
      ["shape/stride-with-dilation", "dilation"],
    ]);
  });

  it("has nothing to say of a picture that is not known", () => {
    const unknown: Shape = [UNKNOWN, UNKNOWN];
    expect(slide({ kernel: [99, 99] }, [UNKNOWN, UNKNOWN, 3])).toEqual({
      sides: unknown,
      reports: [],
    });
  });
});
