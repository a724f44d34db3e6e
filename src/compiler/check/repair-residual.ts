/** Owns the repair of a residual whose two sides differ: the edit in words, and as a fix where one place decides. */
import type { Span } from "../core/span.ts";
import type { QuickFix } from "../diagnostics/diagnostic.ts";
import type { Node, OperatorNode } from "../ir/architecture.ts";
import { channelsOf, type Dimension, isKnown, type Shape } from "../ir/dimension.ts";
import type { ShapedNode } from "../ir/shaped.ts";

export interface ResidualRepair {
  readonly help?: string;
  readonly fixes: readonly QuickFix[];
}

/** How to make the body's shape that of the other side, which is the trunk itself unless there is a shortcut. */
export function repairResidual(
  body: ShapedNode,
  wanted: Shape,
  hasShortcut: boolean,
): ResidualRepair {
  const found = body.output;
  if (found.length !== wanted.length) return { fixes: [] };
  const sizesDiffer = found
    .slice(0, -1)
    .some((side, axis) => isKnown(side) && isKnown(wanted[axis] ?? "") && side !== wanted[axis]);
  if (sizesDiffer) return repairSizes(found, wanted, hasShortcut);
  return repairChannels(body, channelsOf(wanted), hasShortcut);
}

/** A body that ends in its own filter count is repaired there; any other gets a projection. */
function repairChannels(body: ShapedNode, wanted: Dimension, hasShortcut: boolean): ResidualRepair {
  const last = lastOperator(body.node);
  const filtersSpan = last?.attributeSpans.filters;
  if (!last || !filtersSpan || !isKnown(wanted)) {
    return hasShortcut || !isKnown(wanted)
      ? { fixes: [] }
      : { help: `end the body with \`project\`, which brings it to ${wanted} channels`, fixes: [] };
  }
  const written = last.attributes.filters;
  // Width edits and expressions stand between what is written and what came out.
  const isLiteral = spanIs(filtersSpan, String(written));
  const filters = `\`${last.operator} … ${wanted}\``;
  return {
    help: `let the body end with ${filters} instead of ${written} filters`,
    fixes: isLiteral
      ? [
          {
            title: `write ${wanted} filters`,
            edits: [{ span: filtersSpan, text: String(wanted) }],
          },
        ]
      : [],
  };
}

function repairSizes(found: Shape, wanted: Shape, hasShortcut: boolean): ResidualRepair {
  const strides = [0, 1].map((axis) => strideBetween(wanted[axis], found[axis]));
  const [rows, columns] = strides;
  const channels = channelsOf(found);
  if (rows === undefined || columns === undefined || (rows === 1 && columns === 1)) {
    return {
      help: "a `valid` window shrinks the picture: write `same` in the body, or shrink the other side alike",
      fixes: [],
    };
  }
  const stride = rows === columns ? `/${rows}` : `/${rows}x${columns}`;
  if (hasShortcut) {
    return { help: `give the shortcut the stride of the body: \`${stride}\``, fixes: [] };
  }
  return {
    help: `add \`shortcut { conv 1x1 ${channels} ${stride} linear }\` after the body, or take the stride out of it`,
    fixes: [],
  };
}

/** The stride that makes `output` of `input` with `same` padding, where there is one. */
function strideBetween(
  input: Dimension | undefined,
  output: Dimension | undefined,
): number | undefined {
  if (typeof input !== "number" || typeof output !== "number" || output < 1) return undefined;
  const stride = Math.round(input / output);
  return stride >= 1 && Math.ceil(input / stride) === output ? stride : undefined;
}

/** The operator that a chain ends with, if it ends with one. */
function lastOperator(node: Node): OperatorNode | undefined {
  switch (node.kind) {
    case "operator":
      return node;
    case "sequence": {
      const last = node.steps.at(-1);
      return last && lastOperator(last);
    }
    case "factor":
      return node.parts.at(-1);
    default:
      return undefined;
  }
}

function spanIs({ file, start, end }: Span, text: string): boolean {
  return file.text.slice(start, end) === text;
}
