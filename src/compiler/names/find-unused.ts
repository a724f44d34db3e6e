/** Reports imports, modules, parameters and values that nothing reads; networks are always considered used. */

import type { Report } from "../diagnostics/outcome.ts";
import { removeItem, removeLine } from "../diagnostics/removal.ts";
import type { Identifier } from "../syntax/ast.ts";
import type { BoundFile, BoundNetwork, BoundProgram } from "./bound-program.ts";
import { findReads, type Reads } from "./find-reads.ts";

/** Every declaration of a program without errors that nothing reads. */
export function findUnused({ main, files }: BoundProgram, report: Report): void {
  const reads = new Map(
    files.map((file) => [file, findReads(file.tree, (base) => namesBelow(base, file))]),
  );
  const values = new Set([...reads.values()].flatMap((one) => [...one.values]));
  for (const [file, own] of reads) {
    reportImports(file, own, report);
    reportValues(own, values, report);
    reportParameters(file, values, report);
  }
  reportModules(main, reads, report);
}

/** Parameters and values of the network at the bottom of a chain of variants. */
function namesBelow(base: Identifier, file: BoundFile): readonly Identifier[] {
  const seen = new Set<BoundNetwork>();
  let current = file.networks.get(base.text);
  while (current && !seen.has(current)) {
    seen.add(current);
    const { declaration, file: around }: BoundNetwork = current;
    if (declaration.kind === "network") {
      return [...declaration.parameters, ...declaration.body.lets].map(({ name }) => name);
    }
    current = around.networks.get(declaration.base.text);
  }
  return [];
}

function reportImports({ tree }: BoundFile, { blocks }: Reads, report: Report): void {
  for (const declaration of tree.imports) {
    for (const name of declaration.names) {
      if (blocks.has(name.text)) continue;
      const title = `remove \`${name.text}\` from the import`;
      const isOnly = declaration.names.length === 1;
      const fixes = [isOnly ? removeLine(declaration.span, title) : removeItem(name.span, title)];
      report("lint/unused-import", name.span, { name: name.text }, { fixes });
    }
  }
}

function reportValues({ lets }: Reads, read: ReadonlySet<Identifier>, report: Report): void {
  for (const { name, span } of lets) {
    if (read.has(name)) continue;
    report("lint/unused-value", name.span, { name: name.text }, { fixes: [removeLine(span)] });
  }
}

function reportParameters(
  { tree }: BoundFile,
  read: ReadonlySet<Identifier>,
  report: Report,
): void {
  for (const { name: owner, parameters } of [...tree.modules, ...tree.networks]) {
    for (const { name } of parameters) {
      if (read.has(name)) continue;
      report("lint/unused-parameter", name.span, { name: name.text, owner: owner.text });
    }
  }
}

/** Modules of the main file, if it has networks: a file of modules only is meant to be imported. */
function reportModules(
  main: BoundFile,
  reads: ReadonlyMap<BoundFile, Reads>,
  report: Report,
): void {
  const { modules, networks, variants } = main.tree;
  if (networks.length + variants.length === 0) return;
  for (const { name } of modules) {
    const module = main.modules.get(name.text);
    const isRead = [...reads].some(
      ([file, { blocks }]) => blocks.has(name.text) && file.modules.get(name.text) === module,
    );
    if (!isRead) report("lint/unused-module", name.span, { name: name.text });
  }
}
