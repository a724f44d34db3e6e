/** Repairs of an operator that got a feature map instead of a vector, or a vector instead of a feature map. */
import type { DiagnosticCode } from "../diagnostics/catalogue.ts";
import type { DiagnosticExtras } from "../diagnostics/diagnostic.ts";
import { removeStep } from "../diagnostics/removal.ts";
import type { OperatorNode } from "../ir/architecture.ts";
import { operatorNamed } from "../ops/registry.ts";

/** Nothing where no edit at the operator itself repairs it. */
export function repairOperator(
  code: DiagnosticCode,
  { operator, span }: OperatorNode,
): Pick<DiagnosticExtras, "help" | "fixes"> {
  const before = span.file.text.slice(0, span.start);
  if (code === "shape/needs-vector" && !/\bx\s*$/.test(before)) {
    const edits = [{ span: { ...span, end: span.start }, text: "globalavgpool -> " }];
    const title = "put `globalavgpool ->` before it";
    return { fixes: [{ title, applicability: "suggested", edits }] };
  }
  if (code === "shape/needs-feature-map" && operatorNamed(operator).isNeedlessOnVector) {
    const help = "remove it: its input is already flat";
    return { help, fixes: [removeStep(span, "safe", `remove \`${operator}\``)] };
  }
  return {};
}
