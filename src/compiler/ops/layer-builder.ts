/** Collects the layers that one use of an operator becomes; operators call it in their `lower`. */
import type { Shape } from "../ir/dimension.ts";
import {
  type AxisRole,
  type InitialValue,
  type LayerAttributes,
  type LayerKind,
  type LayerTemplate,
  type LayerTensor,
  layerTemplate,
} from "../ir/layer-graph.ts";
import type { OptionExpression } from "../ir/option-expression.ts";

/** What an operator says of one of its layers. */
export interface NewLayer<Kind extends LayerKind> {
  /** Path below the operator's. Default: the operator's own. */
  readonly name?: string;
  readonly attributes: LayerAttributes[Kind];
  /** Of the output, without the batch. */
  readonly shape: Shape;
  readonly tensors?: readonly LayerTensor[];
}

export interface LayerBuilder {
  /**
   * Adds a layer that reads the one added before it; the first reads the operator's input. The operator's output is that of
   * the last layer, or its input where it adds none. An attribute that has the name of an operator's attribute is an
   * option of generated code where that one is.
   */
  add<Kind extends LayerKind>(kind: Kind, layer: NewLayer<Kind>): void;
}

/** A builder, and the layers that were added to it. */
export function createLayerBuilder(options: Readonly<Record<string, OptionExpression>>): {
  readonly builder: LayerBuilder;
  readonly layers: readonly LayerTemplate[];
} {
  const layers: LayerTemplate[] = [];
  const builder: LayerBuilder = {
    add: (kind, layer) => {
      const { attributes } = layer;
      const own = Object.entries(options).filter(([attribute]) => attribute in attributes);
      const inputs = [layers.length - 1];
      layers.push(
        layerTemplate(kind, {
          ...layer,
          inputs,
          ...(own.length === 0 ? {} : { options: Object.fromEntries(own) }),
        }),
      );
    },
  };
  return { builder, layers };
}

/** A trainable weight that starts from a distribution. */
export function kernelTensor(
  name: string,
  axes: readonly (readonly [size: number, role: AxisRole])[],
  initial: InitialValue,
): LayerTensor {
  return {
    name,
    shape: axes.map(([size]) => size),
    axes: axes.map(([, role]) => role),
    trainable: true,
    initial,
  };
}

/** One value for each channel that goes out. */
export function channelTensor(
  name: string,
  channels: number,
  initial: "zeros" | "ones" | "constant",
  trainable = true,
): LayerTensor {
  return { name, shape: [channels], axes: ["out"], trainable, initial };
}
