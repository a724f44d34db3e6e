/** Tests the output, streams and exit codes of `inceptc report`. */
import { describe, expect, test } from "vitest";
import { BROKEN, createFolder, runIn, TINY } from "./support/run-in-folder.ts";

/** conv: 3·3·3·8 weights and 4·8 of its batch normalization; dense: 8·10 weights and 10 biases. */
const PARAMS = 216 + 32 + 90;
/** conv: 16·16 places of 3·3·3·8; dense: 8·10. */
const MACS = 16 * 16 * 216 + 80;

describe("text", () => {
  test("states what is counted, the totals, and a row for each block", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { exitCode, stdout, stderr } = await runIn(folder, ["report", "tiny.incept"]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^Tiny {2}32×32×3 → 10\n/);
    expect(stdout).toContain("FLOP: 2·MAC");
    expect(stdout).toMatch(/^parameters +338 +338: 322 trainable, 16 statistics/m);
    expect(stdout).toMatch(/^MACs +55\.38K +55,376$/m);
    expect(stdout).toMatch(/^stem +2 steps +8×8×8 /m);
    expect(stdout).toMatch(/^head +3 steps +10 /m);
    for (const line of stdout.split("\n")) expect(line).toBe(line.trimEnd());
  });

  test("lists blocks within blocks with --levels", async () => {
    const repeated = "network N {\n  input 8x8x3\n  a: 2 x conv 3x3 4\n}\n";
    const folder = createFolder({ "net.incept": repeated });
    const one = await runIn(folder, ["report", "net.incept"]);
    const two = await runIn(folder, ["report", "net.incept", "--levels", "2"]);
    expect(one.stdout).not.toMatch(/^ +a\.0 /m);
    expect(two.stdout).toMatch(/^ {2}a\.0 +conv /m);
    expect(two.stdout).toMatch(/^ {2}a\.1 +conv /m);
  });
});

describe("formats for programs", () => {
  test("json holds exact numbers and a version", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { stdout } = await runIn(folder, ["report", "--json", "tiny.incept"]);
    const report = JSON.parse(stdout);
    expect(report.formatVersion).toBe(1);
    expect(report.params.total).toBe(PARAMS);
    expect(report.macs).toBe(MACS);
    expect(report.outputs[0].shape).toEqual([10]);
  });

  test("csv has a line for each block and one for the total", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { stdout } = await runIn(folder, ["report", "--format", "csv", "tiny.incept"]);
    const [head = "", ...rows] = stdout.trimEnd().split("\n");
    const columns = head.split(",");
    expect(columns.slice(0, 5)).toEqual(["path", "module", "level", "outputShape", "params"]);
    expect(rows.map((row) => row.split(",").length)).toEqual(rows.map(() => columns.length));
    const total = rows.at(-1)?.split(",") ?? [];
    expect(total.slice(0, 2)).toEqual(["total", "Tiny"]);
    expect(total[columns.indexOf("params")]).toBe(String(PARAMS));
    expect(total[columns.indexOf("macs")]).toBe(String(MACS));
  });

  test("markdown is a heading, a list and a table", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { stdout } = await runIn(folder, ["report", "--format", "markdown", "tiny.incept"]);
    expect(stdout).toMatch(/^## Tiny\n/);
    expect(stdout).toContain("- parameters: 338 (322 trainable, 16 statistics");
    expect(stdout).toContain("| `stem` | 2 steps | 8×8×8 |");
  });
});

describe("which network", () => {
  const TWO = `${TINY}variant Wide of Tiny {\n  width 2\n}\n`;

  test("is the first, and the others are named on standard error", async () => {
    const folder = createFolder({ "two.incept": TWO });
    const { stdout, stderr } = await runIn(folder, ["report", "two.incept"]);
    expect(stdout).toMatch(/^Tiny /);
    expect(stderr).toContain("two.incept:Name: Wide");
  });

  test("is the one that is named", async () => {
    const folder = createFolder({ "two.incept": TWO });
    const { stdout, stderr } = await runIn(folder, ["report", "two.incept:Wide"]);
    expect(stdout).toMatch(/^Wide /);
    expect(stderr).toBe("");
  });

  test("that does not exist is not understood, with the nearest names", async () => {
    const folder = createFolder({ "two.incept": TWO });
    const { exitCode, stderr } = await runIn(folder, ["report", "two.incept:Wid"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("did you mean two.incept:Wide?");
  });

  test("is needed: a file of modules alone has none to report on", async () => {
    const folder = createFolder({ "m.incept": "module M {\n  conv 3x3 8\n}\n" });
    const { exitCode, stdout, stderr } = await runIn(folder, ["report", "m.incept"]);
    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("m.incept declares no network");
  });
});

test("a network with errors has no report: exit code 1, findings on standard error", async () => {
  const folder = createFolder({ "net.incept": BROKEN });
  const { exitCode, stdout, stderr } = await runIn(folder, ["report", "--json", "net.incept"]);
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain("✗ 1 error");
});

describe("another tool's convention", () => {
  test("gives that tool's number and rule beside ours", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const args = ["report", "tiny.incept", "--convention", "mac"];
    const { stdout } = await runIn(folder, [...args, "--count", "bias", "--count", "act"]);
    // The ten biases of the dense layer, and the activations: 16·16·8 of the convolution, ten of softmax.
    const count = MACS + 10 + 16 * 16 * 8 + 10;
    expect(stdout).toContain("MACs of mac: MAC + bias + activation.");
    expect(stdout).toContain(count.toLocaleString("en-US"));
  });

  test("is needed for --bn and --count: exit code 2", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    for (const option of [
      ["--bn", "folded"],
      ["--count", "bias"],
    ]) {
      const { exitCode, stderr } = await runIn(folder, ["report", "tiny.incept", ...option]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("--convention mac");
    }
  });

  test.each([
    ["--convention", "flips"],
    ["--count", "bananas"],
    ["--batch", "0"],
    ["--dtype", "float8"],
  ])("%s %s is not understood", async (...option) => {
    const { exitCode, stdout } = await runIn(createFolder(), ["report", "tiny.incept", ...option]);
    expect([exitCode, stdout]).toEqual([2, ""]);
  });
});

test("memory is for the batch and type that are asked for", async () => {
  const folder = createFolder({ "tiny.incept": TINY });
  const args = ["report", "--json", "tiny.incept"];
  const one = JSON.parse((await runIn(folder, args)).stdout);
  const many = await runIn(folder, [...args, "--batch", "8", "--dtype", "float16"]);
  expect(JSON.parse(many.stdout).activations.peakBytes).toBe(one.activations.peakBytes * 4);
});

/** Blocks whose order in the text is none of the others; `b` holds two of its own. */
const BLOCKS = `network Blocks {
  input 16x16x3
  a: conv 3x3 4 norm=none
  b: { c: conv 1x1 8 norm=none d: conv 3x3 16 norm=none }
  e: conv 1x1 2 norm=none
}
`;

describe("rows", () => {
  const FORMATS = ["text", "csv", "markdown", "html", "json"] as const;

  /** The first column of the rows, in whatever form. */
  async function namesIn(format: (typeof FORMATS)[number], ...args: string[]): Promise<string[]> {
    const folder = createFolder({ "blocks.incept": BLOCKS });
    const { stdout } = await runIn(folder, [
      "report",
      "blocks.incept",
      "--format",
      format,
      ...args,
    ]);
    const names = {
      text: () =>
        (stdout.split("\n\n").at(-1) ?? "")
          .split("\n")
          .slice(1)
          .map((line) => line.trim().split(" ")[0]),
      csv: () =>
        stdout
          .split("\n")
          .slice(1)
          .map((line) => line.split(",")[0])
          .filter((name) => name !== "total"),
      markdown: () => [...stdout.matchAll(/^\| (?:&emsp;)*`([^`]+)`/gm)].map(([, name]) => name),
      html: () =>
        [...stdout.matchAll(/<tr data-level="\d"><td[^>]*>([^<]+)</g)].map(([, name]) => name),
      json: () => {
        const { layers, operators, modules } = JSON.parse(stdout);
        const rows: readonly { path?: string; operator: string }[] = operators ?? layers ?? modules;
        return rows.map(({ path, operator }) => path ?? operator);
      },
    }[format]();
    return names.flatMap((name) => (name ? [name] : []));
  }

  test.each(FORMATS)("are blocks, layers or kinds of operators in %s", async (format) => {
    expect(await namesIn(format, "--levels", "2")).toEqual(["a", "b", "b.c", "b.d", "e"]);
    expect(await namesIn(format, "--by", "layer")).toEqual([
      "a.conv",
      "b.c.conv",
      "b.d.conv",
      "e.conv",
    ]);
    expect(await namesIn(format, "--by", "op")).toEqual(["conv"]);
  });

  // Parameters: 112, b 40 + 1168, 34. Tensors of two layers each: 4, 8 + 16, 2 channels.
  test.each(FORMATS)(
    "are sorted in %s, blocks within the block they are part of",
    async (format) => {
      const levels = ["--levels", "2"];
      expect(await namesIn(format, ...levels, "--sort", "params")).toEqual([
        "b",
        "b.d",
        "b.c",
        "a",
        "e",
      ]);
      expect(await namesIn(format, ...levels, "--sort", "memory")).toEqual([
        "b",
        "b.d",
        "b.c",
        "a",
        "e",
      ]);
      expect(await namesIn(format, ...levels, "--sort", "name")).toEqual([
        "a",
        "b",
        "b.c",
        "b.d",
        "e",
      ]);
      const layers = ["b.d.conv", "a.conv", "b.c.conv", "e.conv"];
      expect(await namesIn(format, "--by", "layer", "--sort", "macs")).toEqual(layers);
      expect(await namesIn(format, "--by", "layer", "--sort", "flops")).toEqual(layers);
    },
  );

  test("have bars of what they are sorted by", async () => {
    const folder = createFolder({ "blocks.incept": BLOCKS });
    const { stdout } = await runIn(folder, ["report", "blocks.incept", "--sort", "memory"]);
    expect(stdout).toMatch(/^b .* 48\.00 KiB {2}█{20}$/m);
    expect(stdout).toMatch(/^a .* 8\.00 KiB {2}█{3}$/m);
  });

  test("say memory for the batch and the type that are asked for", async () => {
    const folder = createFolder({ "blocks.incept": BLOCKS });
    const args = ["report", "blocks.incept", "--batch", "4", "--dtype", "float16"];
    expect((await runIn(folder, args)).stdout).toMatch(/^a .* 16\.00 KiB {2}/m);
  });

  test.each([
    [["--by", "layer", "--levels", "2"], "--levels applies to nested blocks"],
    [["--by", "op", "--levels", "1"], "--levels applies to nested blocks"],
    [["blocks.incept", "--by", "op"], "--by applies to the rows of one report"],
    [["--input", "8,9", "--sort", "macs"], "--sort applies to the rows of one report"],
    [["--input", "8,9", "blocks.incept"], "several networks can be compared at one size only"],
    [["--by", "module", "--input", "0"], "A side in pixels (224)"],
    [["--input", "8x8x3"], "channels stay as they are"],
    [["--by", "tensor"], "module, layer, op"],
    [["--sort", "size"], "order, name, params, macs, flops, memory"],
  ])("%j is not understood", async (args, message) => {
    const folder = createFolder({ "blocks.incept": BLOCKS });
    const { exitCode, stdout, stderr } = await runIn(folder, ["report", "blocks.incept", ...args]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  test("of layers may stand beside levels in a configuration file", async () => {
    const config = JSON.stringify({ report: { levels: 2 } });
    const folder = createFolder({ "blocks.incept": BLOCKS, "inceptc.config.json": config });
    const { exitCode } = await runIn(folder, ["report", "blocks.incept", "--by", "layer"]);
    expect(exitCode).toBe(0);
  });
});

describe("--input", () => {
  const STRIDED = `network Strided {
  input 32x32x3
  conv 5x5 4 /2 valid norm=none act=none
  conv 3x3 8 valid norm=none act=none
}
`;
  const report = async (...args: string[]) =>
    runIn(
      createFolder({
        "net.incept": STRIDED,
      }),
      ["report", ...args],
    );

  test("of one size is the whole report on it", async () => {
    const { stdout, exitCode } = await report("net.incept", "--input", "15x17");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Strided {2}15×17×3 → 4×5×8\n/);
    const declared = JSON.parse((await report("net.incept", "--json")).stdout);
    const same = JSON.parse((await report("net.incept", "--json", "--input", "32")).stdout);
    expect(same).toEqual(declared);
  });

  test("of one size that does not fit says what does: exit code 1", async () => {
    const { stdout, stderr, exitCode } = await report("net.incept", "--input", "8");
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("Strided does not take pictures of 8×8: the 3×3 window of `conv`");
    expect(stderr).toContain("net.incept:4:8");
    expect(stderr).toContain("the smallest input is 9×9");
  });

  test("of several sizes is a row for each, also for one that does not fit", async () => {
    const { stdout, exitCode } = await report("net.incept", "--input", "32,8", "--input", "9x12");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^Strided {2}on 3 picture sizes\n/);
    // conv: 14·14·4·(75 + 1) weights and biases moved; 12·12·8·36 and so on.
    expect(stdout).toMatch(/^32×32 +12×12×8 +600 +100\.3K +/m);
    expect(stdout).toMatch(/^ *8×8 +– .* the 3×3 window .*; the smallest input is 9×9$/m);
    expect(stdout).toMatch(/^ *9×12 +1×2×8 +600 /m);
  });

  test("of several sizes that all fit is well", async () => {
    expect((await report("net.incept", "--input", "32", "--input", "64")).exitCode).toBe(0);
  });

  test("has the other tool's convention as a column", async () => {
    const { stdout } = await report("net.incept", "--input", "32,64", "--convention", "fvcore");
    expect(stdout).toContain("flops of fvcore");
  });

  test("goes into every format", async () => {
    const args = ["net.incept", "--input", "32,8"];
    const csv = (await report(...args, "--format", "csv")).stdout.split("\n");
    expect(csv[0]).toBe("input,output,params,macs,flops,peakBytes,refusal");
    expect(csv[1]).toMatch(/^32x32,12x12x8,600,\d+,\d+,\d+,$/);
    expect(csv[2]).toMatch(/^8x8,,,,,,the 3×3 window/);
    const markdown = (await report(...args, "--format", "markdown")).stdout;
    expect(markdown).toMatch(/^\| 32×32 \| 12×12×8 \| 600 \|/m);
    const html = (await report(...args, "--format", "html")).stdout;
    expect(html).toContain("the smallest input is 9×9");
    const json = JSON.parse((await report(...args, "--json")).stdout);
    expect(json.compared).toBe("sizes");
    expect(json.subjects[0]).toMatchObject({ label: "32×32", report: { input: [32, 32, 3] } });
    expect(json.subjects[1]).toMatchObject({
      label: "8×8",
      refusal: { place: "net.incept:4:8", minInput: [9, 9] },
    });
  });
});

describe("several networks", () => {
  const TWO = `${BLOCKS}variant Wide of Blocks {\n  width 2\n}\n`;
  const compare = async (...args: string[]) =>
    runIn(createFolder({ "two.incept": TWO, "broken.incept": BROKEN, "tiny.incept": TINY }), [
      "report",
      ...args,
    ]);
  const PAIR = ["two.incept:Blocks", "two.incept:Wide"];

  test("stand side by side, with what each is more than the first", async () => {
    const { stdout, exitCode } = await compare(...PAIR);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Blocks, Wide {2}side by side\n/);
    // 112 + 40 + 1168 + 34, and 224 + 144 + 4640 + 264: channels are multiples of 8.
    expect(stdout).toMatch(/^parameters +1\.35K +5\.27K +\+3\.92K +\+289\.4%$/m);
    expect(stdout).toMatch(/^output +16×16×2 +16×16×8$/m);
    expect(stdout).toMatch(/^convolutions +4 +4 +±0$/m);
  });

  test("may be three, the first of them with a figure that others lack", async () => {
    const { stdout, stderr } = await compare("tiny.incept", ...PAIR, "--format", "csv");
    expect(stderr).toBe("");
    const [head = "", ...rows] = stdout.split("\n");
    expect(head).toBe("figure,Tiny,Blocks,Blocks - Tiny,Wide,Wide - Tiny");
    expect(rows).toContain(`params,338,1354,${1354 - 338},5272,${5272 - 338}`);
    expect(rows).toContain("input,32x32x3,16x16x3,,16x16x3,");
  });

  test("go into every format", async () => {
    expect((await compare(...PAIR, "--format", "markdown")).stdout).toMatch(
      /^\| parameters \| 1\.35K \|/m,
    );
    expect((await compare(...PAIR, "--format", "html")).stdout).toContain("+289.4%");
    const json = JSON.parse((await compare(...PAIR, "--json")).stdout);
    expect(json).toMatchObject({ formatVersion: 1, compared: "networks" });
    expect(json.figures).toContainEqual({
      figure: "params",
      values: [1354, 5272],
      differences: [0, 3918],
    });
    expect(json.figures).toContainEqual({
      figure: "output",
      values: [
        [16, 16, 2],
        [16, 16, 8],
      ],
      differences: [null, null],
    });
    expect(json.subjects[1].report).toEqual(
      JSON.parse((await compare("two.incept:Wide", "--json")).stdout),
    );
  });

  test("go by what stands on the command line where they have the same name", async () => {
    const { stdout } = await compare("two.incept:Wide", "two.incept:Wide");
    expect(stdout).toMatch(/^two\.incept:Wide, two\.incept:Wide {2}/);
  });

  test("are all on the one size that is asked for", async () => {
    const { stdout } = await compare(...PAIR, "--input", "8");
    expect(stdout).toMatch(/^input +8×8×3 +8×8×3$/m);
  });

  test("are not compared where one has errors: exit code 1", async () => {
    const { exitCode, stdout, stderr } = await compare("tiny.incept", "broken.incept");
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("✗ 1 error");
  });

  test("can be on standard input once", async () => {
    const { exitCode, stderr } = await compare("-", "-");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("standard input can be read only once");
  });
});

test("every format but CSV is headed by what was counted, and for what", async () => {
  const folder = createFolder({ "tiny.incept": TINY });
  const args = [
    "report",
    "tiny.incept",
    "--batch",
    "8",
    "--convention",
    "fvcore",
    "--bn",
    "folded",
  ];
  for (const format of ["text", "markdown", "html"]) {
    const { stdout } = await runIn(folder, [...args, "--format", format]);
    expect(stdout).toContain("32×32×3 → 10");
    expect(stdout).toContain("batch normalization not folded; memory for a batch of 8 in float32.");
    expect(stdout).toMatch(/^(<p[^>]*>)?FLOP: 2·MAC/m);
    expect(stdout).toMatch(/^flops of fvcore: .*, batch normalization folded\./m);
  }
});
