/** Holds receptive fields against published ones, and against cells traced back one by one through random networks. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureReceptiveField } from "../../../src/compiler/cost/receptive-field.ts";
import { lower } from "../../../src/compiler/lower/lower.ts";
import { checkedSpec, checkedStatements } from "../../support/checked-networks.ts";

/**
 * Size, stride and padding that google-research/receptive_field computes of TF-slim's graphs; 427 and 491 are those of
 * ResNet-50 with the stride in its 3×3 and of MobileNetV2.
 */
it.each([
  ["specs/inception-v3.incept", "InceptionV3", 1311, 32, -618],
  ["specs/inception-v4.incept", "InceptionV4", 2071, 32, -998],
  ["specs/inception-resnet-v2.incept", "InceptionResNetV2", 3039, 32, -1482],
  ["specs/zoo/se-resnet-50.incept", "SEResNet50", 483, 32, -239],
  ["specs/resnet-50.incept", "ResNet50", 427, 32, -213],
  ["specs/zoo/mobilenet-v2.incept", "MobileNetV2", 491, 32, undefined],
])("%s %s sees %i pixels", (path, network, size, stride, start) => {
  const field = measureReceptiveField(lower(checkedSpec(path, network).root));
  expect(field?.size).toEqual([size, size]);
  expect(field?.stride).toEqual([stride, stride]);
  if (start !== undefined) expect(field?.start).toEqual([start, start]);
});

// By hand: output cell o of a transposed convolution is made of the cells i with i * stride - before <= o < i * stride - before + kernel.
it.each([
  // Half a cell before the first, as for `upsample 2`.
  ["deconv 2x2 4 /2", [1, 0.5, -1]],
  ["deconv 4x4 4 /2", [2, 0.5, -1]],
  ["deconv 3x3 4 /2 valid", [2, 0.5, -1]],
  ["deconv 3x3 4", [3, 1, -1]],
  ["conv 3x3 4 -> deconv 2x2 4 /2 -> conv 3x3 4", [4, 0.5, -2]],
] as const)("of %s", (statements, [size, stride, start]) => {
  const field = measureReceptiveField(lower(checkedStatements(statements).root));
  expect(field).toEqual({ size: [size, size], stride: [stride, stride], start: [start, start] });
});

/** One layer with a window along the rows. */
interface Layer {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly pad: "same" | "valid";
}

type Chain = readonly (Layer | { readonly branches: readonly (readonly Layer[])[] })[];

const layer = fc
  .record({
    kernel: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    pad: fc.constantFrom("same" as const, "valid" as const),
  })
  .map((one) => (one.stride > 1 ? { ...one, dilation: 1 } : one));

/** Branches keep the size, so that they can be joined. */
const still = fc.record({
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.constant(1),
  dilation: fc.integer({ min: 1, max: 2 }),
  pad: fc.constant("same" as const),
});

const chain: fc.Arbitrary<Chain> = fc.array(
  fc.oneof(
    layer,
    fc.record({
      branches: fc.array(fc.array(still, { minLength: 1, maxLength: 3 }), {
        minLength: 2,
        maxLength: 3,
      }),
    }),
  ),
  { minLength: 1, maxLength: 4 },
);

describe("a cell of a random network", () => {
  const ROWS = 1500;

  it("sees the rows that lead to it", () => {
    fc.assert(
      fc.property(chain, (layers) => {
        const { root } = checkedStatements(`conv 1x1 1\n${write(layers)}`, `${ROWS}x1x1`);
        const field = measureReceptiveField(lower(root));
        const [height] = root.output;
        if (!field || typeof height !== "number") throw new Error("a chain of windows has a field");
        // In the middle, far from both borders.
        const cell = Math.floor(height / 2);
        const { first, last } = traceBack(layers, cell);
        expect(field.size[0]).toBe(last - first + 1);
        expect(field.start[0] + cell * field.stride[0]).toBe(first);
      }),
      { numRuns: 100 },
    );
  });

  function write(layers: Chain): string {
    return layers
      .map((one) =>
        "branches" in one
          ? `concat { ${one.branches.map((branch) => `| ${write(branch)}`).join(" ")} }`
          : `conv ${one.kernel}x1 1 /${one.stride} dilation=${one.dilation} ${one.pad}`,
      )
      .join(" -> ");
  }

  /** The first and last input row behind an output cell; TensorFlow's padding for each layer's own size. */
  function traceBack(
    layers: Chain,
    cell: number,
  ): { readonly first: number; readonly last: number } {
    const sizes = [ROWS];
    for (const one of layers) {
      const size = sizes.at(-1) ?? 0;
      sizes.push("branches" in one ? size : outputSize(one, size));
    }
    let first = cell;
    let last = cell;
    for (let index = layers.length - 1; index >= 0; index--) {
      const one = layers[index];
      const size = sizes[index] ?? 0;
      if (!one) break;
      const parts = "branches" in one ? one.branches : [[one]];
      const ends = parts.map((part) => ({
        first: part.reduceRight((row, each) => row * each.stride - padBefore(each, size), first),
        last: part.reduceRight(
          (row, each) =>
            row * each.stride - padBefore(each, size) + (each.kernel - 1) * each.dilation,
          last,
        ),
      }));
      first = Math.min(...ends.map((end) => end.first));
      last = Math.max(...ends.map((end) => end.last));
    }
    return { first, last };
  }

  function outputSize({ kernel, stride, dilation, pad }: Layer, size: number): number {
    const span = (kernel - 1) * dilation + 1;
    return pad === "same" ? Math.ceil(size / stride) : Math.floor((size - span) / stride) + 1;
  }

  function padBefore(one: Layer, size: number): number {
    if (one.pad === "valid") return 0;
    const span = (one.kernel - 1) * one.dilation + 1;
    const total = (outputSize(one, size) - 1) * one.stride + span - size;
    return Math.floor(Math.max(total, 0) / 2);
  }
});

describe("the field", () => {
  const fieldOf = (statements: string, input = "32x32x3") =>
    measureReceptiveField(lower(checkedStatements(statements, input).root));

  it("has two sides", () => {
    expect(fieldOf("conv 1x7 8 -> conv 3x1 8 /2 valid")).toEqual({
      size: [3, 7],
      stride: [2, 2],
      start: [0, -3],
    });
  });

  it("is that of the last map before all is seen", () => {
    const before = fieldOf("conv 3x3 8 -> conv 3x3 8");
    expect(fieldOf("conv 3x3 8 -> conv 3x3 8 -> globalavgpool -> dense 10")).toEqual(before);
    expect(fieldOf("conv 3x3 8 -> conv 3x3 8 -> avgpool global -> conv 1x1 4")).toEqual(before);
    expect(fieldOf("conv 3x3 8 -> conv 3x3 8 -> flatten -> dense 10")).toEqual(before);
  });

  it("is one pixel where the picture is flattened at once", () => {
    expect(fieldOf("flatten -> dense 10")?.size).toEqual([1, 1]);
  });

  it("leaves gates and auxiliary heads out", () => {
    const gated =
      "conv 3x3 8 -> scale_by { avgpool global -> conv 1x1 8 }\naux a { conv 9x9 1 }\nconv 3x3 8";
    expect(fieldOf(gated)).toEqual(fieldOf("conv 3x3 8 -> conv 3x3 8"));
  });

  it("is not widened by a residual's trunk", () => {
    expect(fieldOf("residual { conv 5x5 3 valid -> pad 2x2 }")?.size).toEqual([5, 5]);
  });

  it("steps by fractions of a pixel where the picture is enlarged", () => {
    expect(fieldOf("maxpool 2x2 /2 -> upsample 2")).toMatchObject({ stride: [1, 1] });
    expect(fieldOf("upsample 4")?.stride).toEqual([0.25, 0.25]);
  });

  it("is an upper bound there, and no smaller than the cell that is repeated", () => {
    const size = fieldOf("maxpool 2x2 /2 -> upsample 2")?.size[0] ?? 0;
    expect(size).toBeGreaterThanOrEqual(2);
    expect(size).toBeLessThanOrEqual(3);
  });
});
