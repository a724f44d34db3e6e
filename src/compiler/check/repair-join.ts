/** Repairs a join whose branches differ by changing the minority to the shape that most branches have. */
import type { QuickFix } from "../diagnostics/diagnostic.ts";
import type { JoinNode } from "../ir/architecture.ts";
import { compareShapes, type Shape } from "../ir/dimension.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { repairFilters } from "./repair-residual.ts";
import { repairWindows } from "./repair-windows.ts";

/** One fix for all branches that differ, or none: a join that is fixed only in part is still wrong. */
export function repairJoin(
  kind: JoinNode["kind"],
  branches: readonly ShapedNode[],
): readonly QuickFix[] {
  // Channels may differ where they are stacked.
  const relevant = ({ output }: ShapedNode): Shape =>
    kind === "sum" ? output : output.slice(0, -1);
  const shapes = branches.map(relevant);
  const wanted = mostFrequent(shapes);
  const odd = branches.filter((branch) => compareShapes(relevant(branch), wanted) === "different");
  const fixes = odd.map((branch) => {
    const sizes = compareShapes(branch.output.slice(0, -1), wanted.slice(0, 2));
    return kind === "sum" && sizes !== "different"
      ? repairFilters(branch, wanted.at(-1) ?? "")
      : repairWindows(branch, [...wanted.slice(0, 2), ""]);
  });
  const [first] = fixes;
  if (!first || fixes.some((fix) => fix === undefined)) return [];
  const edits = fixes.flatMap((fix) => fix?.edits ?? []);
  const title = fixes.length === 1 ? first.title : "make the branches give the same size";
  return [{ title, applicability: "suggested", edits }];
}

/** The shape that most have; of several, the first. */
function mostFrequent(shapes: readonly Shape[]): Shape {
  const votes = new Map<string, number>();
  for (const shape of shapes) votes.set(shape.join(), (votes.get(shape.join()) ?? 0) + 1);
  const most = Math.max(...votes.values());
  return shapes.find((shape) => votes.get(shape.join()) === most) ?? [];
}
