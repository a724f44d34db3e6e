/** Owns the warning about layers that tfjs can compute but not train. */
import type { Report } from "../../diagnostics/outcome.ts";
import type { ShapedNode } from "../../ir/shaped.ts";

/** tfjs 4.22 refuses the gradient of every dilated convolution (tfjs-core, Conv2D_grad and DepthwiseConv2dNative_grad). */
export function checkTrainable(root: ShapedNode, report: Report): void {
  const seen = new Set<ShapedNode>();
  const enter = (shaped: ShapedNode): void => {
    if (seen.has(shaped)) return;
    seen.add(shaped);
    const { node } = shaped;
    if (node.kind === "operator" && Array.isArray(node.attributes.dilation)) {
      const dilation: readonly number[] = node.attributes.dilation;
      if (dilation.some((step) => step > 1)) {
        const span = node.attributeSpans.dilation ?? node.span;
        report("emit/not-trainable", span, {
          operator: node.operator,
          dilation: dilation.join("x"),
        });
      }
    }
    shaped.children.forEach(enter);
  };
  enter(root);
}
