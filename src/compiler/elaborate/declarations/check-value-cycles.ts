/** Reports values that are defined in terms of themselves, directly or through others. */
import { findCycles } from "../../core/find-cycles.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import type { Expression, LetDeclaration } from "../../syntax/ast.ts";

/** Reports each cycle among the values of one scope once, at the value that closes it. */
export function checkValueCycles(lets: readonly LetDeclaration[], report: Report): void {
  const byName = new Map(lets.map((declaration) => [declaration.name.text, declaration]));
  const cycles = findCycles(
    byName.values(),
    ({ value }) => namesIn(value),
    (_, name) => byName.get(name),
  );
  for (const { nodes, closing } of cycles) {
    const [first] = nodes;
    const cycle = [...nodes.map(({ name }) => name.text), closing];
    if (first) report("name/cyclic-value", first.name.span, { cycle });
  }
}

function* namesIn(expression: Expression): Generator<string, undefined> {
  switch (expression.kind) {
    case "number":
    case "size":
      break;
    case "name":
      yield expression.text;
      break;
    case "negate":
      yield* namesIn(expression.operand);
      break;
    case "binary":
      yield* namesIn(expression.left);
      yield* namesIn(expression.right);
      break;
    case "conditional":
      yield* namesIn(expression.condition);
      yield* namesIn(expression.whenTrue);
      yield* namesIn(expression.whenFalse);
      break;
    case "function":
      for (const argument of expression.arguments) yield* namesIn(argument);
      break;
    case "list":
      for (const element of expression.elements) yield* namesIn(element);
      break;
  }
}
