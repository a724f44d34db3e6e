/** Tests what lints leave alone, and their levels and ignore comments; the docs show what each lint finds. */
import { describe, expect, it } from "vitest";
import { analyze, type CompilerOptions, check, LINT_CODES } from "../../../src/compiler/index.ts";
import { createMemoryHost } from "../../support/memory-host.ts";
import { placesOf } from "../../support/parse-text.ts";

const ADVICE: CompilerOptions = { advice: true };

function network(...lines: readonly string[]): string {
  return `network N {\n  input 32x32x64\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

function findings(text: string, options: CompilerOptions = {}): readonly string[] {
  return placesOf(check(text, options).diagnostics);
}

describe("wide residuals", () => {
  const wide = (body: string): readonly string[] =>
    findings(network("conv 1x1 1152", `residual { ${body} }`));

  it.each([
    ["a norm", "conv 1x1 128 -> conv 1x1 1152 linear"],
    ["a norm before a pool", "conv 1x1 1152 linear -> maxpool 3x3"],
    ["a norm as a step", "conv 1x1 1152 linear norm=none bias=false -> batchnorm"],
    ["a gate on a norm", "conv 1x1 1152 linear -> scale_by { avgpool global -> conv 1x1 1152 }"],
    ["norms in all branches", "concat { | conv 1x1 576 | conv 3x3 576 }"],
  ])("may end in %s", (_, body) => {
    expect(wide(body)).toEqual([]);
  });

  it("are found where one branch has no norm, and at the scale where it is written", () => {
    expect(wide("concat { | conv 1x1 576 | conv 3x3 576 norm=none }")).toEqual([
      "4:3 lint/unscaled-residual",
    ]);
    expect(findings(network("conv 1x1 1152", "residual(scale=1) { project }"))).toEqual([
      "4:12 lint/unscaled-residual",
    ]);
  });

  it("may have up to 1000 channels, as the paper says", () => {
    expect(findings(network("conv 1x1 1000", "residual { project }"))).toEqual([]);
  });
});

describe("a bias", () => {
  it.each(["conv 3x3 8 act=relu norm=none -> batchnorm", "conv 3x3 8 norm=none -> dropout 0.1"])(
    "is of use in `%s`",
    (step) => expect(findings(network(step))).toEqual([]),
  );

  it("is found across the border of a module", () => {
    const text = `module Last { conv 3x3 8 linear norm=none }\n${network("Last -> batchnorm")}`;
    expect(findings(text)).toEqual(["1:15 lint/bias-before-norm"]);
  });
});

describe("a second activation", () => {
  it.each([
    "conv 3x3 8 linear -> relu",
    "conv 3x3 8 -> maxpool 3x3 -> relu",
    "residual { conv 3x3 64 } -> relu",
    "sum { | conv 3x3 8 | conv 3x3 8 } -> relu",
    "concat { | conv 3x3 8 | identity } -> relu",
    "globalavgpool -> dense 10 -> softmax",
    "batchnorm -> relu -> conv 3x3 8",
  ])("is none in `%s`", (step) => expect(findings(network(step))).toEqual([]));

  it("is found behind what passes the tensor on, at the border of a module and in a repeat", () => {
    expect(findings(network("conv 3x3 8 -> identity -> relu"))).toEqual([
      "3:29 lint/activation-twice",
    ]);
    expect(findings(`module Last { conv 3x3 8 }\n${network("Last -> relu")}`)).toEqual([
      "4:11 lint/activation-twice",
    ]);
    expect(findings(network("2 x { relu -> conv 3x3 8 }"))).toEqual(["3:9 lint/activation-twice"]);
  });
});

describe("a second normalization", () => {
  it.each(["conv 3x3 8 norm=none -> batchnorm", "batchnorm -> relu -> conv 3x3 8", "batchnorm"])(
    "is none in `%s`",
    (step) => expect(findings(network(step))).toEqual([]),
  );

  it("is one finding where a block is written as in PyTorch", () => {
    expect(findings(network("conv 3x3 8 -> batchnorm -> relu"))).toEqual(["3:17 lint/norm-twice"]);
  });
});

describe("an even window of a pool", () => {
  it.each([
    "maxpool 2x2 /1",
    "maxpool 2x2 /2",
    "avgpool 3x3",
    "maxpool 1x2 /1x2",
    "avgpool global",
  ])("is left alone in `%s`", (step) => expect(findings(network(step))).toEqual([]));
});

describe("operands and inputs", () => {
  it.each(["conv 3 64", "conv 8x8 3", "conv 7 64", "deconv 4 3", "sepconv 8 8"])(
    "may be `%s`",
    (step) => expect(findings(network(step))).toEqual([]),
  );

  it.each(["3x3x64", "4x4x512", "1x128x64", "32x32x3", "3x16x16"])("may be `input %s`", (size) =>
    expect(findings(`network N { input ${size} relu }`)).toEqual([]),
  );

  it.each(["3x224x224", "1x28x28", "3x480x640"])("may not be `input %s`", (size) =>
    expect(findings(`network N { input ${size} relu }`)).toEqual(["1:19 lint/channels-first"]),
  );
});

describe("advice", () => {
  it("is given when asked for", () => {
    const text = network("conv 5x5 64");
    expect(findings(text)).toEqual([]);
    expect(findings(text, ADVICE)).toEqual(["3:8 lint/large-kernel"]);
  });

  it("says nothing of kernels that are cheaper as they are", () => {
    const stem = "network N {\n  input 32x32x3\n  conv 7x7 64 /2\n}\n";
    expect(findings(stem, ADVICE)).toEqual([]);
  });

  it("speaks of bottlenecks on the trunk alone", () => {
    const text = network("concat { | maxpool 3x3 /2 | conv 3x3 64 /2 }", "globalavgpool");
    expect(findings(text, ADVICE)).toEqual([]);
  });
});

describe("levels", () => {
  const text = network("let idle = 3", "conv 3x3 8");
  const at = (level: "off" | "info" | "error"): CompilerOptions => ({
    lints: { "lint/unused-value": level },
  });

  it("switch off, soften and harden", () => {
    expect(check(text).diagnostics.map(({ severity }) => severity)).toEqual(["warning"]);
    expect(check(text, at("info")).diagnostics.map(({ severity }) => severity)).toEqual(["info"]);
    expect(check(text, at("off")).diagnostics).toEqual([]);
  });

  it("make an error of a lint, which then stops what needs a sound program", () => {
    const result = analyze(text, at("error"));
    expect(result.diagnostics.map(({ severity }) => severity)).toEqual(["error"]);
    expect(result.checked()).toEqual([]);
  });

  it("can switch off every lint", () => {
    const off = Object.fromEntries(LINT_CODES.map((code) => [code, "off"] as const));
    expect(findings(`module M(a: int = 1) { relu }\n${text}`, { ...ADVICE, lints: off })).toEqual(
      [],
    );
  });
});

describe("a comment that ignores", () => {
  it("means its own line, or the next that is no comment", () => {
    const reason = "// incept-ignore lint/unused-value: kept for the reader";
    expect(findings(network(`let idle = 3 ${reason}`, "relu"))).toEqual([]);
    expect(findings(network(reason, "// a word", "", "let idle = 3", "relu"))).toEqual([]);
    expect(findings(network(reason, "relu", "let idle = 3"))).toEqual([
      "3:3 lint/unused-ignore",
      "5:7 lint/unused-value",
    ]);
  });

  it("may answer for a finding in a module where the module is used", () => {
    const host = createMemoryHost({
      "wide.incept": "module Wide { residual { project } }\n",
      "main.incept": `import { Wide } from "./wide.incept"\n${network(
        "conv 1x1 1152",
        "Wide // incept-ignore lint/unscaled-residual: as it was published",
      )}`,
    });
    expect(check({ path: "main.incept", host }).diagnostics).toEqual([]);
  });

  it("leaves out warnings of other families, and is not missed where one network alone is looked at", () => {
    const text = `${network("stem: conv 3x3 64  => 32x32x64")}variant V of N {
  // incept-ignore shape/outdated-claim: the base speaks of the base
  width 0.5
}\n`;
    expect(findings(text)).toEqual([]);
    expect(findings(text, { network: "N" })).toEqual([]);
  });

  it("is no finding while its lint is off", () => {
    const text = network("// incept-ignore lint/large-kernel: as in the paper", "conv 3x3 8");
    expect(findings(text)).toEqual([]);
    expect(findings(text, ADVICE)).toEqual(["3:3 lint/unused-ignore"]);
  });
});

describe("unused names", () => {
  it("are read by shapes, defaults, edits and the modules of imported files", () => {
    const text = `let rate = 0.2
module M(n: int, act_name: act = relu) : [H, W, C] => [H, W, n] { defaults conv(act=act_name) conv 1x1 8 }
network N(size_in: size = 8x8x3, k: int = 8) {
  input size_in
  M(8)  => [_, _, k]
  head: conv 1x1 8
}
variant V of N { replace head with dropout rate }
`;
    expect(findings(text)).toEqual([]);
  });

  it("are not looked for while there are errors: a misspelt name is one mistake", () => {
    expect(findings("module M(filters: int = 8) { conv 3x3 filtres }\n")).toEqual([
      "1:39 name/unknown-name",
    ]);
  });
});

describe("idle edits", () => {
  const base = `${network("stem: conv 3x3 64", "head: conv 3x3 8 fixed=true")}`;
  const variant = (...edits: readonly string[]): readonly string[] =>
    findings(`${base}variant V of N {\n${edits.join("\n")}\n}\n`);

  it("are those that leave the network as it is", () => {
    expect(variant("width 1.01")).toEqual(["7:1 lint/edit-without-effect"]);
    expect(variant("defaults dense(act=relu)")).toEqual(["7:1 lint/edit-without-effect"]);
    expect(variant("defaults conv(act=silu)", "defaults conv(act=elu)")).toEqual([
      "7:1 lint/edit-without-effect",
    ]);
  });

  it("are not those that change something, or state what holds", () => {
    expect(variant("width 0.5")).toEqual([]);
    expect(variant("input 32x32x64")).toEqual([]);
  });
});
