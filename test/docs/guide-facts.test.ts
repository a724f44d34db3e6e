import { describe, expect, it } from "vitest";
import { FUNCTION_NAMES } from "../../grammar/expression-rules.ts";
import { QUANTITY_UNITS } from "../../grammar/parser.ts";
import { CONTEXTUAL_KEYWORDS, KEYWORDS } from "../../grammar/tokens.ts";
import { readRepositoryFile } from "../../scripts/derived-file.ts";
import { BUDGET_METRICS } from "../../src/compiler/elaborate/budgets.ts";
import { PARAMETER_TYPES } from "../../src/compiler/elaborate/instantiate.ts";
import { PREPROCESS_ATTRIBUTES } from "../../src/compiler/elaborate/preprocess.ts";
import { DEFAULT_LIMITS, HIGHEST_LIMITS, LIMIT_NAMES } from "../../src/compiler/index.ts";

const page = (name: string): string =>
  readRepositoryFile(`docs/language/${name}.md`).replaceAll(/\s+/g, " ");

const wordsInCode = (words: readonly string[]): string => `\`${[...words].sort().join(" ")}\``;

describe("the language guide", () => {
  it("lists the reserved words, and those that are free elsewhere", () => {
    expect(page("files")).toContain(wordsInCode(KEYWORDS));
    expect(page("files")).toContain(wordsInCode(CONTEXTUAL_KEYWORDS));
  });

  it.each(LIMIT_NAMES)("gives the limit `%s` its default, and what it can be raised to", (name) => {
    const [limit, highest] = [DEFAULT_LIMITS[name], HIGHEST_LIMITS[name]].map((one) =>
      one.toLocaleString("en-US"),
    );
    expect(page("limits")).toContain(`| \`${name}\` | ${limit} | ${highest} |`);
  });

  it.each(PARAMETER_TYPES)("explains the type `%s`", (type) => {
    expect(page("expressions")).toContain(`| \`${type}\` |`);
  });

  it.each(BUDGET_METRICS)("explains the metric `%s`", (metric) => {
    expect(page("budgets")).toContain(`| \`${metric}\` |`);
  });

  it.each(PREPROCESS_ATTRIBUTES)("explains `%s` of `preprocess`", (attribute) => {
    expect(page("networks")).toMatch(new RegExp(`\\| \`${attribute}=[^|]+ \\|`));
  });

  it("lists the functions and the units", () => {
    expect(page("expressions")).toContain(`\`${FUNCTION_NAMES.join(" ")}\``);
    expect(QUANTITY_UNITS).toEqual(["K", "M", "G", "KiB", "MiB", "GiB"]);
    expect(page("budgets")).toContain("`K M G` for thousands and `KiB MiB GiB`");
  });
});
