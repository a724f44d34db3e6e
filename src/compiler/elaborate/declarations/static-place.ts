/** Where something is written in a program: its file, and what names mean there. */
import type { Report } from "../../diagnostics/outcome.ts";
import type { BoundFile } from "../../names/bound-program.ts";
import type { Names } from "../../names/resolution.ts";

export interface StaticPlace {
  readonly file: BoundFile;
  readonly names: Names;
  readonly report: Report;
}

/**
 * Whether an import or a declaration should have provided the name and failed: that was reported, so its uses are not.
 */
export function isLost(name: string, { tree, modules, networks }: BoundFile): boolean {
  if (modules.has(name) || networks.has(name)) return false;
  if (tree.lostNames?.includes(name)) return true;
  return tree.imports.some(({ names }) => names.some(({ text }) => text === name));
}
