/** Checks that modules and networks begin with an upper-case letter, labels and values with a lower-case one. */
import type { Report } from "../diagnostics/outcome.ts";
import type { Identifier } from "../syntax/ast.ts";

export function checkLetterCase(
  name: Identifier,
  wanted: "upper" | "lower",
  what: string,
  report: Report,
  /** Names of other declarations beside it, which a new name must not take. */
  taken: ReadonlySet<string> = new Set(),
): void {
  const isUpper = wanted === "upper";
  if ((isUpper ? /^[A-Z]/ : /^[a-z]/).test(name.text)) return;
  const letters = name.text.replace(/^_+/, "") || (isUpper ? "Name" : "name");
  const first = letters.charAt(0);
  const repaired = (isUpper ? first.toUpperCase() : first.toLowerCase()) + letters.slice(1);
  report(
    "name/wrong-case",
    name.span,
    { name: name.text, repaired, what, isUpper },
    {
      fixes: [
        {
          title: `call it \`${repaired}\``,
          // In lower case, a parameter or a value may take the place of another, or free a size of a signature.
          applicability:
            (isUpper || what === "labels") && !taken.has(repaired) ? "safe" : "suggested",
          edits: [{ span: name.span, text: repaired }],
        },
      ],
    },
  );
}
