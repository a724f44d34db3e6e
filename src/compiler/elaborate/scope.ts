/** Looks up the values of names in nested scopes, innermost first. */
import type { Value } from "./value.ts";

/** `"failed"`: the name is known, but its value has an error that was already reported. */
export type LookupResult = Value | "failed" | undefined;

export interface Scope {
  /** `depth` counts the expressions that depend on the name's value. */
  lookup(name: string, depth: number): LookupResult;
  /** Whether the name is that of a size in a signature: in a shape it binds, and elsewhere it is the size. */
  bindsSize(name: string): boolean;
}

/** A scope with given values, inside another. */
export function valueScope(values: ReadonlyMap<string, Value | "failed">, parent?: Scope): Scope {
  return {
    lookup: (name, depth) => values.get(name) ?? parent?.lookup(name, depth),
    bindsSize: (name) => !values.has(name) && parent?.bindsSize(name) === true,
  };
}
