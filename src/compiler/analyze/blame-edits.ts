/** Moves a variant's findings to the edit that causes them, with the inherited place as a related place. */
import { compareSpans, type Span, spanText } from "../core/span.ts";
import { createDiagnostic, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { writeInstead } from "../diagnostics/replacement.ts";
import type { NetworkSource, PlacedEdit } from "../elaborate/network-source.ts";
import type { Edit } from "../syntax/ast.ts";

/**
 * Edits that change sizes on purpose. The shapes stated in the base are for different sizes, so these edits cause a
 * warning where a structural edit would be an error.
 */
const RESIZING: ReadonlySet<Edit["kind"]> = new Set(["width", "input", "set"]);

/** The message of the related place that was the finding's own place before it was moved to an edit. */
export const INHERITED = "in the inherited part, here";

const CLAIMS: ReadonlySet<Diagnostic["code"]> = new Set([
  "shape/assertion-mismatch",
  "shape/signature-mismatch",
  "shape/broken-claim",
  "shape/outdated-claim",
]);

/** Whether a finding contradicts a stated shape, as opposed to something that does not fit. */
export function isClaim(code: Diagnostic["code"]): boolean {
  return CLAIMS.has(code);
}

/** Every number of edits that is tried costs analyzing the network again; findings past this stay where they are. */
const MAX_TRIED = 30;

/**
 * `findingsWith` gives what is found in the same network with the first edits alone. The cause is an edit with which a
 * finding appears and without which it does not; it is found by binary search.
 */
export function blameEdits(
  { edits, declaration: { parameters } }: Pick<NetworkSource, "edits" | "declaration">,
  found: readonly Diagnostic[],
  findingsWith: (edits: readonly PlacedEdit[]) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const isOwn = ({ span }: Diagnostic): boolean =>
    edits.some(({ edit }) => contains(edit.span, span));
  if (found.every(isOwn)) return found;
  const known = new Map<number, ReadonlySet<string>>();
  const isFoundWith = (count: number, diagnostic: Diagnostic): boolean => {
    const keys = known.get(count) ?? new Set(findingsWith(edits.slice(0, count)).map(keyOf));
    known.set(count, keys);
    return keys.has(keyOf(diagnostic));
  };
  const culpritOf = (diagnostic: Diagnostic): PlacedEdit | undefined => {
    // A finding that appears without any edit is the base's own and is reported with the base.
    if (known.size > MAX_TRIED || isFoundWith(0, diagnostic)) return undefined;
    let without = 0;
    let withIt = edits.length;
    while (withIt - without > 1) {
      const middle = (without + withIt) >> 1;
      if (isFoundWith(middle, diagnostic)) withIt = middle;
      else without = middle;
    }
    return edits[without];
  };
  const claims = new Map<PlacedEdit, Diagnostic[]>();
  const result: Diagnostic[] = [];
  for (const diagnostic of found) {
    const culprit = isOwn(diagnostic) ? undefined : culpritOf(diagnostic);
    if (!culprit) result.push(diagnostic);
    else if (isClaim(diagnostic.code)) {
      claims.set(culprit, [...(claims.get(culprit) ?? []), diagnostic]);
    } else result.push(atEdit(diagnostic, culprit.edit));
  }
  const names = parameters.map(({ name }) => name.text);
  for (const [{ edit }, untrue] of claims) result.push(untrueClaims(edit, untrue, names));
  return result;
}

function keyOf({ code, span }: Diagnostic): string {
  return `${code}|${span.file.path}|${span.start}|${span.end}`;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

function atEdit(diagnostic: Diagnostic, edit: Edit): Diagnostic {
  const inherited = { span: diagnostic.span, message: INHERITED };
  return { ...diagnostic, span: edit.span, related: [inherited, ...diagnostic.related], fixes: [] };
}

function untrueClaims(
  edit: Edit,
  claims: readonly Diagnostic[],
  parameters: readonly string[],
): Diagnostic {
  const inOrder = [...claims].sort((a, b) => compareSpans(a.span, b.span));
  const related = inOrder.map(({ span, message }) => ({ span, message }));
  const code = RESIZING.has(edit.kind) ? "shape/outdated-claim" : "shape/broken-claim";
  const named = { edit: oneLine(spanText(edit.span)), count: claims.length };
  return createDiagnostic(code, edit.span, named, {
    related,
    ...adviceOnReplacement(edit, inOrder, parameters),
  });
}

/** A replaced part may have another shape; where only the length of a vector is another, a parameter says it better. */
function adviceOnReplacement(
  edit: Edit,
  claims: readonly Diagnostic[],
  parameters: readonly string[],
): Pick<Diagnostic, "help" | "fixes"> | undefined {
  if (edit.kind !== "replace" || edit.statement.assertion) return undefined;
  const part = edit.path.text;
  const last = edit.statement.steps.at(-1);
  const units =
    last?.kind === "operator" && last.operands.length === 1 ? last.operands[0] : undefined;
  const length = units?.kind === "number" ? spanText(units.span) : undefined;
  const restated = `${oneLine(spanText(edit.span))} => ${length ?? "…"}`;
  const help = `if the shape is that of \`${part}\` itself, state the new one: \`${restated}\``;
  const [only, more] = claims;
  const [, parameter = ""] = /^\[?\s*([a-z]\w*)\s*\]?$/.exec(only ? spanText(only.span) : "") ?? [];
  if (more || length === undefined || !parameters.includes(parameter)) return { help, fixes: [] };
  const setting = `set ${parameter} = ${length}`;
  return {
    help: `if only \`${parameter}\` is another number, write \`${setting}\` instead; ${help}`,
    fixes: [writeInstead(edit.span, setting, "suggested")],
  };
}

function oneLine(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length < text.length ? `${line} …` : line;
}
