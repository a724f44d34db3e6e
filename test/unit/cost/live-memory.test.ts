/** Holds live memory against sums by hand over small networks; test/oracle holds it against tf.layers itself. */
import { describe, expect, it } from "vitest";
import { measurePeakBytes } from "../../../src/compiler/cost/live-memory.ts";
import { createCostMeter } from "../../../src/compiler/cost/measure-cost.ts";
import { lower } from "../../../src/compiler/lower/lower.ts";
import { checkedSpec, checkedStatements } from "../../support/checked-networks.ts";

/** Elements of an 8×8 map of one channel, the unit of all sums here. */
const MAP = 8 * 8;

/** Layers without a norm or an activation, so that each makes one tensor. */
function measure(statements: string): { readonly peak: number; readonly made: number } {
  const { root } = checkedStatements(
    `  defaults conv(norm=none, act=none)\n${statements}`,
    "8x8x1",
  );
  const peak = measurePeakBytes(lower(root)) / 4 / MAP;
  return { peak, made: createCostMeter()(root).activations / MAP };
}

describe("tensors alive at once", () => {
  it("are what a layer reads and what it makes, and the input to the end", () => {
    expect(measure("conv 1x1 2 -> conv 1x1 3 -> conv 1x1 1")).toEqual({ peak: 1 + 2 + 3, made: 6 });
  });

  it("hold convolution, norm and activation as tensors of their own", () => {
    expect(measure("conv 1x1 4 norm=batch act=relu")).toEqual({ peak: 1 + 4 + 4, made: 12 });
  });

  it("are not multiplied by layers that hand on what they get", () => {
    expect(measure("conv 1x1 2 -> dropout 0.5 -> identity -> flatten")).toEqual({
      peak: 3,
      made: 2,
    });
  });

  it("wait at a join for the branches that run after them, the last branch first", () => {
    // b: 8 -> 1; then a: 2 -> 3 while b's 1 waits; then the join of 4.
    const wide = "concat { | a: conv 1x1 2 -> conv 1x1 3 | b: conv 1x1 8 -> conv 1x1 1 }";
    expect(measure(wide)).toEqual({ peak: 1 + 8 + 1, made: 2 + 3 + 8 + 1 + 4 });
    const turned = "concat { | b: conv 1x1 8 -> conv 1x1 1 | a: conv 1x1 2 -> conv 1x1 3 }";
    expect(measure(turned)).toEqual({ peak: 1 + 3 + 8 + 1, made: 2 + 3 + 8 + 1 + 4 });
  });

  it("keep what a branch passes on until the join", () => {
    // 5 stays for the join of 5 + 2.
    expect(measure("conv 1x1 5 -> concat { | identity | conv 1x1 2 }")).toEqual({
      peak: 1 + 5 + 2 + 7,
      made: 5 + 2 + 7,
    });
  });

  it("keep a residual's trunk until the addition", () => {
    const plain = "conv 1x1 3 -> residual { conv 1x1 9 -> conv 1x1 3 }";
    expect(measure(plain)).toEqual({ peak: 1 + 3 + 9 + 3, made: 3 + 9 + 3 + 3 });
    const scaled = "conv 1x1 3 -> residual(scale=0.5) { conv 1x1 1 -> conv 1x1 3 }";
    // The layer that scales holds its input, the product, and what it gives.
    expect(measure(scaled)).toEqual({ peak: 1 + 3 + 3 + 3 + 3, made: 3 + 1 + 3 + 3 + 3 });
  });

  it("are joined by those that a layer makes for itself", () => {
    expect(measure("conv 1x1 4 -> relu6")).toEqual({ peak: 1 + 4 + 4 + 4, made: 4 + 4 });
    expect(measure("conv 1x1 4 -> silu")).toEqual({ peak: 1 + 4 + 4 + 2 * 4, made: 4 + 4 });
    expect(measure("sum { | conv 1x1 4 | conv 1x1 4 | conv 1x1 4 }")).toEqual({
      peak: 1 + 3 * 4 + 4 + 4,
      made: 3 * 4 + 4,
    });
  });

  it("are those of several layers where tf.layers lacks one", () => {
    // x + 3, relu6 of it, divided by 6, and times x, which stays till then.
    const steps = 4 * 4;
    expect(measure("conv 1x1 4 -> hard_swish")).toEqual({ peak: 1 + 4 + 3 * 4, made: 4 + steps });
  });

  it("free the trunk of a residual with a shortcut before the addition", () => {
    const statements = "conv 1x1 9 -> residual { conv 1x1 2 } shortcut { conv 1x1 2 }";
    expect(measure(statements).peak).toBe(1 + 9 + 2 + 2);
  });

  it("run an auxiliary head last, and keep its output and what it reads", () => {
    const statements = "conv 1x1 4\naux side { conv 1x1 3 }\nconv 1x1 2 -> conv 1x1 1";
    // Input, the 4 that the head reads, the main output of 1, and the head's 3; before it 4 + 2 + 1.
    expect(measure(statements)).toEqual({ peak: 1 + 4 + 1 + 3, made: 4 + 3 + 2 + 1 });
  });

  it("are those of a gate and its trunk", () => {
    const { root } = checkedStatements("scale_by { globalavgpool }", "8x8x2");
    expect(measurePeakBytes(lower(root)) / 4).toBe(128 + 2 + 128);
  });
});

describe("bytes", () => {
  it("grow with the batch and shrink with the element type", () => {
    const { root } = checkedSpec("specs/inception-v4.incept", "InceptionV4");
    // Batch norm and activation of the stem's conv_2b, 147×147×64 each, and the picture.
    const elements = 299 * 299 * 3 + 2 * 147 * 147 * 64;
    expect(measurePeakBytes(lower(root))).toBe(4 * elements);
    expect(measurePeakBytes(lower(root), { batch: 32 })).toBe(32 * 4 * elements);
    expect(measurePeakBytes(lower(root), { batch: 2, elementType: "float16" })).toBe(4 * elements);
  });
});
