/** Messages of the syntax family: text that the grammar does not allow. */
import { orRaise } from "../../core/limits.ts";
import { error } from "./entry.ts";

export const syntaxCatalogue = {
  "syntax/unexpected-character": error<{ text: string }>(
    ({ text }) => `\`${text}\` is not part of the language`,
    () => "remove it; comments are written `// …` or `/* … */`",
  ),
  "syntax/unexpected-token": error<{ expected: string; found: string }>(
    ({ expected, found }) => `expected ${expected}, found ${found}`,
  ),
  "syntax/missing-arrow": error<{
    word: string;
    after: "step" | "shape";
    label: string | undefined;
    isRepeat: boolean;
  }>(
    ({ word, after }) =>
      after === "step"
        ? `\`${word}\` follows a step on the same line without \`->\``
        : `\`${word}\` follows the shape of a statement on the same line`,
    ({ word, after, label, isRepeat }) => {
      if (after === "shape") return "begin a new line: a shape ends its statement";
      if (isRepeat) {
        return `write \`-> ${word}\`; a repeat is that of one step, and braces make one of several`;
      }
      return label === undefined
        ? `write \`-> ${word}\`, or begin a new line`
        : `write \`-> ${word}\`; on a line of its own it would not belong to \`${label}\``;
    },
  ),
  "syntax/tight-slash": error<{ value: string; stride: string; division: string }>(
    ({ value, stride }) =>
      `\`${value}/${stride}\` looks like a division, but \`/${stride}\` is the stride of this operator`,
    ({ value, stride, division }) =>
      `write \`${division}\` to divide, or \`${value} /${stride}\` for the stride`,
  ),
  "syntax/unterminated-comment": error<Record<never, never>>(
    () => "this comment is never closed",
    () => "close it with `*/`",
  ),
  "syntax/unterminated-string": error<Record<never, never>>(
    () => "this text has no closing quote",
    () => 'close it with `"` on the same line',
  ),
  "syntax/reserved-word": error<{ word: string; role: string }>(
    ({ word, role }) => `\`${word}\` is a reserved word and cannot be ${role}`,
    ({ word }) => `choose another name, for example \`${word}_1\``,
  ),
  "syntax/too-many-mistakes": error<{ limit: number }>(
    ({ limit }) => `this file has more than ${limit} mistakes; the rest of it is not read`,
    () => "fix the first ones; is this an `.incept` file?",
  ),
  "syntax/nesting-too-deep": error<{ limit: number }>(
    ({ limit }) => `brackets are nested more than ${limit} deep here`,
    ({ limit }) => orRaise("move the inner part to a module of its own", "nesting", limit),
  ),
  "syntax/expression-too-long": error<{ limit: number }>(
    ({ limit }) => `this expression has more than ${limit} terms`,
    () => "split it with `let`",
  ),
  "syntax/number-too-large": error<{ text: string }>(
    ({ text }) => `\`${text}\` is too large to represent exactly`,
    () => "whole numbers go up to 9007199254740991 (2^53 - 1)",
  ),
  "syntax/file-too-large": error<{ size: number; limit: number }>(
    ({ size, limit }) => `this file has ${size} characters; at most ${limit} are read`,
    ({ limit }) => orRaise("write repeated blocks as `N x Block`", "characters", limit),
  ),
  "syntax/language-version": error<{ found: number; known: number }>(
    ({ found, known }) =>
      `this file is written for language version ${found}; this compiler knows ${known}`,
    ({ known }) => `write \`incept ${known}\`, or use a newer compiler`,
  ),
};
