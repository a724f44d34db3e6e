/** A scope of `let` values, which are evaluated at first use and so may be declared in any order. */
import type { Report } from "../diagnostics/outcome.ts";
import type { Declaration } from "../names/resolution.ts";
import type { LetDeclaration } from "../syntax/ast.ts";
import { evaluate } from "./evaluate.ts";
import { declarationOf, type Scope } from "./scope.ts";
import type { Value } from "./value.ts";

/** How deep expressions may depend on one another, in a value and in the values that it uses. */
const MAX_WAITING = 400;

/** A scope whose values are computed at first use, so that they may be declared in any order. */
export function letScope(lets: readonly LetDeclaration[], report: Report, parent: Scope): Scope {
  if (lets.length === 0) return parent;
  const own = new Map(lets.map((one) => [declarationOf(parent.names, one.name), one]));
  const known = new Map<Declaration, Value | "failed">();
  const open = new Set<Declaration>();
  let isTooDeep = false;
  const scope: Scope = {
    ...parent,
    valueOf: (declaration, depth) => {
      const written = own.get(declaration);
      if (!written) return parent.valueOf(declaration, depth);
      const before = known.get(declaration);
      if (before) return before;
      // Cycles were reported when the declaration was checked.
      if (open.has(declaration)) return "failed";
      if (depth > MAX_WAITING) {
        if (!isTooDeep) {
          report("type/values-too-deep", declaration.name.span, { limit: MAX_WAITING });
        }
        isTooDeep = true;
        return "failed";
      }
      open.add(declaration);
      const result = evaluate(written.value, scope, report, depth) ?? "failed";
      open.delete(declaration);
      known.set(declaration, result);
      return result;
    },
  };
  return scope;
}
