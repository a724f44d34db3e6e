import { describe, expect, it } from "vitest";
import { createSourceFile } from "../../../src/compiler/core/source-file.ts";
import { spanText } from "../../../src/compiler/core/span.ts";
import { parseSetting } from "../../../src/compiler/elaborate/parse-setting.ts";
import { bind } from "../../../src/compiler/names/bind.ts";
import { loadFiles } from "../../../src/compiler/names/load-files.ts";
import { createMemoryHost } from "../../support/memory-host.ts";
import { PARSE_LIMITS } from "../../support/parse-text.ts";

/** Reads a setting for a program with the value `base`. */
function read(text: string, name = "classes") {
  const main = createSourceFile("main.incept", "let base = 8");
  const limits = { ...PARSE_LIMITS, files: 1 };
  const loaded = loadFiles(main, createMemoryHost({}), limits, { parsed: new Map() });
  const { main: bound, names } = bind(loaded.value).value;
  const { value, diagnostics } = parseSetting(name, text, bound, names, PARSE_LIMITS);
  return { value: value?.edit, names: value?.names, diagnostics };
}

describe("parseSetting", () => {
  it.each([
    ["10", "number"],
    ["3x3", "size"],
    ["relu", "name"],
    ["true", "name"],
    ["[0, 1]", "list"],
    ["2 * base", "binary"],
    ["-1", "negate"],
    ["max(1, base)", "function"],
    ["base > 4 ? 1 : 2", "conditional"],
  ])("reads a value of the language: %s", (text, kind) => {
    const { value, diagnostics } = read(text);
    expect(diagnostics).toEqual([]);
    expect(value?.name.text).toBe("classes");
    expect(value?.value.kind).toBe(kind);
    expect(value && spanText(value.value.span)).toBe(text);
  });

  it.each([
    ["", "syntax/unexpected-token"],
    ["3 +", "syntax/unexpected-token"],
    ["3 let b = 4", "syntax/unexpected-token"],
    ["3 network N { relu }", "syntax/unexpected-token"],
    ["1e999", "syntax/number-too-large"],
    ["bse", "name/unknown-name"],
    ["nothing(3)", "name/unknown-function"],
    ["floor(1, 2)", "type/function-arguments"],
    ["trunk", "type/trunk-outside-residual"],
  ])("gives nothing for what is none, and says why: %s", (text, code) => {
    const { value, diagnostics } = read(text);
    expect(value).toBeUndefined();
    expect(diagnostics.map((one) => one.code)).toEqual([code]);
    expect(diagnostics[0]?.span.file.path).toBe("--set classes");
  });

  it("knows what the names in a value mean", () => {
    const { value, names } = read("2 * base");
    const operand = value?.value.kind === "binary" ? value.value.right.span : undefined;
    const declaration = operand && names?.declarationAt(operand);
    expect(declaration?.name.text).toBe("base");
    expect(declaration && names?.declarationAt(declaration.name.span)).toBe(declaration);
  });

  it("offers the nearest value of the program", () => {
    expect(read("bse").diagnostics[0]?.help).toBe("did you mean `base`?");
  });
});
