/** Reports values that are defined in terms of themselves, directly or through others. */
import { findCycles } from "../../core/find-cycles.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import type { LetDeclaration } from "../../syntax/ast.ts";
import { namesReadIn } from "../../syntax/children-of.ts";

/** Reports each cycle among the values of one scope once, at the value that closes it. */
export function checkValueCycles(lets: readonly LetDeclaration[], report: Report): void {
  const byName = new Map(lets.map((declaration) => [declaration.name.text, declaration]));
  const cycles = findCycles(
    byName.values(),
    ({ value }) => [...namesReadIn(value)].map(({ text }) => text),
    (_, name) => byName.get(name),
  );
  for (const { nodes, closing } of cycles) {
    const [first] = nodes;
    const cycle = [...nodes.map(({ name }) => name.text), closing];
    if (first) report("name/cyclic-value", first.name.span, { cycle });
  }
}
