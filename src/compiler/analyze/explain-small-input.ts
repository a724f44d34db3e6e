/** Owns one message in place of many: where windows do not fit because the picture is too small, the picture is to blame. */
import { acceptsSize } from "../check/accepts-size.ts";
import { type Span, spanText } from "../core/span.ts";
import { findMinInput } from "../cost/find-min-input.ts";
import { createDiagnostic, type Diagnostic, type QuickFix } from "../diagnostics/diagnostic.ts";
import type { Architecture } from "../ir/architecture.ts";
import { channelsOf, formatShape, type Shape } from "../ir/dimension.ts";

/** How many times the declared side is doubled in search of a picture that is large enough. */
const DOUBLINGS = 6;

/** Places that are shown of those that do not fit. */
const SHOWN_PLACES = 3;

/** The findings of shape inference; those about room become one at the input if a larger picture mends them all. */
export function explainSmallInput(
  architecture: Architecture,
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  const cramped = found.filter(
    ({ code }) => code === "shape/window-too-large" || code === "shape/zero-output",
  );
  if (cramped.length === 0) return found;
  const { input, inputSpan } = architecture;
  const accepts = acceptsSize(architecture);
  const [height, width] = input.map(Number);
  if (height === undefined || width === undefined) return found;
  const larger = Array.from(
    { length: DOUBLINGS },
    (_, step) => Math.max(height, width) << (step + 1),
  );
  const enough = larger.find((side) => accepts(side, side));
  if (enough === undefined) return found;
  const { square = enough } = findMinInput(accepts, [enough, enough]);
  const diagnostic = createDiagnostic(
    "shape/input-too-small",
    inputSpan,
    {
      input: formatShape(input),
      minimum: formatShape([square, square, channelsOf(input)]),
    },
    {
      related: cramped.slice(0, SHOWN_PLACES).map(({ span, message }) => ({ span, message })),
      fixes: enlarge(inputSpan, [square, square, channelsOf(input)]),
    },
  );
  return [...found.filter((one) => !cramped.includes(one)), diagnostic];
}

/** An input that is written out can be written larger. */
function enlarge(inputSpan: Span, shape: Shape): readonly QuickFix[] {
  const [, size = ""] = /^input\s+(\d+(?:x\d+)*)$/.exec(spanText(inputSpan)) ?? [];
  if (size === "") return [];
  const text = shape.join("x");
  const span = { ...inputSpan, start: inputSpan.end - size.length };
  return [{ title: `write \`input ${text}\``, edits: [{ span, text }] }];
}
