/** Tests what `inceptc graph` draws, where it writes it, and its exit codes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseXml } from "../support/parse-xml.ts";
import { BROKEN, createFolder, runIn, TINY } from "./support/run-in-folder.ts";

const MODULES = `module Twice { conv 3x3 4 -> conv 3x3 4 }
network Net { input 16x16x3 a: Twice b: 3 x Twice }
variant Wide of Net { width 2 }
`;

test("draws the first network as SVG on standard output, and names the others", async () => {
  const folder = createFolder({ "net.incept": MODULES });
  const { exitCode, stdout, stderr } = await runIn(folder, ["graph", "net.incept"]);
  expect(exitCode).toBe(0);
  expect(parseXml(stdout).name).toBe("svg");
  expect(stdout).toContain(">3 × Twice<");
  expect(stderr).toContain("name another as net.incept:Name: Wide");
});

test("draws the network that is named, from standard input too", async () => {
  const folder = createFolder({ "net.incept": MODULES });
  const named = await runIn(folder, ["graph", "net.incept:Wide"]);
  expect(named.stdout).toContain(">Wide (Net)<");
  const piped = await runIn(folder, ["graph", "-"], { stdin: TINY });
  expect(piped.stdout).toContain(">Tiny<");
});

describe("--out", () => {
  test.each([
    ["net.svg", "<svg "],
    ["net.pdf", "%PDF-"],
    ["net.html", "<!doctype html>"],
    ["net.HTM", "<!doctype html>"],
    ["deep/er/net.dot", "digraph "],
    ["net.gv", "digraph "],
    ["net.mmd", "flowchart TB"],
  ])("%s holds what its ending says, and is named", async (out, start) => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { exitCode, stdout } = await runIn(folder, ["graph", "tiny.incept", "--out", out]);
    expect([exitCode, stdout]).toEqual([0, `${out}\n`]);
    expect(readFileSync(join(folder, out), "utf8").startsWith(start)).toBe(true);
  });

  test("a folder gets a file that is called as generated code is", async () => {
    const folder = createFolder({ "net.incept": MODULES, "pictures/x": "" });
    const args = ["graph", "net.incept:Wide", "--out", "pictures", "--format", "html"];
    expect((await runIn(folder, args)).stdout).toBe("pictures/wide.html\n");
    const fresh = await runIn(folder, ["graph", "net.incept:Wide", "--out", "new/"]);
    expect(fresh.stdout).toBe("new/wide.svg\n");
  });

  test("wants an ending that says the form, or --format", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { exitCode, stderr } = await runIn(folder, ["graph", "tiny.incept", "--out", "net.png"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("or pass --format");
    const said = await runIn(folder, ["graph", "tiny.incept", "--out", "n.txt", "--format", "dot"]);
    expect(said.exitCode).toBe(0);
  });

  test("of a PDF is not needed in a pipe, but on a terminal", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const args = ["graph", "tiny.incept", "--format", "pdf"];
    expect((await runIn(folder, args)).stdout).toMatch(/^%PDF-/);
    const { exitCode, stdout, stderr } = await runIn(folder, args, { isTty: true });
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("a PDF is not text, and standard output is a terminal");
  });

  test("that cannot be written is exit code 3", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { exitCode } = await runIn(folder, [
      "graph",
      "tiny.incept",
      "--out",
      "tiny.incept/x.svg",
    ]);
    expect(exitCode).toBe(3);
  });
});

describe("--expand", () => {
  test("opens what it names, and may be repeated", async () => {
    const folder = createFolder({ "net.incept": MODULES });
    const args = ["graph", "net.incept", "--expand", "a", "--expand", "b.2"];
    const { stdout } = await runIn(folder, args);
    expect(stdout).toContain('data-path="a.conv_1"');
    expect(stdout).toContain('data-path="b.0.conv_1"');
  });

  test("of what does not exist is not understood, with the nearest path", async () => {
    const folder = createFolder({ "net.incept": MODULES });
    const { exitCode, stdout, stderr } = await runIn(folder, [
      ...["graph", "net.incept", "--expand", "a.con"],
    ]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Net has nothing at `a.con` to expand");
    expect(stderr).toContain("did you mean a.conv");
  });
});

describe("--diff", () => {
  const CHANGED = MODULES.replace("a: Twice", "a: Twice\n conv 1x1 4\n").replace(
    "b: 3 x",
    "b: 2 x",
  );

  test("draws both networks and marks what differs on its side", async () => {
    const folder = createFolder({ "old.incept": MODULES, "new.incept": CHANGED });
    const args = ["graph", "--diff", "old.incept:Net", "new.incept:Net"];
    const { exitCode, stdout } = await runIn(folder, args);
    expect(exitCode).toBe(0);
    const marks = [...stdout.matchAll(/class="node [^"]*mark-(\w+)" data-path="([\w.]+)"/g)];
    expect(marks.map(([, mark, path]) => `${mark} ${path}`)).toEqual([
      "changed b",
      "added conv",
      "changed b",
    ]);
  });

  test("says what changed, and --unchanged shows what did not", async () => {
    const folder = createFolder({ "old.incept": MODULES, "new.incept": CHANGED });
    const args = ["graph", "--diff", "old.incept:Net", "new.incept:Net"];
    const { stdout } = await runIn(folder, args);
    expect(stdout).toContain(">repeats: 3 → 2<");
    expect(stdout).toContain('class="node group unchanged folded"');
    const whole = await runIn(folder, [...args, "--unchanged"]);
    expect(whole.stdout).not.toContain("unchanged folded");
  });

  test("compares a variant with what it is of", async () => {
    const folder = createFolder({ "net.incept": MODULES });
    const { stdout } = await runIn(folder, ["graph", "--diff", "net.incept:Wide", "--out", "./"]);
    expect(stdout).toBe("wide-diff.svg\n");
    const svg = readFileSync(join(folder, "wide-diff.svg"), "utf8");
    expect(svg).toContain(">Net<");
    expect(svg).toContain(">Wide (Net)<");
  });

  test("of equal networks marks nothing", async () => {
    const folder = createFolder({ "net.incept": MODULES });
    const args = ["graph", "--diff", "net.incept:Net", "net.incept:Net"];
    expect((await runIn(folder, args)).stdout).not.toContain('class="sign"');
  });

  test("is needed for two networks", async () => {
    const folder = createFolder({ "net.incept": MODULES });
    const { exitCode, stderr } = await runIn(folder, ["graph", "net.incept", "net.incept"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("say --diff");
  });
});

describe("what is shown", () => {
  const draw = async (...args: readonly string[]): Promise<string> => {
    const folder = createFolder({ "net.incept": MODULES });
    return (await runIn(folder, ["graph", "net.incept", ...args])).stdout;
  };

  test("--no-heat, --no-counts and --no-shapes leave out one thing each", async () => {
    const whole = await draw();
    expect(whole).toMatch(/class="block heat-[1-5]"/);
    expect(whole).toContain("share of the MACs");
    expect(whole).toContain(" params · ");
    expect(whole).toContain(">16×16×4<");
    const plain = await draw("--no-heat");
    expect(plain).not.toMatch(/class="block heat-/);
    expect(plain).not.toContain("share of the MACs");
    expect(plain).toContain(" params · ");
    const uncounted = await draw("--no-counts").then((svg) => svg.replace(/<title>[^<]*</g, ""));
    expect(uncounted).not.toMatch(/params|parameters|[0-9] MACs/);
    expect(uncounted).toContain(">16×16×4<");
    expect(await draw("--no-shapes")).not.toContain('<text class="shape"');
    expect(await draw("--no-shapes", "--format", "dot")).not.toContain("16×16×4");
  });

  test("--layout right is wider than high, also for other programs", async () => {
    const size = (svg: string): readonly number[] =>
      /width="(\d+)" height="(\d+)"/.exec(svg)?.slice(1).map(Number) ?? [];
    const [width = 0, height = 0] = size(await draw("--layout", "right", "--expand", "all"));
    expect(width).toBeGreaterThan(height);
    expect(await draw("--layout", "right", "--format", "dot")).toContain("rankdir=LR");
    expect(await draw("--layout", "right", "--format", "mermaid")).toMatch(/^flowchart LR\n/);
  });
});

describe("--width", () => {
  test.each([
    ["85mm", "85mm"],
    ["8.5cm", "85mm"],
    ["2in", "50.8mm"],
    ["72pt", "25.4mm"],
    ["192px", "50.8mm"],
  ])("%s makes an SVG %s wide", async (length, width) => {
    const folder = createFolder({ "net.incept": MODULES });
    const { stdout } = await runIn(folder, ["graph", "net.incept", "--width", length]);
    expect(parseXml(stdout).attributes.width).toBe(width);
  });

  test("says the unit that is missing", async () => {
    const folder = createFolder({ "net.incept": MODULES });
    const { stderr } = await runIn(folder, ["graph", "net.incept", "--width", "85"]);
    expect(stderr).toContain("A length with its unit is expected, such as 85mm");
  });

  test("warns of text that nobody can read, and not of other", async () => {
    const folder = createFolder({ "net.incept": MODULES });
    const draw = async (...args: readonly string[]): Promise<string> =>
      (await runIn(folder, ["graph", "net.incept:Net", "--width", ...args])).stderr;
    expect(await draw("20mm")).toContain("at this width the smallest text is");
    expect(await draw("20mm", "-q")).toBe("");
    expect(await draw("85mm")).toBe("");
  });

  test.each([
    ["html", "--width", "85mm"],
    ["dot", "--layout", "columns"],
    ["mermaid", "--width", "85mm"],
  ])("and columns are not for %s", async (format, ...option) => {
    const folder = createFolder({ "net.incept": MODULES });
    const args = ["graph", "net.incept", "--format", format, ...option];
    const { exitCode, stdout, stderr } = await runIn(folder, args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`applies to svg and pdf, not to ${format}`);
  });
});

test("a picture too large to be drawn is not begun", async () => {
  const steps = Array.from({ length: 1600 }, () => "  conv 1x1 2").join("\n");
  const folder = createFolder({ "long.incept": `network N {\n  input 4x4x2\n${steps}\n}\n` });
  const { exitCode, stdout, stderr } = await runIn(folder, ["graph", "long.incept"]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("at most 1500 can be drawn");
});

test("a network with errors is not drawn: exit code 1, findings on standard error", async () => {
  const folder = createFolder({ "net.incept": BROKEN });
  const { exitCode, stdout, stderr } = await runIn(folder, ["graph", "net.incept"]);
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("✗ 1 error");
});

test.each([
  ["--format", "png"],
  ["--theme", "pink"],
  ["--layout", "up"],
  ["--width", "85"],
  ["--width", "1mm"],
  ["--width", "9e3mm"],
  ["--width", "300in"],
  ["--width", "-5cm"],
])("%s %s is not understood", async (...option) => {
  const folder = createFolder({ "tiny.incept": TINY });
  const { exitCode, stdout } = await runIn(folder, ["graph", "tiny.incept", ...option]);
  expect([exitCode, stdout]).toEqual([2, ""]);
});
