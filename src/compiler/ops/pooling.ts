/** Attributes, shape rule and operation counts that all pools share, including `global` windows. */
import { assert } from "../core/assert.ts";
import { formatShape } from "../core/format-shape.ts";
import type { Attributes, Padding, SizeValue } from "../ir/attributes.ts";
import { type Shape, UNKNOWN } from "../ir/dimension.ts";
import type { Pair } from "../ir/layer-graph.ts";
import { asFeatureMap, knownChannels, knownElements } from "./feature-map.ts";
import type { AttributeDefinition, Flag, ReportShape } from "./operator.ts";
import type { Primitives } from "./primitives.ts";
import {
  KERNEL_ATTRIBUTE,
  marginsOf,
  PAD_ATTRIBUTE,
  PAD_FLAGS,
  pair,
  STRIDE_ATTRIBUTE,
  slideWindow,
  type WindowAttributes,
} from "./window.ts";

export type PoolAttributes = {
  /** The window is the whole picture; then there is no kernel. */
  readonly global: boolean;
  readonly kernel: SizeValue | null;
  readonly stride: SizeValue;
  readonly pad: Padding;
};

export const POOL_ATTRIBUTES: { readonly [Name in keyof PoolAttributes]: AttributeDefinition } = {
  global: {
    type: "bool",
    doc: "Uses the whole picture as the window and gives 1x1; no size is written then.",
    default: false,
    change: "window",
    // A pool over the whole picture has no window of its own, and others say theirs as `kernel`.
    appliesWhen: ({ global }) => global === true,
    show: ({ global, kernel = null }) => (global === true ? "global" : kernel),
  },
  kernel: {
    ...KERNEL_ATTRIBUTE,
    change: "window",
    appliesWhen: isLocal,
    default: (given) => (given.global === true ? null : undefined),
  },
  stride: { ...STRIDE_ATTRIBUTE, appliesWhen: isLocal },
  pad: { ...PAD_ATTRIBUTE, appliesWhen: isLocal },
};

function isLocal({ global }: Attributes): boolean {
  return global !== true;
}

export const POOL_FLAGS: typeof PAD_FLAGS & { readonly global: Flag<"global"> } = {
  ...PAD_FLAGS,
  global: { attribute: "global", value: true },
};

export function inferPoolShape(
  operator: string,
  attributes: PoolAttributes,
  input: Shape,
  report: ReportShape,
): Shape {
  const map = asFeatureMap(operator, input, report);
  if (attributes.global) return [1, 1, map[2]];
  const window = localWindow(attributes);
  const { pad } = window;
  const reaches = ([0, 1] as const).some(
    (axis) => Math.max(...(marginsOf(pad, axis) ?? [0])) >= pair(window.kernel)[axis],
  );
  if (reaches) {
    const text = formatShape(pair(window.kernel));
    report("shape/window-in-padding", { operator, window: text }, "pad");
    return [UNKNOWN, UNKNOWN, map[2]];
  }
  const [height, width] = slideWindow(operator, window, map, report);
  return [height, width, map[2]];
}

/** Elements in, out, and under all windows; padding counts as if it were there. */
export function poolCounts(
  kind: "maxPool" | "avgPool",
  attributes: PoolAttributes,
  input: Shape,
  output: Shape,
): Partial<Primitives> {
  if (attributes.global) return globalPoolCounts(input);
  const inputs = knownElements(input);
  const outputs = knownElements(output);
  const [rows, columns] = pair(localWindow(attributes).kernel);
  const windows = outputs * rows * columns;
  return kind === "maxPool"
    ? {
        maxPoolInputElements: inputs,
        maxPoolOutputElements: outputs,
        maxPoolWindowElements: windows,
        maxPoolRowElements: outputs * rows,
      }
    : {
        avgPoolInputElements: inputs,
        avgPoolOutputElements: outputs,
        avgPoolWindowElements: windows,
        avgPoolRowElements: outputs * rows,
      };
}

export function globalPoolCounts(input: Shape): Partial<Primitives> {
  return {
    globalPoolInputElements: knownElements(input),
    globalPoolOutputElements: knownChannels(input),
  };
}

/** Kernel, stride and padding as a layer has them. */
export function poolLayerWindow(attributes: PoolAttributes): {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly pad: Padding;
} {
  const { kernel, stride, pad } = localWindow(attributes);
  return { kernel: pair(kernel), stride: pair(stride), pad };
}

function localWindow(attributes: PoolAttributes): WindowAttributes {
  const { kernel, stride, pad } = attributes;
  assert(kernel !== null, "a pool that is not global has a kernel");
  return { kernel, stride, pad };
}
