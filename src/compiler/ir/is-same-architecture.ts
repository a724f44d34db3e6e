/** Compares two architectures structurally, ignoring source places. */
import type { Architecture } from "./architecture.ts";

/** Places are not compared; everything else is. Parts that are shared are compared once. */
export function isSameArchitecture(a: Architecture, b: Architecture): boolean {
  return createComparison()(a, b);
}

function createComparison(): (a: unknown, b: unknown) => boolean {
  const same = new Map<object, Set<object>>();
  const compare = (a: unknown, b: unknown): boolean => {
    if (a === b) return true;
    if (!isObject(a) || !isObject(b)) return false;
    if (same.get(a)?.has(b)) return true;
    const keys = keysOf(a);
    const isEqual =
      keys.length === keysOf(b).length &&
      keys.every((key) => compare(Reflect.get(a, key), Reflect.get(b, key)));
    if (isEqual) same.set(a, (same.get(a) ?? new Set()).add(b));
    return isEqual;
  };
  return compare;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** `span`, `kernelSpan`, `attributeSpans` … say where, not what. */
function keysOf(value: object): readonly string[] {
  return Object.keys(value).filter((key) => !/[sS]pans?$/.test(key));
}
