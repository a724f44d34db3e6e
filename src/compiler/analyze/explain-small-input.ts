/** Replaces many findings about windows that do not fit by one about the picture when that is too small. */
import { acceptsSize, type Resizable } from "../check/infer-at-size.ts";
import { formatShape, writeSize } from "../core/format-shape.ts";
import { type Span, spanText } from "../core/span.ts";
import { findSmallestSquare } from "../cost/find-min-input.ts";
import {
  createDiagnostic,
  type Diagnostic,
  type QuickFix,
  type RelatedPlace,
} from "../diagnostics/diagnostic.ts";
import { channelsOf, type Shape } from "../ir/dimension.ts";
import type { Edit } from "../syntax/ast.ts";
import { INHERITED, isClaim } from "./blame-edits.ts";

/** How many times the declared side is doubled in search of a picture that is large enough. */
const DOUBLINGS = 6;

/** Places that are shown of those that do not fit. */
const SHOWN_PLACES = 3;

/** Whether a finding says that there is no room left for a window. */
function isCramped(code: Diagnostic["code"]): boolean {
  return code === "shape/window-too-large" || code === "shape/zero-output";
}

/**
 * Findings about windows become one if a larger picture fixes them all: at the edit that caused them, or at the input.
 * Stated shapes are then contradicted as well, and are not reported separately.
 */
export function explainSmallInput(
  network: Resizable,
  edits: readonly Edit[],
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  const { architecture } = network;
  const cramped = found.filter(({ code }) => isCramped(code));
  if (cramped.length === 0) return found;
  const minimum = findMinimum(network);
  if (minimum === undefined) return found;
  const others = found.filter(({ code }) => !isCramped(code) && !isClaim(code));
  const editSpans = edits.map(({ span }) => span);
  const places = new Map<Span, Diagnostic[]>();
  for (const diagnostic of cramped) {
    const place = editSpans.includes(diagnostic.span) ? diagnostic.span : architecture.inputSpan;
    places.set(place, [...(places.get(place) ?? []), diagnostic]);
  }
  const explained = [...places].map(([span, here]) =>
    createDiagnostic(
      "shape/input-too-small",
      span,
      { input: formatShape(architecture.input), minimum: formatShape(minimum) },
      {
        related: here.slice(0, SHOWN_PLACES).flatMap(describePlace),
        fixes: enlarge(architecture.inputSpan, minimum),
      },
    ),
  );
  return [...others, ...explained];
}

/** The smallest square picture that fits; nothing where no larger picture does. */
function findMinimum(network: Resizable): Shape | undefined {
  const { input } = network.architecture;
  const [height, width] = input.map(Number);
  if (height === undefined || width === undefined) return undefined;
  const accepts = acceptsSize(network);
  const declared = Math.max(height, width);
  const larger = Array.from({ length: DOUBLINGS }, (_, step) => declared << (step + 1));
  const enough = larger.find((side) => accepts(side, side));
  if (enough === undefined) return undefined;
  const side = findSmallestSquare(accepts, enough) ?? enough;
  return [side, side, channelsOf(input)];
}

/** The place of the window: a finding that was moved to an edit has it among its related places. */
function describePlace({ span, message, related }: Diagnostic): readonly RelatedPlace[] {
  const inherited = related.find((place) => place.message === INHERITED);
  return [{ span: inherited?.span ?? span, message }];
}

/** An input that is written out can be written larger. */
function enlarge(inputSpan: Span, shape: Shape): readonly QuickFix[] {
  const [, size = ""] = /^input\s+(\d+(?:x\d+)*)$/.exec(spanText(inputSpan)) ?? [];
  if (size === "") return [];
  const text = writeSize(shape);
  const span = { ...inputSpan, start: inputSpan.end - size.length };
  return [
    { title: `write \`input ${text}\``, applicability: "suggested", edits: [{ span, text }] },
  ];
}
