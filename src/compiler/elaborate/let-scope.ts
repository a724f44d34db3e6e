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
  const open: string[] = [];
  const scope: Scope = {
    lookup: (name) => {
      const declaration = byName.get(name);
      if (!declaration) return parent?.lookup(name);
      const value = known.get(name);
      if (value) return value;
      const start = open.indexOf(name);
      if (start >= 0) {
        report("name/cyclic-value", declaration.name.span, { cycle: [...open.slice(start), name] });
        known.set(name, "failed");
        return "failed";
      }
      if (open.length >= MAX_CHAIN) {
        report("type/values-too-deep", declaration.name.span, { limit: MAX_CHAIN });
        known.set(name, "failed");
        return "failed";
      }
      open.push(name);
      const result = evaluate(declaration.value, scope, report) ?? "failed";
      open.pop();
      known.set(name, known.get(name) ?? result);
      return known.get(name);
    },
  };
  return scope;
}
