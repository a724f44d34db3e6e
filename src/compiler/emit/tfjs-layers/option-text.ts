/** Writes expressions over network parameters as TypeScript, with the parentheses that Biome would keep. */
import type { OptionExpression } from "../../ir/option-expression.ts";
import { numberLiteral } from "./literals.ts";

type Binary = Extract<OptionExpression, { kind: "binary" }>;

/** `identifierOf` gives the variable that holds a parameter. */
export function optionText(
  expression: OptionExpression,
  identifierOf: (parameter: string) => string,
): string {
  switch (expression.kind) {
    case "number":
      return numberLiteral(expression.value);
    case "parameter":
      return identifierOf(expression.name);
    case "call":
      return `Math.${expression.function}(${expression.arguments
        .map((argument) => optionText(argument, identifierOf))
        .join(", ")})`;
    case "binary": {
      const operand = (side: OptionExpression, isRight: boolean): string => {
        const text = optionText(side, identifierOf);
        return side.kind === "binary" && needsParentheses(expression, side, isRight)
          ? `(${text})`
          : text;
      };
      const { left, operator, right } = expression;
      return `${operand(left, false)} ${operator} ${operand(right, true)}`;
    }
  }
}

/** Beside what arithmetic needs: `%` and chains of `*` with `/` are set apart, as the formatter does. */
function needsParentheses(parent: Binary, child: Binary, isRight: boolean): boolean {
  if (isSum(parent) !== isSum(child)) return isSum(child) || child.operator === "%";
  if (isRight) return true;
  if (isSum(parent)) return false;
  return parent.operator !== child.operator || child.operator === "%";
}

function isSum({ operator }: Binary): boolean {
  return operator === "+" || operator === "-";
}
