/** Owns the check of declarations before anything is elaborated: which of them have errors of their own. */
import { createDiagnosticCollector, type Outcome } from "../diagnostics/outcome.ts";
import type { BoundProgram } from "../names/bound-program.ts";
import type { ModuleDeclaration, NetworkDeclaration, VariantDeclaration } from "../syntax/ast.ts";

type Declaration = ModuleDeclaration | NetworkDeclaration | VariantDeclaration;

export interface CheckedDeclarations {
  /** Declarations with errors of their own; later phases leave them alone. */
  readonly broken: ReadonlySet<Declaration>;
}

export function checkDeclarations(program: BoundProgram): Outcome<CheckedDeclarations> {
  const { diagnostics } = createDiagnosticCollector();
  const broken = new Set<Declaration>(program.recursiveModules);
  for (const { tree } of program.files) {
    for (const declaration of [...tree.modules, ...tree.networks, ...tree.variants]) {
      if (declaration.isBroken) broken.add(declaration);
    }
  }
  return { value: { broken }, diagnostics };
}
