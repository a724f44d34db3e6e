/** The names that are in scope at a place before any of them has a value. */
import type { Report } from "../../diagnostics/outcome.ts";
import type { BoundFile } from "../../names/bound-program.ts";

/** Where something is written. */
export interface StaticPlace {
  readonly file: BoundFile;
  /** Parameters and values that may be read. */
  readonly names: ReadonlySet<string>;
  /**
   * Whether `trunk` may mean something: in a residual's body, and in every module, since a module sees the trunk of the
   * residual that it is used in.
   */
  readonly hasTrunk: boolean;
  readonly report: Report;
}

/** The place with more names. */
export function withNames(place: StaticPlace, names: readonly string[]): StaticPlace {
  if (names.length === 0) return place;
  return { ...place, names: new Set([...place.names, ...names]) };
}

/**
 * Whether an import or a declaration should have provided the name and failed: that was reported, so its uses are not.
 */
export function isLost(name: string, { tree, modules, networks }: BoundFile): boolean {
  if (modules.has(name) || networks.has(name)) return false;
  if (tree.lostNames?.includes(name)) return true;
  return tree.imports.some(({ names }) => names.some(({ text }) => text === name));
}
