/** Owns what the names of `let` declarations mean: their values, computed when first asked for. */
import type { Report } from "../diagnostics/outcome.ts";
import type { LetDeclaration } from "../syntax/ast.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";
import type { Value } from "./value.ts";

/** Values that may wait for one another before one has a number of its own. */
const MAX_CHAIN = 200;

/** A scope whose values are computed when first asked for, so that their order is free. */
export function letScope(lets: readonly LetDeclaration[], report: Report, parent?: Scope): Scope {
  if (lets.length === 0 && parent) return parent;
  const byName = new Map(lets.map((declaration) => [declaration.name.text, declaration]));
  const known = new Map<string, Value | "failed">();
  const open = new Set<string>();
  let isTooDeep = false;
  const scope: Scope = {
    lookup: (name) => {
      const declaration = byName.get(name);
      if (!declaration) return parent?.lookup(name);
      const value = known.get(name);
      if (value) return value;
      // Circles were reported when the declaration was checked.
      if (open.has(name)) return "failed";
      if (open.size >= MAX_CHAIN) {
        if (!isTooDeep) {
          report("type/values-too-deep", declaration.name.span, { limit: MAX_CHAIN });
        }
        isTooDeep = true;
        return "failed";
      }
      open.add(name);
      const result = evaluate(declaration.value, scope, report) ?? "failed";
      open.delete(name);
      known.set(name, result);
      return result;
    },
  };
  return scope;
}
