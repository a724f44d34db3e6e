/** Checks the names of parameters and values: lower case, not reserved, unique in their scope. */
import type { Report } from "../../diagnostics/outcome.ts";
import { checkLetterCase } from "../../names/letter-case.ts";
import type { Identifier } from "../../syntax/ast.ts";
import { isReservedWord } from "../words.ts";

/** Names of one scope, in order; `taken` are those that the scope has already. */
export function checkNames(
  names: readonly Identifier[],
  what: "parameter" | "value",
  report: Report,
  taken: readonly Identifier[] = [],
): void {
  const firsts = new Map(taken.map((name) => [name.text, name]));
  for (const name of names) {
    const { text, span } = name;
    checkLetterCase(name, "lower", `${what}s`, report);
    checkNotReserved(name, what, report);
    const first = firsts.get(text);
    if (first) {
      const related = [{ span: first.span, message: "first declared here" }];
      report("name/duplicate", span, { name: text, what }, { related });
    } else firsts.set(text, name);
  }
}

export function checkNotReserved({ text, span }: Identifier, what: string, report: Report): void {
  if (!isReservedWord(text)) return;
  report("syntax/reserved-word", span, { word: text, role: `the name of a ${what}` });
}
