/**
 * Reports a stride that is written like a division: `conv 1x1 c/4` has the filters `c` and the stride 4.
 *
 * A size cannot be divided and divides nothing, so `maxpool 3x3/2` is the stride that papers write.
 */
import type { CstNode } from "chevrotain";
import type { ModifiersCstNode, OperandCstNode } from "../../../grammar/cst.generated.ts";
import { joinSpans, type Span, spanText } from "../core/span.ts";
import { writeInstead } from "../diagnostics/replacement.ts";
import type { BuildContext } from "./build-expression.ts";
import { nodeSpan } from "./span-of.ts";

export function reportTightSlashes(
  context: BuildContext,
  operands: readonly OperandCstNode[] | undefined,
  { children }: ModifiersCstNode,
): void {
  const last = operands?.at(-1);
  /** What a slash would divide: the value before it. */
  let before: CstNode | undefined = last?.children.Size ? undefined : last;
  for (const modifier of children.modifier ?? []) {
    const { Slash, stride, expression } = modifier.children;
    const [slash] = Slash ?? [];
    const [by] = stride ?? [];
    if (slash && by && before && !by.children.Size) {
      reportIfTight(context, nodeSpan(context.file, before), nodeSpan(context.file, by));
    }
    before = expression?.[0];
  }
}

/** Only a slash fits between two values with one character between them. */
function reportIfTight(context: BuildContext, value: Span, by: Span): void {
  if (by.start !== value.end + 1) return;
  const [dividend, divisor] = [spanText(value), spanText(by)];
  const whole = joinSpans(value, by);
  const division = `(${dividend} / ${divisor})`;
  const parameters = { value: dividend, stride: divisor, division };
  const fixes = [division, `${dividend} /${divisor}`].map((text) =>
    writeInstead(whole, text, "suggested"),
  );
  context.reportReadable("syntax/tight-slash", whole, parameters, { fixes });
}
