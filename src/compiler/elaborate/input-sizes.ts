/** The sizes of a network's input by the names that it gives them: `input [H, W, C] = 224x224x3`. */
import type { Shape } from "../ir/dimension.ts";
import type { Declaration } from "../names/resolution.ts";
import type { NetworkDeclaration } from "../syntax/ast.ts";
import type { Scope } from "./scope.ts";
import { numberValue } from "./value.ts";

/** What a network's names of sizes stand for while it is elaborated. */
export interface InputSizes {
  /** Called when a height or width is read. */
  readonly onRead: () => void;
  /** Nothing before the input is known; channels and, where they are followed, height and width after that. */
  shape(): Shape | undefined;
}

/** The scope with the names of the input. */
export function withInputSizes(
  { inputs }: NetworkDeclaration,
  sizes: InputSizes,
  around: Scope,
): Scope {
  const names = inputs[0]?.names ?? [];
  if (names.length === 0) return around;
  const axes = new Map<Declaration, number>();
  for (const [axis, { span }] of names.entries()) {
    const declaration = around.names.declarationAt(span);
    if (declaration?.kind === "input-size") axes.set(declaration, axis);
  }
  return {
    ...around,
    valueOf: (declaration, depth) => {
      const axis = axes.get(declaration);
      if (axis === undefined) return around.valueOf(declaration, depth);
      const shape = sizes.shape();
      if (axis < names.length - 1) sizes.onRead();
      const size = shape?.length === names.length ? shape[axis] : undefined;
      return typeof size === "number" ? numberValue(size) : "failed";
    },
  };
}
