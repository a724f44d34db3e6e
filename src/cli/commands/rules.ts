/** Runs `inceptc rules` and `inceptc schema`: the rules a comparison can report, and the JSON Schemas of results. */
import {
  CLASS_DOCS,
  DIFF_RULE_IDS,
  DIFF_RULES,
  DIFF_SCHEMA,
  FINDING_CLASSES,
  isDiffRuleId,
  LEVEL_OF_CLASS,
} from "../../compiler/index.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { type ColorChoice, createPrinter } from "../printer.ts";
import { renderTable } from "../render-table.ts";
import { REVIEW_SCHEMA } from "../review/review-json.ts";
import type { Terminal } from "../terminal.ts";

export interface RulesOptions {
  readonly format: "text" | "json";
  readonly color: ColorChoice;
}

export async function runRules(
  { format, color }: RulesOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const rules = DIFF_RULE_IDS.filter(isDiffRuleId).map((id) => ({ id, ...DIFF_RULES[id] }));
  if (format === "json") {
    const listed = rules.map(({ id, class: of, scope, doc }) => ({
      id,
      class: of,
      level: LEVEL_OF_CLASS[of],
      scope,
      doc,
    }));
    terminal.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
    return EXIT_CODES.ok;
  }
  const { style, line } = createPrinter(terminal.stdout, terminal.env, color);
  FINDING_CLASSES.forEach((name, index) => {
    if (index > 0) line("");
    line(`${style.strong(name)} (${LEVEL_OF_CLASS[name]}): ${CLASS_DOCS[name]}`);
    const rows = rules
      .filter(({ class: of }) => of === name)
      .map(({ id, doc }) => [`  ${id}`, style.faint(doc)]);
    for (const row of renderTable(rows, ["left", "left"])) line(row);
  });
  return EXIT_CODES.ok;
}

const SCHEMAS: Readonly<Record<string, object>> = { diff: DIFF_SCHEMA, review: REVIEW_SCHEMA };

export async function runSchema(output: string, terminal: Terminal): Promise<ExitCode> {
  const schema = Object.hasOwn(SCHEMAS, output) ? SCHEMAS[output] : undefined;
  if (schema === undefined) {
    const help = `there are ${Object.keys(SCHEMAS).join(", ")}`;
    throw new Failure(EXIT_CODES.usage, `there is no schema for \`${output}\``, help);
  }
  terminal.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
  return EXIT_CODES.ok;
}
