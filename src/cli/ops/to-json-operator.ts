/** Converts an operator to JSON; its rules are code and are left out. */
import type { OperatorDefinition } from "../../compiler/index.ts";

/** Everything of an operator that can be written down. A default that depends on other attributes is `{"depends": true}`. */
export function toJsonOperator(operator: OperatorDefinition): object {
  const { name, family, doc, operands, attributes, flags } = operator;
  return {
    name,
    family,
    doc,
    operands,
    attributes: Object.entries(attributes)
      .filter(([, { derived }]) => derived !== true)
      .map(([attribute, definition]) => ({
        name: attribute,
        ...definition,
        ...(typeof definition.default === "function" ? { default: { depends: true } } : {}),
      })),
    flags,
  };
}
