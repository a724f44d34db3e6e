/** A scope of `let` values, which are evaluated at first use and so may be declared in any order. */
import type { Report } from "../diagnostics/outcome.ts";
import type { LetDeclaration } from "../syntax/ast.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";
import type { Value } from "./value.ts";

/** How deep expressions may depend on one another, in a value and in the values that it uses. */
const MAX_WAITING = 400;

/** A scope whose values are computed at first use, so that they may be declared in any order. */
export function letScope(lets: readonly LetDeclaration[], report: Report, parent?: Scope): Scope {
  if (lets.length === 0 && parent) return parent;
  const byName = new Map(lets.map((declaration) => [declaration.name.text, declaration]));
  const known = new Map<string, Value | "failed">();
  const open = new Set<string>();
  let isTooDeep = false;
  const scope: Scope = {
    lookup: (name, depth) => {
      const declaration = byName.get(name);
      if (!declaration) return parent?.lookup(name, depth);
      const value = known.get(name);
      if (value) return value;
      // Cycles were reported when the declaration was checked.
      if (open.has(name)) return "failed";
      if (depth > MAX_WAITING) {
        if (!isTooDeep) {
          report("type/values-too-deep", declaration.name.span, { limit: MAX_WAITING });
        }
        isTooDeep = true;
        return "failed";
      }
      open.add(name);
      const result = evaluate(declaration.value, scope, report, depth) ?? "failed";
      open.delete(name);
      known.set(name, result);
      return result;
    },
    bindsSize: (name) => !byName.has(name) && parent?.bindsSize(name) === true,
  };
  return scope;
}
