/** Tests what two steps on one line are, and that their repair gives the tree that was read. */
import { describe, expect, it } from "vitest";
import { applyFixes } from "../../../src/compiler/diagnostics/apply-fixes.ts";
import { format } from "../../../src/compiler/index.ts";
import { parseClean, parseText, placesOf, withoutSpans } from "../../support/parse-text.ts";

function network(text: string): string {
  return `network N {\n${text}\n}`;
}

/** Where arrows are missing, and nothing else may be. */
function forgottenIn(text: string): readonly string[] {
  const places = placesOf(parseText(network(text)).diagnostics);
  return places.map((place) => {
    const [, where = ""] = /^(\d+:\d+) syntax\/missing-arrow$/.exec(place) ?? [];
    expect(where, place).not.toBe("");
    return where;
  });
}

/** The text after the first fix of each finding. */
function repaired(text: string, choice = 0): string {
  const { diagnostics } = parseText(text);
  const chosen = diagnostics.map((one) => ({ ...one, fixes: one.fixes.slice(choice) }));
  return [...applyFixes(chosen, "suggested").texts.values()][0] ?? text;
}

describe("a step on the line of another", () => {
  it.each([
    "relu\ntanh",
    "relu\r\ntanh",
    "relu\rtanh",
    "relu // a comment\ntanh",
    "relu /* a comment\n*/ tanh",
    "relu -> tanh",
    "relu\n-> tanh",
    "relu ->\ntanh",
    "relu a: tanh",
    "a: relu b was c: tanh",
    "a: relu => 8x8x3 b: tanh",
    "{ relu } tanh",
    "concat { | relu | tanh } relu",
    "concat { | relu\ntanh | a: relu b: tanh }",
    "residual { relu } shortcut { tanh } relu",
    "2 x { relu } tanh",
    "if true { relu } else { tanh } relu",
    "aux side { relu } tanh",
    "input 8x8x3 relu",
    "let n = 3 n x relu",
    "relu let n = 3 tanh",
    "relu budget params <= 3 tanh",
    "relu input 8x8x3 defaults conv(act=elu) tanh",
  ])("is allowed here: %j", (text) => expect(forgottenIn(text)).toEqual([]));

  it.each([
    ["relu tanh", "2:6"],
    ["relu\ttanh", "2:6"],
    ["relu /* a comment */ tanh", "2:22"],
    ["relu/**/tanh", "2:9"],
    ["conv 1x1 8 valid tanh", "2:18"],
    ["conv 1x1 8 /2 tanh", "2:15"],
    ["conv 1x1 8 act=relu tanh", "2:21"],
    ["conv 1x1 (8) tanh", "2:14"],
    ["conv 1x1 8 conv\n3x3 8", "2:12"],
    ["conv 1x1\n8 tanh", "3:3"],
    ["relu -> tanh elu", "2:14"],
    ["relu\n-> tanh elu", "3:9"],
    ["A B", "2:3"],
    ["A(1) B(2)", "2:6"],
    ["A(1)B(2)", "2:5"],
    ["A 2 x B", "2:3"],
    ["A (2) x B", "2:3"],
    ["relu { tanh }", "2:6"],
    ["relu concat { | tanh }", "2:6"],
    ["relu if true { tanh }", "2:6"],
    ["relu aux side { tanh }", "2:6"],
    ["factor 3x3 (3x3 8) relu", "2:20"],
    ["2 x relu tanh", "2:10"],
    ["{ relu } tanh elu", "2:15"],
    ["{ relu tanh }", "2:8"],
    ["concat { | relu tanh | elu }", "2:17"],
    ["concat { | a: relu tanh | elu }", "2:20"],
    ["residual { relu tanh } shortcut { elu }", "2:17"],
    ["relu => 8x8x3 tanh", "2:15"],
    ["{ relu } => 8x8x3 tanh", "2:19"],
  ])("is an error here: %j", (text, place) => expect(forgottenIn(text)).toEqual([place]));

  it("gives one finding for a line, and one for each line and block", () => {
    expect(forgottenIn("relu tanh elu\nrelu tanh { relu tanh }")).toEqual(["3:18", "2:6", "3:6"]);
  });

  it("is no second finding where the line has another mistake", () => {
    const codes = (text: string): readonly string[] =>
      parseText(network(text)).diagnostics.map(({ code }) => code);
    expect(codes("relu , tanh elu")).toEqual(["syntax/unexpected-token"]);
    expect(codes("skip { relu }")).toEqual([]);
    expect(codes("conv relu 8")).toEqual([]);
  });
});

describe("the repair", () => {
  it.each([
    ["a: relu tanh elu => 8x8x3", "a: relu -> tanh -> elu => 8x8x3"],
    ["relu /* c */ tanh", "relu /* c */ -> tanh"],
    ["2 x relu tanh", "2 x relu -> tanh"],
    ["{ relu tanh } -> elu relu", "{ relu -> tanh } -> elu -> relu"],
    ["concat { | a: relu tanh | elu }", "concat { | a: relu -> tanh | elu }"],
    ["  relu => 8x8x3 tanh", "  relu => 8x8x3 \n  tanh"],
  ])("of %j is read as it was before", (text, mended) => {
    expect(repaired(network(text))).toBe(network(mended));
    expect(withoutSpans(parseText(network(text)).value)).toEqual(
      withoutSpans(parseClean(network(mended))),
    );
  });

  it("can be a block around all that a repeat was to reach", () => {
    const text = network("a: 2 x relu tanh elu => 8x8x3");
    expect(repaired(text, 1)).toBe(network("a: 2 x { relu -> tanh -> elu } => 8x8x3"));
  });

  it("is not made by the formatter, which leaves the text to its author", () => {
    const result = format(network("head: globalavgpool   dense 10"));
    expect(result.text).toBeUndefined();
    expect(placesOf(result.diagnostics)).toEqual(["2:23 syntax/missing-arrow"]);
  });
});
