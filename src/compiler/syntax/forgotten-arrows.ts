/**
 * Reports a step that follows another on the same line without `->`, and reads on as if the arrow were there.
 *
 * White space means nothing elsewhere. Here it must: `head: globalavgpool dense 10` would put `dense` outside `head`.
 */
import { OPERAND_COUNTS } from "../../../grammar/operators.ts";
import { lineText, positionAt } from "../core/source-file.ts";
import { joinSpans, type Span, spanText } from "../core/span.ts";
import type { QuickFix } from "../diagnostics/diagnostic.ts";
import type { Statement, Step } from "./ast.ts";
import type { BuildContext } from "./build-expression.ts";

/** The statements of a block or a branch, those on one line joined to one. */
export function joinForgotten(
  context: BuildContext,
  statements: readonly Statement[],
): readonly Statement[] {
  const joined: Statement[] = [];
  let run: Statement[] = [];
  for (const statement of statements) {
    const before = run.at(-1);
    const isForgotten = before && isOnSameLine(before, statement) && !isOneStep(before, statement);
    if (isForgotten && !before.assertion) {
      run.push(statement);
      continue;
    }
    joined.push(...endRun(context, run));
    run = [statement];
    if (isForgotten) reportAfterShape(context, statement);
  }
  return [...joined, ...endRun(context, run)];
}

/** After a closing brace the end of a step is plain to see. */
function isOnSameLine({ span, assertion }: Statement, next: Statement): boolean {
  const { file, end } = span;
  const between = file.text.slice(end, next.span.start);
  const isBare = between.replaceAll(/\/\*.*?\*\//g, "").trim() === "";
  const isClosed = file.text[end - 1] === "}" && !assertion;
  return isBare && !isClosed && !next.label && !/[\r\n]/.test(between);
}

/**
 * Whether both were meant as one step: the second is what an operator lacks (`conv relu 8`), belongs to a word that is no
 * operator (`skip { … }`), or is such a word (`conv 3x3 8 stride 2`). All of these have a finding of their own.
 */
function isOneStep({ steps, assertion }: Statement, next: Statement): boolean {
  if (isLowerCaseCall(withoutCount(next.steps[0]))) return true;
  const last = assertion ? undefined : withoutCount(steps.at(-1));
  if (isLowerCaseCall(last)) return true;
  if (last?.kind !== "operator" || last.modifiers.length > 0) return false;
  return last.operands.length < (OPERAND_COUNTS[last.operator.text] ?? 0);
}

function isLowerCaseCall(step: Step | undefined): boolean {
  return step?.kind === "call" && /^[a-z]/.test(step.module.text);
}

function withoutCount(step: Step | undefined): Step | undefined {
  return step?.kind === "repeat" ? withoutCount(step.step) : step;
}

/** Makes one statement of a run; one finding names its second step and repairs all. */
function endRun(context: BuildContext, run: readonly Statement[]): readonly Statement[] {
  const [first, ...rest] = run;
  const [second] = rest;
  const last = rest.at(-1);
  if (!first || !second || !last) return run;
  const title = rest.length === 1 ? "insert `->`" : `insert \`->\` at ${rest.length} places`;
  const edits = rest.map(({ span }) => ({ span: startOf(span), text: "-> " }));
  const span = firstWord(second);
  const around = repeatAround(first, last, edits);
  const parameters = { word: spanText(span), label: first.label?.text, isRepeat: !!around };
  const applicability = around ? "suggested" : "safe";
  const fixes: QuickFix[] = [{ title, applicability, edits }, ...(around ? [around] : [])];
  context.reportReadable("syntax/missing-arrow", span, { after: "step", ...parameters }, { fixes });
  return [
    {
      ...first,
      steps: run.flatMap(({ steps }) => steps),
      ...(last.assertion ? { assertion: last.assertion } : {}),
      span: joinSpans(first.span, last.span),
    },
  ];
}

/** `2 x A B`: if the repeat was meant to reach to the end of the line, it needs braces. */
function repeatAround(
  first: Statement,
  last: Statement,
  arrows: QuickFix["edits"],
): QuickFix | undefined {
  const step = first.steps.at(-1);
  if (step?.kind !== "repeat") return undefined;
  const end = { ...last.span, start: last.assertion ? endOfSteps(last) : last.span.end };
  const edits = [
    { span: startOf(step.step.span), text: "{ " },
    ...arrows,
    { span: { ...end, end: end.start }, text: " }" },
  ];
  return { title: "repeat all of them in braces", applicability: "suggested", edits };
}

function endOfSteps({ steps, span }: Statement): number {
  return steps.at(-1)?.span.end ?? span.end;
}

function reportAfterShape(context: BuildContext, statement: Statement): void {
  const { file, start } = statement.span;
  const [indent = ""] = /^\s*/.exec(lineText(file, positionAt(file, start).line)) ?? [];
  const span = firstWord(statement);
  const edits = [{ span: startOf(statement.span), text: `\n${indent}` }];
  const fixes: QuickFix[] = [{ title: "begin a new line", applicability: "safe", edits }];
  const parameters = { word: spanText(span), label: undefined, isRepeat: false };
  context.reportReadable(
    "syntax/missing-arrow",
    span,
    { after: "shape", ...parameters },
    { fixes },
  );
}

function startOf(span: Span): Span {
  return { ...span, end: span.start };
}

/** The word that a statement begins with; the smallest thing to look at. */
function firstWord({ span }: Statement): Span {
  const [word = ""] = /^(?:\w+|.)/s.exec(span.file.text.slice(span.start, span.end)) ?? [];
  return { ...span, end: span.start + word.length };
}
