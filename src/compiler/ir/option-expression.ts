/** Expressions over network parameters that remain in generated code (`classes`, `2 * base`). */

export type OptionExpression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "parameter"; readonly name: string }
  | {
      readonly kind: "binary";
      readonly operator: "+" | "-" | "*" | "/" | "%";
      readonly left: OptionExpression;
      readonly right: OptionExpression;
    }
  | {
      readonly kind: "call";
      readonly function: "min" | "max" | "floor" | "ceil" | "round";
      readonly arguments: readonly OptionExpression[];
    };

/** The parameters that the expression reads. */
export function parametersIn(expression: OptionExpression): readonly string[] {
  switch (expression.kind) {
    case "number":
      return [];
    case "parameter":
      return [expression.name];
    case "binary":
      return [...parametersIn(expression.left), ...parametersIn(expression.right)];
    case "call":
      return expression.arguments.flatMap(parametersIn);
  }
}
