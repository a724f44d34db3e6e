/**
 * Lints a normalization right after a step that ends with one: `conv` has batch normalization by default, where Keras and
 * PyTorch have none.
 */
import { operatorNamed } from "../../ops/registry.ts";
import { neighboursIn } from "./neighbours.ts";
import type { LintRule } from "./rule.ts";

export const normTwice: LintRule = {
  code: "lint/norm-twice",
  check: (shaped, { report, uses }) => {
    for (const [before, { node }] of neighboursIn(shaped)) {
      if (node.kind !== "operator" || before.node.kind !== "operator") continue;
      const { norm } = before.node.attributes;
      if (operatorNamed(node.operator).norm === undefined || !norm) continue;
      const parameters = { norm: node.operator, step: before.node.operator };
      const related = [{ span: before.node.span, message: "this normalizes" }, ...uses];
      report("lint/norm-twice", node.span, parameters, { related });
    }
  },
};
