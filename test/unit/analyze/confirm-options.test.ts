/** Tests which parameters of a network are proved to be options of generated code, and how many proofs are made. */
import { describe, expect, it } from "vitest";
import { confirmOptions } from "../../../src/compiler/analyze/confirm-options.ts";
import { checkedText } from "../../support/checked-networks.ts";

/** The parameters that generated code takes as options. */
function optionsOf(parameters: string, statements: string, modules = ""): readonly string[] {
  const { architecture } = checkedText(
    `${modules}\nnetwork N(${parameters}) {\n  input 16x16x4\n${statements}\n}`,
  );
  return architecture.parameters.filter(({ isOption }) => isOption).map(({ name }) => name);
}

describe("a parameter is an option", () => {
  it.each([
    ["the number of filters", "n: int = 4", "conv 3x3 n"],
    ["units, by arithmetic", "n: int = 4", "globalavgpool -> dense (2 * n + 1)"],
    ["a rate", "n: float = 0.5", "dropout n"],
    ["the scale of a residual", "n: float = 0.5", "residual(scale=n) { conv 3x3 4 }"],
    ["the drop of a residual", "n: float = 0.5", "residual(drop=n / 2) { conv 3x3 4 }"],
    ["channels that are stated, of the default", "n: int = 4", "conv 3x3 n => 16x16x4"],
    ["channels that a projection follows", "n: int = 4", "residual { conv 3x3 n -> project }"],
  ])("where it reaches %s", (_, parameters, statements) => {
    expect(optionsOf(parameters, statements)).toEqual(["n"]);
  });

  it("through a module", () => {
    const module = "module M(k: int) { conv 1x1 k -> conv 3x3 (2 * k) }";
    expect(optionsOf("n: int = 4", "M(k=n)", module)).toEqual(["n"]);
  });
});

describe("a parameter is fixed", () => {
  it.each([
    ["it counts repeats", "n: int = 2", "n x conv 3x3 4"],
    ["another value would not fit the trunk", "n: int = 4", "residual { conv 3x3 n }"],
    ["it decides what is built", "n: int = 4", "conv 1x1 4 act=(n > 4 ? elu : relu)"],
    ["it is no number", "n: size = 3x3", "conv n 4"],
  ])("where %s", (_, parameters, statements) => {
    expect(optionsOf(parameters, statements)).toEqual([]);
  });

  it("without making another one fixed", () => {
    expect(optionsOf("n: int = 2, m: int = 4", "n x conv 3x3 m")).toEqual(["m"]);
  });
});

describe("the proof", () => {
  const { architecture } = checkedText(
    `network N(${Array.from({ length: 60 }, (_, index) => `p${index}: int = ${index + 1}`).join(", ")}, r: float = 0.5) {
  input 8x8x3
  ${Array.from({ length: 60 }, (_, index) => `conv 1x1 p${index}`).join(" -> ")} -> dropout r
}`,
  );
  const candidates = {
    ...architecture,
    parameters: architecture.parameters.map((parameter) => ({ ...parameter, isOption: true })),
  };

  it("is made at most fifty times; the parameters after that are fixed", () => {
    const tried: string[] = [];
    const { parameters } = confirmOptions(candidates, (name) => {
      tried.push(name);
      return candidates;
    });
    expect(tried).toHaveLength(50);
    expect(parameters.filter(({ isOption }) => isOption).map(({ name }) => name)).toEqual(tried);
  });

  it("doubles whole numbers and halves the others, so that a share stays below 1", () => {
    const tried = new Map<string, number>();
    const two = candidates.parameters.filter(({ name }) => name === "p3" || name === "r");
    confirmOptions({ ...candidates, parameters: two }, (name, value) => {
      tried.set(name, value);
      return candidates;
    });
    expect(Object.fromEntries(tried)).toEqual({ p3: 8, r: 0.25 });
  });

  it("fails where the network has errors with another value, or another structure", () => {
    const [first, ...rest] = candidates.body.steps;
    if (!first) throw new Error("the network has steps");
    const one = { ...candidates, parameters: candidates.parameters.slice(0, 1) };
    const optionWith = (other: typeof candidates | undefined) =>
      confirmOptions(one, () => other).parameters[0]?.isOption;
    expect(optionWith(candidates)).toBe(true);
    expect(optionWith(undefined)).toBe(false);
    const shorter = { ...candidates, body: { ...candidates.body, steps: rest } };
    expect(optionWith(shorter)).toBe(false);
    const renamed = { ...first, name: "other" };
    const other = { ...candidates, body: { ...candidates.body, steps: [renamed, ...rest] } };
    expect(optionWith(other)).toBe(false);
  });
});
