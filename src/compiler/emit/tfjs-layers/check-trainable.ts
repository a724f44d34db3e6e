/**
 * Reports what tfjs cannot train, such as dilated convolutions, and finds batch normalization that needs a workaround.
 */
import { writeSize } from "../../core/format-shape.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import type { LayerGraph } from "../../ir/layer-graph.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { visitOnce } from "../../ir/visit-once.ts";

/** tfjs 4.22 refuses the gradient of every dilated convolution (tfjs-core, Conv2D_grad and DepthwiseConv2dNative_grad). */
export function checkTrainable(root: ShapedNode, report: Report): void {
  visitOnce(root, ({ node }) => {
    if (node.kind !== "operator" || !Array.isArray(node.attributes.dilation)) return;
    const dilation: readonly number[] = node.attributes.dilation;
    if (dilation.every((step) => step === 1)) return;
    const { operator, attributeSpans, span } = node;
    report("emit/not-trainable", attributeSpans.dilation ?? span, {
      operator,
      dilation: writeSize(dilation),
    });
  });
}

/** Whether a batch normalization of the network lacks gamma or beta, which tf.layers reads in training all the same. */
export function hasPartialNorm({ layers }: LayerGraph): boolean {
  return layers.some(
    ({ kind, attributes }) => kind === "batch_norm" && !(attributes.gamma && attributes.beta),
  );
}
