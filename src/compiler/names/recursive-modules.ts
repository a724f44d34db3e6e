/** Finds modules that contain themselves, directly or through others. */
import { findCycles } from "../core/find-cycles.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { Block, CallStep, ModuleDeclaration } from "../syntax/ast.ts";
import { stepsIn } from "../syntax/children-of.ts";
import type { BoundFile, BoundModule } from "./bound-program.ts";

/** Reports each cycle of module calls once, at the call that closes it, and gives the modules on cycles. */
export function findRecursiveModules(
  files: readonly BoundFile[],
  report: Report,
): ReadonlySet<ModuleDeclaration> {
  const recursive = new Set<ModuleDeclaration>();
  const cycles = findCycles(
    files.flatMap((file) => [...file.modules.values()]),
    (module: BoundModule) => callsIn(module.declaration.body),
    (module, call) => module.file.modules.get(call.module.text),
  );
  for (const { nodes, closing } of cycles) {
    const modules = nodes.map(({ declaration }) => declaration);
    for (const module of modules) recursive.add(module);
    const names = modules.map(({ name }) => name.text);
    report("name/recursive-module", closing.module.span, {
      cycle: [...names, ...names.slice(0, 1)],
    });
  }
  return recursive;
}

function* callsIn({ statements }: Block): Generator<CallStep, undefined> {
  for (const step of stepsIn(statements)) if (step.kind === "call") yield step;
}
