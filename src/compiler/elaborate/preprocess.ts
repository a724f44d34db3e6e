/** Evaluates `preprocess(…)`, which describes how a picture becomes the network's input. */
import type { Span } from "../core/span.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { Preprocess } from "../ir/architecture.ts";
import type { Shape } from "../ir/dimension.ts";
import type { AttributeSyntax, PreprocessDeclaration } from "../syntax/ast.ts";
import { convertValue } from "./convert-value.ts";
import { evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";
import { describeValue, type Value } from "./value.ts";

export const PREPROCESS_ATTRIBUTES: readonly string[] = [
  "range",
  "mean",
  "std",
  "crop",
  "resize",
  "standardize",
];

/** The attributes of the last declaration that gives each; later declarations win attribute by attribute. */
export function evaluatePreprocess(
  declarations: readonly PreprocessDeclaration[],
  scope: Scope,
  input: Shape,
  report: Report,
): Preprocess | undefined {
  if (declarations.length === 0) return undefined;
  const channels = typeof input[2] === "number" ? input[2] : 3;
  let result: Preprocess = { range: [0, 255], standardize: false };
  let resizeSpan: Span | undefined;
  for (const { attributes } of declarations) {
    for (const attribute of attributes) {
      // Unknown attributes were reported when the declaration was checked.
      if (!PREPROCESS_ATTRIBUTES.includes(attribute.name.text)) continue;
      const value = evaluate(attribute.value, scope, report);
      if (value) result = { ...result, ...readAttribute(attribute, value, channels, report) };
      if (attribute.name.text === "resize") resizeSpan = attribute.value.span;
    }
  }
  if (resizeSpan) checkResize(result.resize, input, resizeSpan, report);
  return result;
}

/** The input is cut out of the resized picture. */
function checkResize(
  resize: number | undefined,
  [height, width]: Shape,
  span: Span,
  report: Report,
): void {
  if (resize === undefined || typeof height !== "number" || typeof width !== "number") return;
  const side = Math.max(height, width);
  if (resize >= side) return;
  const what = "`resize` of `preprocess`";
  report(
    "type/out-of-range",
    span,
    { what, range: `at least ${side}`, found: resize },
    {
      help: `the input of ${height}×${width} is cut out of the resized picture: write \`resize=${side}\` or more, or omit \`resize\``,
    },
  );
}

function readAttribute(
  attribute: AttributeSyntax,
  value: Value,
  channels: number,
  report: Report,
): Partial<Preprocess> {
  const name = attribute.name.text;
  const what = `\`${name}\` of \`preprocess\``;
  const { span } = attribute.value;
  const mismatch = (expected: string): Partial<Preprocess> => {
    const help = "lists are written in square brackets: `range=[-1, 1]`, `mean=[0.5, 0.5, 0.5]`";
    report("type/mismatch", span, { what, expected, found: describeValue(value) }, { help });
    return {};
  };
  switch (name) {
    case "range": {
      const [low, high] = value.kind === "list" ? value.value : [];
      const isPair = value.kind === "list" && value.value.length === 2;
      if (!isPair || low === undefined || high === undefined || low === high) {
        return mismatch("two different numbers such as `[-1, 1]`");
      }
      return { range: [low, high] };
    }
    case "mean":
    case "std": {
      const numbers =
        value.kind === "list" ? value.value : value.kind === "number" ? [value.value] : [];
      if (numbers.length !== 1 && numbers.length !== channels) {
        return mismatch(`a number, or a list of ${channels} numbers`);
      }
      if (name === "mean") return { mean: numbers };
      const [zero] = numbers.filter((number) => number <= 0);
      if (zero !== undefined) {
        report("type/out-of-range", span, { what, range: "greater than 0", found: zero });
        return {};
      }
      return { std: numbers };
    }
    case "crop": {
      const definition = { type: "float", doc: "", min: 0.01, max: 1 } as const;
      const crop = convertValue(definition, value, what, span, report);
      return typeof crop === "number" ? { crop } : {};
    }
    case "resize": {
      const resize = convertValue({ type: "int", doc: "", min: 1 }, value, what, span, report);
      return typeof resize === "number" ? { resize } : {};
    }
    default: {
      const standardize = convertValue({ type: "bool", doc: "" }, value, what, span, report);
      return typeof standardize === "boolean" ? { standardize } : {};
    }
  }
}
