/** Writes what a layer computes at inference as a text: equal texts of layers of one kind mean the same function of one input. */
import { elementCount, type Shape } from "../../ir/dimension.ts";
import type { Layer, LayerAttributes } from "../../ir/layer-graph.ts";
import { paddingBefore } from "../../ops/window.ts";

/** Attributes that act in training alone. */
const OF_TRAINING: ReadonlySet<string> = new Set(["momentum", "init", "rate"]);

/** The attributes as they are written. */
export function writtenFunction({ kind, attributes }: Layer): string {
  return `${kind} ${JSON.stringify(attributes, (name, value) => (OF_TRAINING.has(name) ? undefined : value))}`;
}

/**
 * The same for an input of this shape, without what makes no difference there: padding that no window reaches, strides of
 * one window, a window over everything.
 */
export function functionAt(layer: Layer, input: Shape): string {
  switch (layer.kind) {
    case "conv":
    case "depthwise_conv":
    case "separable_conv":
      return writeWith(layer, windowAt(layer.attributes, input, layer.shape));
    case "max_pool":
    case "avg_pool": {
      const { kernel, stride, pad } = layer.attributes;
      const window = windowAt({ kernel, stride, pad, dilation: [1, 1] }, input, layer.shape);
      const isWhole = window.every(
        ({ span, before, count }, axis) => count === 1 && before === 0 && span === input[axis],
      );
      const word = layer.kind === "max_pool" ? "max" : "avg";
      if (isWhole) return `global ${word}`;
      const isPadded = window.some(
        ({ span, stride: step, before, count }, axis) =>
          before > 0 || (count - 1) * step + span > Number(input[axis]),
      );
      const counts = layer.kind === "avg_pool" && layer.attributes.countPad && isPadded;
      return `${word} ${JSON.stringify(window)}${counts ? " padded" : ""}`;
    }
    case "global_max_pool":
      return "global max";
    case "global_avg_pool":
      return "global avg";
    case "transposed_conv":
      return `${writtenFunction(layer)} ${layer.shape.slice(0, 2).join()}`;
    default:
      return writtenFunction(layer);
  }
}

/** Whether a layer with this function hands on what it reads. */
export function isIdentity(layer: Layer, input: Shape): boolean {
  switch (layer.kind) {
    case "max_pool":
    case "avg_pool": {
      const { kernel, stride } = layer.attributes;
      return [...kernel, ...stride].every((side) => side === 1);
    }
    case "global_max_pool":
    case "global_avg_pool":
      return input[0] === 1 && input[1] === 1;
    case "upsample":
      return layer.attributes.factor === 1;
    case "pad":
    case "crop":
      return [...layer.attributes.rows, ...layer.attributes.columns].every((side) => side === 0);
    case "rescale":
      return layer.attributes.scale === 1 && layer.attributes.offset === 0;
    case "flatten":
      return elementCount(input) === Number(input.at(-1));
    default:
      return false;
  }
}

interface WindowSide {
  /** From the first sample of a window to the last. */
  readonly span: number;
  readonly samples: number;
  readonly stride: number;
  readonly before: number;
  readonly count: number;
}

/** Rows, then columns. */
function windowAt(
  window: Pick<LayerAttributes["conv"], "kernel" | "stride" | "pad" | "dilation">,
  input: Shape,
  output: Shape,
): readonly WindowSide[] {
  return ([0, 1] as const).map((axis) => {
    const samples = window.kernel[axis];
    const count = Number(output[axis]);
    return {
      samples,
      span: (samples - 1) * window.dilation[axis] + 1,
      stride: count === 1 ? 1 : window.stride[axis],
      before: paddingBefore(window, input, axis),
      count,
    };
  });
}

function writeWith({ kind, attributes }: Layer, window: readonly WindowSide[]): string {
  const {
    kernel: _,
    stride: _s,
    pad: _p,
    dilation: _d,
    ...others
  } = { kernel: 0, stride: 0, pad: 0, dilation: 0, ...attributes };
  return `${kind} ${JSON.stringify(others)} ${JSON.stringify(window)}`;
}
