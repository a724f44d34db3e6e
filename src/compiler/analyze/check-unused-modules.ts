/** Owns checking modules that no network of the program uses: a file of modules is checked like any other. */
import { inferModule } from "../check/infer-shapes.ts";
import type { Span } from "../core/span.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticCollector } from "../diagnostics/outcome.ts";
import { elaborateModule } from "../elaborate/elaborate-module.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import type { AnalyzedNetwork } from "./analyze-network.ts";
import type { Program } from "./open-program.ts";

const LIMIT_CODES: ReadonlySet<Diagnostic["code"]> = new Set([
  "type/too-deep",
  "type/too-many-layers",
]);

/** Modules of the main file alone; whoever imports a module checks it by using it. */
export function checkUnusedModules(
  { bound, facts, options }: Program,
  networks: readonly AnalyzedNetwork[],
): readonly Diagnostic[] {
  const { report, add, diagnostics } = createDiagnosticCollector();
  const used = new Set<Span>();
  for (const { root } of networks) if (root) collectModules(root, used);
  for (const declaration of bound.main.tree.modules) {
    const module = bound.main.modules.get(declaration.name.text);
    const isLone = module?.declaration === declaration && !used.has(declaration.name.span);
    if (!module || !isLone || options.isBroken(module)) continue;
    const lone = elaborateModule(module, facts, options);
    add(lone.diagnostics);
    // The modules inside one that is too large are too large for the same reason, or were entered with it.
    if (lone.diagnostics.some(({ code }) => LIMIT_CODES.has(code))) break;
    if (!lone.value) continue;
    collectModules(inferModule(lone.value.instance, lone.value.input, report), used);
  }
  return diagnostics;
}

function collectModules(root: ShapedNode, into: Set<Span>): void {
  const seen = new Set<ShapedNode>();
  const visit = (shaped: ShapedNode): void => {
    if (seen.has(shaped)) return;
    seen.add(shaped);
    if (shaped.node.kind === "call") into.add(shaped.node.instance.module.span);
    shaped.children.forEach(visit);
  };
  visit(root);
}
