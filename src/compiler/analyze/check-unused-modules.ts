/** Checks modules that no network of the program uses, so that a file of modules is checked like any other. */
import { inferModule } from "../check/infer-shapes.ts";
import type { Span } from "../core/span.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticCollector, type Outcome } from "../diagnostics/outcome.ts";
import { elaborateModule } from "../elaborate/elaborate-module.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { visitOnce } from "../ir/visit-once.ts";
import type { AnalyzedNetwork } from "./analyze-network.ts";
import type { Program } from "./declare.ts";

const LIMIT_CODES: ReadonlySet<Diagnostic["code"]> = new Set([
  "type/too-deep",
  "type/too-many-layers",
]);

/** Gives the modules with symbols for sizes. Modules of the main file alone; whoever imports a module checks it by using it. */
export function checkUnusedModules(
  { bound, facts, options, shapes }: Program,
  networks: readonly AnalyzedNetwork[],
): Outcome<readonly ShapedNode[]> {
  const { report, add, diagnostics } = createDiagnosticCollector();
  const used = new Set<Span>();
  const lone: ShapedNode[] = [];
  for (const { root } of networks) if (root) collectModules(root, used);
  for (const declaration of bound.main.tree.modules) {
    const module = bound.main.modules.get(declaration.name.text);
    const isLone = module?.declaration === declaration && !used.has(declaration.name.span);
    if (!module || !isLone || options.isBroken(module)) continue;
    const elaborated = elaborateModule(module, facts, options);
    add(elaborated.diagnostics);
    // The modules inside one that is too large are too large for the same reason, or were entered with it.
    if (elaborated.diagnostics.some(({ code }) => LIMIT_CODES.has(code))) break;
    if (!elaborated.value) continue;
    const { instance, input } = elaborated.value;
    const root = inferModule(instance, input, report, shapes);
    collectModules(root, used);
    lone.push(root);
  }
  return { value: lone, diagnostics };
}

function collectModules(root: ShapedNode, into: Set<Span>): void {
  visitOnce(root, ({ node }) => {
    if (node.kind === "call") into.add(node.instance.module.span);
  });
}
