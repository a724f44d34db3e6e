/** Faulty texts that are too long for the page of their diagnostic. */

function numbered(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

/** By code; the place of the finding stands between « and ». */
export const LONG_SNIPPETS: Readonly<Record<string, string>> = {
  "syntax/too-many-mistakes": [
    "import numpy as np",
    numbered(300, (n) => `def layer${n}(x):\n    return np.dot(x, w[${n}]) + b[${n}]`),
  ].join("\n"),
  "syntax/expression-too-long": `let a = «1${" + 1".repeat(2000)}»`,
  "name/variant-chain-too-long": [
    "network V0 {\n  input 8x8x3\n  relu\n}",
    numbered(101, (n) => `variant ${n === 100 ? "«V101»" : `V${n + 1}`} of V${n} {}`),
  ].join("\n"),
  "type/values-too-deep": [
    "network N {\n  input 8x8x3\n  conv 3x3 v500\n}",
    numbered(500, (n) => `let v${500 - n} = v${499 - n}`),
    "let v0 = 8",
  ].join("\n"),
};
