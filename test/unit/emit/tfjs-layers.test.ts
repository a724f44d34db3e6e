import { Project, SourceFile } from "ts-morph";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { compile } from "../../../src/compiler/index.ts";
import { EVERY_CONSTRUCT } from "../../support/every-construct.ts";
import { compileText, functionIn } from "./compile-text.ts";

const network = (body: string, parameters = ""): string =>
  `network Net${parameters} { input 16x16x8 ${body} }`;

describe("a module", () => {
  it("is one function with its documentation, and a repeat a loop", async () => {
    const code = await compileText(
      `/// Two layers.\nmodule Pair { conv 3x3 8 -> conv 1x1 8 }\n${network("a: 3 x Pair")}`,
    );
    expect(code).toContain("/**\n * Two layers.\n *\n * `Pair`: 16x16x8 => 16x16x8\n */\n");
    expect(code.match(/function pair/g)).toHaveLength(1);
    expect(functionIn(code, "createNet")).toContain(
      [
        "  let x = input;",
        "  for (let i = 0; i < 3; i++) {",
        "    x = pair(x, `a.${i}`, { seed }); // 16x16x8",
        "  }",
      ].join("\n"),
    );
  });

  it("takes the numbers that differ between its calls", async () => {
    const code = await compileText(
      `module Block(mid: int, stride: int = 1, kept: int = 5) {
         conv 1x1 mid /stride -> conv 1x1 (4 * mid) -> conv 1x1 kept
       }
       ${network("a: Block(mid=2) b: Block(mid=4, stride=2)")}`,
    );
    expect(code).toContain('x = block(x, "b", { mid: 4, stride: 2, seed }); // 8x8x5');
    const block = functionIn(code, "block");
    expect(block).toContain("filters: mid,");
    expect(block).toContain("strides: stride,");
    expect(block).toContain("{ filters: 4 * mid, kernelSize: 1, seed }); // _x_x_");
    expect(block).toContain("filters: 5, kernelSize: 1, seed }); // _x_x5");
  });

  it("is as many functions as it has forms, each named by what it is given", async () => {
    const code = await compileText(
      `module Acted(a: act, k: size) { conv k 8 act=a }
       ${network("Acted(a=relu, k=1x3) -> Acted(a=elu, k=1x3) -> Acted(a=elu, k=3x1)")}`,
    );
    expect(code.match(/^function acted\w+/gm)).toEqual([
      "function actedReluK1x3",
      "function actedEluK1x3",
      "function actedEluK3x1",
    ]);
  });

  it("reads the trunk of its own residual where its calls differ in it", async () => {
    const code = await compileText(
      `module Back { residual { conv 1x1 4 -> project } }
       ${network("Back -> conv 1x1 12 -> Back")}`,
    );
    expect(functionIn(code, "back")).toContain("filters: channelsOf(x),");
  });

  it("is given the trunk of a residual around it as a number", async () => {
    const code = await compileText(
      `module Inner { conv 1x1 4 -> project }
       ${network("residual { Inner } -> conv 1x1 12 -> residual { Inner }")}`,
    );
    expect(code.match(/^function inner\w*/gm)).toHaveLength(2);
    expect(code).not.toContain("channelsOf");
  });
});

describe("a repeat", () => {
  it("is parted where an edit made an instance different", async () => {
    const { files } = await compile(
      `module Pair { conv 3x3 8 -> conv 1x1 8 }
       ${network("a: 4 x Pair")}
       variant Changed of Net { replace a.2 with conv 5x5 8 }`,
      { network: "Changed" },
    );
    const code = functionIn(String(files[0]?.content), "createChanged");
    expect(code).toContain("for (let i = 0; i < 2; i++) {\n    x = pair(x, `a.${i}`, { seed });");
    expect(code).toContain('x = convBnRelu(x, "a.2.conv", { filters: 8, kernelSize: 5, seed });');
    expect(code).toContain('x = pair(x, "a.3", { seed });');
  });
});

describe("network parameters", () => {
  it("are options that reach layers through modules, checked before anything is built", async () => {
    const code = await compileText(
      `module Head(n: int) { globalavgpool -> dense (2 * n) }
       ${network("Head(n=classes)", "(classes: int = 10)")}`,
    );
    const factory = functionIn(code, "createNet");
    expect(factory).toContain("const { classes = 10, seed = 0 } = options;");
    expect(factory).toContain('requireNumber("classes", classes, { whole: true });');
    expect(factory).toContain(
      'requireNumber("2 * classes", 2 * classes, { whole: true, min: 1 });',
    );
    expect(factory).toContain('x = head(input, "Head", { classes, seed }); // 20');
    expect(functionIn(code, "head")).toContain("units: 2 * classes");
  });

  it("are numbers where the form of the network hangs on them", async () => {
    const code = await compileText(network("n x conv 3x3 n", "(n: int = 2)"));
    expect(functionIn(code, "createNet")).toContain("{ filters: 2, kernelSize: 3, seed }");
    expect(code).not.toMatch(/\bn\?: number/);
  });
});

describe("batch normalization", () => {
  it("is stated in full", async () => {
    const code = await compileText(network("conv 1x1 4"));
    expect(functionIn(code, "batchNorm")).toMatch(
      /epsilon: 0.001,\s+momentum: 0.99,\s+center: true,\s+scale: true,/,
    );
    expect(code).not.toContain("makeBatchNormTrainable");
  });

  it("without gamma is made trainable", async () => {
    const code = await compileText(network("defaults batchnorm(gamma=false) conv 1x1 4"));
    expect(functionIn(code, "createNet")).toContain("return makeBatchNormTrainable(model);");
  });
});

it("imports the module that was asked for, and nothing else", async () => {
  const code = await compileText(network("conv 1x1 4"), '@tensorflow/tfjs-node"; evil(); "');
  expect(code.match(/^import .*$/gm)).toEqual([
    'import * as tf from "@tensorflow/tfjs-node\\"; evil(); \\"";',
  ]);
});

it("gives the same bytes for the same specification", async () => {
  const texts = await Promise.all([1, 2, 3].map(() => compileText(EVERY_CONSTRUCT)));
  expect(new Set(texts).size).toBe(1);
});

/** What the generator itself has to say. */
async function findingsOf(body: string) {
  const { diagnostics, files } = await compile(network(body));
  return { findings: diagnostics.filter(({ code }) => code.startsWith("emit/")), files };
}

it("reports two layers of one name at the second", async () => {
  const { findings, files } = await findingsOf(
    "residual { conv 1x1 8 -> aux add { globalavgpool } }",
  );
  expect(files).toEqual([]);
  expect(findings).toMatchObject([
    { code: "emit/duplicate-layer-name", message: expect.stringContaining("`residual.add`") },
  ]);
});

it("warns of a dilation, which tfjs cannot train", async () => {
  const { findings, files } = await findingsOf("conv 3x3 8 dilation=2");
  expect(files).toHaveLength(1);
  expect(findings).toMatchObject([{ code: "emit/not-trainable", severity: "warning" }]);
});

it("prints a file at once: every text given to ts-morph later would be parsed with all that is there", async () => {
  const changes = (["addStatements", "insertStatements", "insertText", "replaceText"] as const).map(
    (name) => vi.spyOn(SourceFile.prototype, name),
  );
  const created = vi.spyOn(Project.prototype, "createSourceFile");
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const code = await compileText(network("conv 1x1 4\n".repeat(8_000)));
  expect(code.split("\n").length).toBeGreaterThan(8_000);
  expect(created).toHaveBeenCalledTimes(1);
  for (const change of changes) expect(change).not.toHaveBeenCalled();
});
