/** Owns finding modules that contain themselves, directly or through others. */
import type { Report } from "../diagnostics/outcome.ts";
import type { Block, CallStep, ModuleDeclaration, Statement, Step } from "../syntax/ast.ts";
import type { BoundFile, BoundModule } from "./bound-program.ts";

/** Reports each cycle of module calls once, at the call that closes it, and gives the modules on cycles. */
export function findRecursiveModules(
  files: readonly BoundFile[],
  report: Report,
): ReadonlySet<ModuleDeclaration> {
  const recursive = new Set<ModuleDeclaration>();
  const finished = new Set<ModuleDeclaration>();
  for (const file of files) {
    for (const start of file.modules.values()) visitFrom(start, finished, recursive, report);
  }
  return recursive;
}

interface Frame {
  readonly module: BoundModule;
  readonly calls: Iterator<CallStep>;
}

/** Depth first with a stack of its own: chains of modules may be longer than the engine's stack. */
function visitFrom(
  start: BoundModule,
  finished: Set<ModuleDeclaration>,
  recursive: Set<ModuleDeclaration>,
  report: Report,
): void {
  if (finished.has(start.declaration)) return;
  const stack: Frame[] = [];
  const open = new Map<ModuleDeclaration, number>();
  const push = (module: BoundModule): void => {
    open.set(module.declaration, stack.length);
    stack.push({ module, calls: callsIn(module.declaration.body) });
  };
  push(start);
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const next = frame.calls.next();
    if (next.done) {
      stack.pop();
      open.delete(frame.module.declaration);
      finished.add(frame.module.declaration);
      continue;
    }
    const callee = frame.module.file.modules.get(next.value.module.text);
    if (!callee || finished.has(callee.declaration)) continue;
    const depth = open.get(callee.declaration);
    if (depth === undefined) {
      push(callee);
      continue;
    }
    const cycle = stack.slice(depth).map(({ module }) => module.declaration);
    for (const module of cycle) recursive.add(module);
    report("name/recursive-module", next.value.module.span, {
      cycle: [...cycle.map((module) => module.name.text), callee.declaration.name.text],
    });
  }
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
