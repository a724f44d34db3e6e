/** Finds edits of a variant without effect by elaborating the network without each of them. */
import { spanText } from "../core/span.ts";
import type { Report } from "../diagnostics/outcome.ts";
import { removeLine } from "../diagnostics/removal.ts";
import type { ElaborateOptions, FileFacts } from "../elaborate/create-elaboration.ts";
import { elaborateNetwork } from "../elaborate/elaborate-network.ts";
import type { NetworkSource } from "../elaborate/network-source.ts";
import type { Architecture } from "../ir/architecture.ts";
import { isSameArchitecture } from "../ir/is-same-architecture.ts";
import type { Edit, VariantDeclaration } from "../syntax/ast.ts";

/** Every edit that is checked costs elaborating the network again, with a search for each path that an edit names. */
const MAX_EDITS = 20;

/** `architecture` is what `source` gives with all its edits; only the variant's own are checked. */
export function checkIdleEdits(
  { edits: own }: VariantDeclaration,
  source: NetworkSource,
  architecture: Architecture,
  facts: FileFacts,
  options: ElaborateOptions,
  report: Report,
): void {
  if (source.edits.length > MAX_EDITS) return;
  for (const edit of own) {
    const reason = reasonOf(edit);
    if (reason === undefined) continue;
    const edits = source.edits.filter((placed) => placed.edit !== edit);
    const without = elaborateNetwork({ ...source, edits }, facts, options);
    // An edit that later edits depend on is not idle.
    if (!without.value || without.diagnostics.length > 0) continue;
    if (!isSameArchitecture(without.value, architecture)) continue;
    const [line = ""] = spanText(edit.span).split("\n");
    const parameters = { edit: line, variant: source.name, reason };
    report("lint/edit-without-effect", edit.span, parameters, {
      fixes: [removeLine(edit.span, "suggested")],
    });
  }
}

/**
 * Why an edit of this kind may be idle. Absent for edits at one path, which must exist, and for those that may restate
 * a current value for the reader.
 */
function reasonOf(edit: Edit): string | undefined {
  switch (edit.kind) {
    case "use":
      return `it has no \`${edit.replaced.text}\``;
    case "width":
      return "it has no filters to scale, or rounding undoes the change";
    case "defaults":
      return "no layer takes these defaults, or they already apply";
    default:
      return undefined;
  }
}
