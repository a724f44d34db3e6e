/** Formats a file canonically: indentation, spaces, columns and blank lines change, line breaks and comments do not. */
import { readTokens } from "../../../../grammar/read-tokens.ts";
import { lexer } from "../../../../grammar/tokens.ts";
import { assert } from "../../core/assert.ts";
import type { SourceFile } from "../../core/source-file.ts";
import { hasErrors, type Outcome } from "../../diagnostics/outcome.ts";
import { type ParseLimits, parse } from "../parse.ts";
import { alignLines } from "./align-lines.ts";
import { layOutLines } from "./layout-lines.ts";
import { findTokenRoles } from "./token-roles.ts";

/** The formatted text, or nothing and the errors where the file cannot be parsed. Formatting twice changes nothing more. */
export function formatFile(file: SourceFile, limits: ParseLimits): Outcome<string | undefined> {
  const { diagnostics } = parse(file, limits);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const { tokens, groups } = lexer.tokenize(file.text);
  const { tree } = readTokens(tokens);
  assert(tree !== undefined, "what was parsed once can be parsed again");
  const roles = findTokenRoles(tree);
  const lines = alignLines(layOutLines(file.text, tokens, groups.comments ?? [], roles));
  const text = lines
    .map((line) => `${line.blankBefore ? "\n" : ""}${" ".repeat(line.indent)}${line.text}\n`)
    .join("");
  return { value: text, diagnostics };
}
