/** The values of names where an expression stands. Which declaration a name means is in the program's table of names. */
import { assert } from "../core/assert.ts";
import type { Dimension } from "../ir/dimension.ts";
import type { Declaration, Names } from "../names/resolution.ts";
import type { Identifier } from "../syntax/ast.ts";
import type { Value } from "./value.ts";

/** `"failed"`: the name is known, but its value has an error that was already reported. */
export type LookupResult = Value | "failed" | undefined;

export interface Scope {
  readonly names: Names;
  /** Channels of the residual around, which `trunk` means; nothing outside of one. */
  readonly trunk: Dimension | undefined;
  /** `depth` counts the expressions that depend on the value. */
  valueOf(declaration: Declaration, depth: number): LookupResult;
}

/** Without any value. */
export function emptyScope(names: Names): Scope {
  return { names, trunk: undefined, valueOf: () => undefined };
}

/** The scope with the values of more declarations. */
export function withValues(scope: Scope, values: ReadonlyMap<Declaration, Value>): Scope {
  return {
    ...scope,
    valueOf: (declaration, depth) => values.get(declaration) ?? scope.valueOf(declaration, depth),
  };
}

/** What is declared by a name that stands in the program. */
export function declarationOf(names: Names, { text, span }: Identifier): Declaration {
  const declaration = names.declarationAt(span);
  assert(declaration !== undefined, `\`${text}\` is in the table of names`);
  return declaration;
}
