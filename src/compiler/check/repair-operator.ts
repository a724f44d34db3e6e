/** Quick fixes for an operator that got a feature map instead of a vector, or a vector instead of a feature map. */
import type { DiagnosticCode } from "../diagnostics/catalogue.ts";
import type { QuickFix } from "../diagnostics/diagnostic.ts";
import { removeStep } from "../diagnostics/removal.ts";
import type { OperatorNode } from "../ir/architecture.ts";

/** Nothing where no edit at the operator itself repairs it. */
export function repairOperator(
  code: DiagnosticCode,
  { operator, span }: OperatorNode,
): readonly QuickFix[] {
  const before = span.file.text.slice(0, span.start);
  if (code === "shape/needs-vector" && !/\bx\s*$/.test(before)) {
    const edits = [{ span: { ...span, end: span.start }, text: "globalavgpool -> " }];
    return [{ title: "put `globalavgpool ->` before it", edits }];
  }
  if (code === "shape/needs-feature-map" && operator === "flatten") {
    return [removeStep(span, "remove `flatten`")];
  }
  return [];
}
