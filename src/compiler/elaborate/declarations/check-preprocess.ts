/** Checks the attribute names of `preprocess(…)`; values are evaluated later, when the input is known. */
import type { PreprocessDeclaration } from "../../syntax/ast.ts";
import { PREPROCESS_ATTRIBUTES } from "../preprocess.ts";
import { checkAttributes } from "./check-operator.ts";
import type { StaticPlace } from "./static-place.ts";

export function checkPreprocess({ attributes }: PreprocessDeclaration, place: StaticPlace): void {
  checkAttributes("preprocess", attributes, PREPROCESS_ATTRIBUTES, place);
}
