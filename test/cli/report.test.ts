/** Owns what `inceptc report` prints, where, and with which exit code. */
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
