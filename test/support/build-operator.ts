/** Builds operator nodes and shaped nodes for tests without parsing a text. */
import { createSourceFile } from "../../src/compiler/core/source-file.ts";
import type { OperatorNode } from "../../src/compiler/ir/architecture.ts";
import type {
  Attributes,
  AttributeValue,
  BatchNorm,
  GroupNorm,
  LayerNorm,
} from "../../src/compiler/ir/attributes.ts";
import type { Shape } from "../../src/compiler/ir/dimension.ts";
import type { ShapedNode } from "../../src/compiler/ir/shaped.ts";
import { operatorNamed } from "../../src/compiler/ops/registry.ts";

export const NOWHERE = { file: createSourceFile("test.incept", ""), start: 0, end: 0 };

/** The language's own defaults for `norm=batch`. */
export const BATCH_NORM: BatchNorm = {
  kind: "batch",
  eps: 0.001,
  momentum: 0.99,
  gamma: true,
  beta: true,
};

/** The language's own defaults for `norm=layer`. */
export const LAYER_NORM: LayerNorm = { kind: "layer", eps: 1e-6, gamma: true, beta: true };

/** `norm=group` with four groups, and the language's own defaults beside. */
export const GROUP_NORM: GroupNorm = {
  kind: "group",
  groups: 4,
  eps: 1e-5,
  gamma: true,
  beta: true,
};

/** An operator with the language's defaults for what is not given. */
export function buildOperator(operator: string, given: Attributes = {}): OperatorNode {
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, definition] of Object.entries(operatorNamed(operator).attributes)) {
    const { type } = definition;
    const fallback =
      typeof definition.default === "function"
        ? definition.default({ ...given, ...attributes })
        : definition.default;
    const value = given[name] ?? (name in given ? null : fallback);
    if (value === undefined) throw new Error(`\`${operator}\` needs ${name}`);
    attributes[name] = type === "norm" && value === "batch" ? { ...BATCH_NORM } : value;
  }
  return {
    kind: "operator",
    name: operator,
    span: NOWHERE,
    operator,
    attributes,
    attributeSpans: {},
    options: {},
  };
}

/** The operator on an input; whatever its shape rule reports is an error of the test. */
export function shapeOperator(operator: string, given: Attributes, input: Shape): ShapedNode {
  const node = buildOperator(operator, given);
  const output = operatorNamed(operator).inferShape(node.attributes, input, (code) => {
    throw new Error(`${operator} reports ${code}`);
  });
  return { node, input, output, children: [] };
}
