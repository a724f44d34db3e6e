/** Derives the TextMate grammar for editors from the parser's tokens; it ignores their order. */
import { FUNCTION_NAMES } from "../../grammar/expression-rules.ts";
import { OPERAND_COUNTS } from "../../grammar/operators.ts";
import { QUANTITY_UNITS } from "../../grammar/parser.ts";
import { CONTEXTUAL_KEYWORDS, FLOAT_PATTERN, KEYWORDS } from "../../grammar/tokens.ts";

/** Scope → the keywords that are coloured so. Every keyword of the language is in one of them. */
const KEYWORDS_BY_SCOPE: Readonly<Record<string, readonly string[]>> = {
  "keyword.declaration": ["module", "network", "variant", "let", "input", "preprocess", "budget"],
  "keyword.control.import": ["import"],
  "keyword.control.flow": [
    "concat",
    "sum",
    "split",
    "residual",
    "shortcut",
    "scale_by",
    "aux",
    "factor",
    "if",
    "else",
  ],
  "keyword.operator.repeat": ["x"],
  "keyword.other.edit": ["replace", "insert", "remove", "after", "before"],
  "keyword.other.defaults": ["defaults"],
  "storage.modifier": ["valid", "same", "linear", "bias", "global"],
  "constant.language.boolean": ["true", "false"],
};

interface Pattern {
  readonly name: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
}

/** The whole file, ending in a line break. */
export function renderTextMate(): string {
  const placed = Object.values(KEYWORDS_BY_SCOPE).flat().sort();
  if (String(placed) !== String([...KEYWORDS].sort())) {
    throw new Error("every keyword needs one scope in KEYWORDS_BY_SCOPE");
  }
  const grammar = {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    "//": "Generated from grammar/tokens.ts by `npm run generate:grammar`; do not edit.",
    name: "Incept",
    scopeName: "source.incept",
    patterns: patterns().map(({ name, ...rest }) => ({ name: `${name}.incept`, ...rest })),
  };
  return `${JSON.stringify(grammar, null, 2)}\n`;
}

/** The first pattern that matches at a place wins. */
function patterns(): readonly Pattern[] {
  return [
    { name: "comment.block.documentation", match: "///(?!/).*$" },
    { name: "comment.line.double-slash", match: "//.*$" },
    { name: "comment.block", begin: "/\\*", end: "\\*/" },
    { name: "string.quoted.double", match: '"(?:[^"\\\\]|\\\\.)*"?' },
    // Labels and attribute names come before keywords: `scale=` and `width:` are names.
    { name: "entity.name.label", match: "\\b[a-z_]\\w*(?=\\s*(?::|was\\s+[\\w.]+\\s*:))" },
    { name: "variable.parameter", match: "\\b[a-z_]\\w*(?=\\s*=(?![=>]))" },
    { name: "constant.numeric.size", match: "\\b\\d+(?:x\\d+)+\\b" },
    {
      name: "constant.numeric",
      match: `(?:${FLOAT_PATTERN.source}|\\b\\d[\\d_]*)(?:${oneOf(QUANTITY_UNITS)})?`,
    },
    { name: "support.function.operator", match: words(Object.keys(OPERAND_COUNTS)) },
    { name: "support.function.arithmetic", match: `${words(FUNCTION_NAMES)}(?=\\s*\\()` },
    ...Object.entries(KEYWORDS_BY_SCOPE).map(([name, list]) => ({ name, match: words(list) })),
    { name: "keyword.other.contextual", match: words(CONTEXTUAL_KEYWORDS) },
    { name: "entity.name.type", match: "\\b[A-Z]\\w*" },
    { name: "keyword.operator.flow", match: "->|=>|\\|" },
    { name: "keyword.operator.comparison", match: "<=|>=|==|!=|<|>" },
    { name: "keyword.operator.arithmetic", match: "[-+*/%?]" },
  ];
}

function words(list: readonly string[]): string {
  return `\\b(?:${list.join("|")})\\b`;
}

/** Longer words first, so that none hides another. */
function oneOf(list: readonly string[]): string {
  return [...list].sort((a, b) => b.length - a.length).join("|");
}
