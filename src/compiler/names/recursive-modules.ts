/** Finds modules that contain themselves, directly or through others. */
import { findCycles } from "../core/find-cycles.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { Block, CallStep, ModuleDeclaration, Statement, Step } from "../syntax/ast.ts";
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

function* callsIn(block: Block): Generator<CallStep, undefined> {
  for (const statement of block.statements) yield* callsInStatement(statement);
}

function* callsInStatement(statement: Statement): Generator<CallStep, undefined> {
  for (const step of statement.steps) yield* callsInStep(step);
}

function* callsInStep(step: Step): Generator<CallStep, undefined> {
  switch (step.kind) {
    case "call":
      yield step;
      break;
    case "join":
      for (const branch of step.branches) {
        for (const statement of branch.statements) yield* callsInStatement(statement);
      }
      break;
    case "residual":
      yield* callsIn(step.body);
      if (step.shortcut) yield* callsIn(step.shortcut);
      break;
    case "scale_by":
    case "aux":
      yield* callsIn(step.body);
      break;
    case "block":
      yield* callsIn(step.block);
      break;
    case "repeat":
      yield* callsInStep(step.step);
      break;
  }
}
