/** Repairs a residual whose two sides differ, with a sentence and, where possible, a quick fix. */
import { spanText } from "../core/span.ts";
import type { QuickFix, TextEdit } from "../diagnostics/diagnostic.ts";
import type { Node, OperatorNode } from "../ir/architecture.ts";
import { channelsOf, type Dimension, isKnown, type Shape } from "../ir/dimension.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { repairWindows } from "./repair-windows.ts";

export interface ResidualRepair {
  readonly help?: string;
  readonly fixes: readonly QuickFix[];
}

/** How to make the body's shape that of the other side, which is the trunk itself unless there is a shortcut. */
export function repairResidual(
  body: ShapedNode,
  wanted: Shape,
  shortcut: ShapedNode | undefined,
): ResidualRepair {
  const found = body.output;
  if (found.length !== wanted.length) return { fixes: [] };
  const sizesDiffer = found
    .slice(0, -1)
    .some((side, axis) => isKnown(side) && isKnown(wanted[axis] ?? "") && side !== wanted[axis]);
  if (sizesDiffer) return repairSizes(body, wanted, shortcut);
  return repairChannels(body, channelsOf(wanted), shortcut !== undefined);
}

/** A body that ends in its own filter count is repaired there; any other gets a projection. */
function repairChannels(body: ShapedNode, wanted: Dimension, hasShortcut: boolean): ResidualRepair {
  if (!isKnown(wanted)) return { fixes: [] };
  const last = lastOperator(body.node);
  const fix = repairFilters(body, wanted);
  if (last?.attributeSpans.filters) {
    const filters = `\`${last.operator} … ${wanted}\``;
    return {
      help: `end the body with ${filters} instead of ${last.attributes.filters} filters`,
      fixes: fix ? [fix] : [],
    };
  }
  if (hasShortcut) return { fixes: [] };
  return {
    help: `end the body with \`project\`, which brings it to ${wanted} channels`,
    fixes: [
      {
        title: "end the body with `project`",
        applicability: "suggested",
        edits: [appended(body.node, "project")],
      },
    ],
  };
}

/** Another number of filters at the end of a chain; nothing where it is not written there as a number. */
export function repairFilters({ node }: ShapedNode, wanted: Dimension): QuickFix | undefined {
  const last = lastOperator(node);
  const span = last?.attributeSpans.filters;
  // Width edits and expressions stand between what is written and what came out.
  if (!last || !span || !isKnown(wanted) || spanText(span) !== String(last.attributes.filters)) {
    return undefined;
  }
  return {
    title: `write ${wanted} filters`,
    applicability: "suggested",
    edits: [{ span, text: String(wanted) }],
  };
}

/** One more statement at the end of a block; what was there may end in an assertion, which would no longer be the last. */
function appended({ span }: Node, step: string): TextEdit {
  const inner = spanText(span).replace(/\s*\}$/, "");
  const end = span.start + inner.length;
  const isOneLine = !inner.includes("\n");
  const indent = /\n([ \t]*)\S[^\n]*$/.exec(inner)?.[1] ?? "";
  const isAsserted = /=>[^{}]*$/.test(inner);
  const text = isOneLine ? `${isAsserted ? "" : " ->"} ${step}` : `\n${indent}${step}`;
  return { span: { ...span, start: end, end }, text };
}

function repairSizes(
  body: ShapedNode,
  wanted: Shape,
  shortcut: ShapedNode | undefined,
): ResidualRepair {
  const found = body.output;
  const [rows, columns] = [0, 1].map((axis) => strideBetween(wanted[axis], found[axis]));
  const channels = channelsOf(found);
  if (rows === undefined || columns === undefined || (rows === 1 && columns === 1)) {
    const fix = repairWindows(body, wanted);
    return {
      help: "a `valid` window shrinks the picture: write `same` in the body, or shrink the other side equally",
      fixes: fix ? [fix] : [],
    };
  }
  const stride = rows === columns ? `/${rows}` : `/${rows}x${columns}`;
  if (shortcut) {
    const fix = repairWindows(shortcut, found);
    return {
      help: `give the shortcut the stride of the body: \`${stride}\``,
      fixes: fix ? [fix] : [],
    };
  }
  const { span } = body.node;
  const text = `shortcut { conv 1x1 ${channels} ${stride} linear }`;
  return {
    help: `add \`${text}\` after the body, or remove the stride from it`,
    fixes: [
      {
        title: `add \`${text}\``,
        applicability: "suggested",
        edits: [{ span: { ...span, start: span.end }, text: ` ${text}` }],
      },
    ],
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
