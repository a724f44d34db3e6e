/** Reports values that are defined in terms of themselves, directly or through others. */
import { findCycles } from "../../core/find-cycles.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import type { Names } from "../../names/resolution.ts";
import type { LetDeclaration } from "../../syntax/ast.ts";
import { namesReadIn } from "../../syntax/children-of.ts";

/** Reports each cycle among the values of one scope once, at the value that closes it. */
export function checkValueCycles(
  lets: readonly LetDeclaration[],
  names: Names,
  report: Report,
): void {
  const known = new Map(lets.map((one) => [names.declarationAt(one.name.span), one]));
  const cycles = findCycles(
    lets,
    ({ value }) => namesReadIn(value),
    (_, { span }) => known.get(names.declarationAt(span)),
  );
  for (const { nodes, closing } of cycles) {
    const [first] = nodes;
    const cycle = [...nodes.map(({ name }) => name.text), closing.text];
    if (first) report("name/cyclic-value", first.name.span, { cycle });
  }
}
