/**
 * Repairs a branch with the wrong height or width by the one change of padding or stride that corrects it, if there is
 * one.
 *
 * The branch must be a chain of operators; other combinators are left alone.
 */
import type { Span } from "../core/span.ts";
import { spanText } from "../core/span.ts";
import type { QuickFix } from "../diagnostics/diagnostic.ts";
import type { OperatorNode } from "../ir/architecture.ts";
import type { Attributes } from "../ir/attributes.ts";
import { isKnown, type Shape, UNKNOWN } from "../ir/dimension.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { operatorNamed } from "../ops/registry.ts";

/** Strides that are tried; larger ones are rarely intended. */
const STRIDES: readonly number[] = [1, 2, 3, 4];

/** Operators that are tried, from the end of the branch: each is tried by inferring the whole branch again. */
const MAX_TRIED = 10;

/** The repair, or nothing where the branch is no plain chain, or no single change gives the size. */
export function repairWindows(branch: ShapedNode, wanted: Shape): QuickFix | undefined {
  const chain = operatorsOf(branch);
  if (!chain || wanted.length !== 3) return undefined;
  // From the end: that is where branches of a reduction have their stride and padding.
  for (const [index, node] of [...chain.entries()].slice(-MAX_TRIED).reverse()) {
    for (const change of changesOf(node)) {
      const sizes = sizesAfter(chain, index, change.attributes, branch.input);
      if (sizes && sizes[0] === wanted[0] && sizes[1] === wanted[1]) return change.fix;
    }
  }
  return undefined;
}

function operatorsOf({ node, children }: ShapedNode): readonly OperatorNode[] | undefined {
  if (node.kind === "operator") return [node];
  if (node.kind !== "sequence") return undefined;
  const chain: OperatorNode[] = [];
  for (const child of children) {
    const inner = operatorsOf(child);
    if (!inner) return undefined;
    chain.push(...inner);
  }
  return chain;
}

interface Change {
  readonly attributes: Attributes;
  readonly fix: QuickFix;
}

function changesOf(node: OperatorNode): readonly Change[] {
  const { attributes, attributeSpans, operator } = node;
  const changes: Change[] = [];
  const add = (name: string, value: Attributes[string], text: string): void => {
    const written = attributeSpans[name];
    changes.push({
      attributes: { ...attributes, [name]: value },
      fix: {
        title: `write \`${text}\` at this \`${operator}\``,
        applicability: "suggested",
        edits: [written ? { span: written, text } : { span: endOf(node), text: ` ${text}` }],
      },
    });
  };
  if (attributes.pad === "valid") add("pad", "same", "same");
  if (attributes.pad === "same") add("pad", "valid", "valid");
  const stride = attributeSpans.stride;
  // A stride that is computed is not a number to replace.
  if ("stride" in attributes && (!stride || /^\/\d+(?:x\d+)?$/.test(spanText(stride)))) {
    for (const side of STRIDES) add("stride", [side, side], `/${side}`);
  }
  return changes;
}

function endOf({ span }: OperatorNode): Span {
  return { ...span, start: span.end };
}

/** Height and width after the chain with other attributes at one of its operators; nothing where a window does not fit. */
function sizesAfter(
  chain: readonly OperatorNode[],
  changed: number,
  attributes: Attributes,
  input: Shape,
): Shape | undefined {
  let shape = input;
  let fits = true;
  chain.forEach((node, index) => {
    const own = index === changed ? attributes : node.attributes;
    shape = operatorNamed(node.operator).inferShape(own, shape, () => {
      fits = false;
    });
  });
  const [height = UNKNOWN, width = UNKNOWN] = shape;
  return fits && isKnown(height) && isKnown(width) ? [height, width] : undefined;
}
