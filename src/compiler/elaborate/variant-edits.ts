/** Collects what a variant's edits change: widths, substituted modules, and the sites of structural edits. */
import { suggest } from "../core/suggest.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { BoundModule } from "../names/bound-program.ts";
import { convertValue } from "./convert-value.ts";
import { type EditPlan, type EditSurroundings, NO_EDITS, withEdit } from "./edit-plan.ts";
import type { Facts } from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { pathsOf, siteAt } from "./named-part.ts";
import type { NetworkSource } from "./network-source.ts";
import type { WidthEdit } from "./resolve-operator.ts";
import type { Scope } from "./scope.ts";

export interface Widths {
  /** The width edits at or after an index of the edit list. */
  readonly from: (index: number) => readonly WidthEdit[];
}

export function collectWidths(
  source: NetworkSource,
  scope: Scope,
  staticParameters: Set<string>,
  report: Report,
): Widths {
  const widths: { readonly index: number; readonly width: WidthEdit }[] = [];
  source.edits.forEach(({ edit }, index) => {
    if (edit.kind !== "width") return;
    const value = evaluate(edit.factor, scope, report);
    if (!value) return;
    for (const parameter of value.dependsOn) staticParameters.add(parameter);
    const definition = { type: "float", doc: "", min: 0.001, max: 1000 } as const;
    const factor = convertValue(
      definition,
      value,
      "the factor of `width`",
      edit.factor.span,
      report,
    );
    const multiple = edit.round ?? 8;
    if (multiple < 1) {
      report("type/out-of-range", edit.span, {
        what: "`round`",
        range: "at least 1",
        found: multiple,
      });
    } else if (typeof factor === "number") widths.push({ index, width: { factor, multiple } });
  });
  return {
    from: (start) => widths.filter(({ index }) => index >= start).map(({ width }) => width),
  };
}

export function collectSubstitutions(source: NetworkSource): ReadonlyMap<BoundModule, BoundModule> {
  const substitutions = new Map<BoundModule, BoundModule>();
  for (const { edit, file } of source.edits) {
    if (edit.kind !== "use") continue;
    const replaced =
      file.modules.get(edit.replaced.text) ?? source.file.modules.get(edit.replaced.text);
    const replacement = file.modules.get(edit.replacement.text);
    if (!replaced || !replacement) continue;
    // Replaces both the module itself and anything already substituted for it.
    for (const [original, current] of substitutions) {
      if (current === replaced) substitutions.set(original, replacement);
    }
    substitutions.set(replaced, replacement);
  }
  return substitutions;
}

/** Steps that are looked at, for all edits together, for each layer that a network may have at most. */
const STEPS_PER_LAYER = 5;

/** A search takes this much however small the network is, in steps. */
const STEPS_PER_SEARCH = 100;

/** Finds the site of each structural edit in the network as the edits before it leave it, which `elaborate` gives. */
export function planEdits(
  source: NetworkSource,
  widths: Widths,
  mostLayers: number,
  report: Report,
  elaborate: (plan: EditPlan) => Facts,
): EditPlan {
  let plan = NO_EDITS;
  let steps = 0;
  const limit = STEPS_PER_LAYER * mostLayers;
  for (const [index, { edit, file }] of source.edits.entries()) {
    if (edit.kind !== "replace" && edit.kind !== "insert" && edit.kind !== "remove") continue;
    if (steps > limit) {
      report("type/too-many-edits", edit.span, { limit, layers: mostLayers });
      break;
    }
    const path = edit.path.text;
    const { named, extent } = elaborate(plan);
    const cost = extent.steps + STEPS_PER_SEARCH;
    steps += cost;
    const site = siteAt(named, path);
    if (site === undefined) {
      // Every path is looked at.
      steps += cost;
      report("name/unknown-path", edit.path.span, {
        path,
        network: source.base ?? source.name,
        near: suggest(path, pathsOf(named)),
      });
      continue;
    }
    const surroundings: EditSurroundings = { file, widths: widths.from(index + 1) };
    plan = withEdit(plan, site, edit, surroundings);
  }
  return plan;
}
