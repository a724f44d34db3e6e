/** Tests the output, streams and exit codes of `inceptc check`. */
import { describe, expect, test } from "vitest";
import { BROKEN, createFolder, runIn, TINY } from "./support/run-in-folder.ts";

/** The module has the fault; both files import it. */
const SHARED_FAULT = {
  "bad.incept": "module Bad {\n  conv 3x3 0\n}\n",
  "a.incept": 'import { Bad } from "./bad.incept"\nnetwork A {\n  input 8x8x3\n  Bad\n}\n',
  "b.incept": 'import { Bad } from "./bad.incept"\nnetwork B {\n  input 8x8x3\n  Bad\n}\n',
};

describe("a clean file", () => {
  test("exits 0, says so on standard error, and prints nothing on standard output", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { exitCode, stdout, stderr } = await runIn(folder, ["check", "tiny.incept"]);
    expect(stderr).toBe("✓ tiny.incept: Tiny\n");
    expect(stdout).toBe("");
    expect(exitCode).toBe(0);
  });

  test("is not mentioned with --quiet", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { exitCode, stdout, stderr } = await runIn(folder, ["check", "-q", "tiny.incept"]);
    expect([exitCode, stdout, stderr]).toEqual([0, "", ""]);
  });

  test("is plain ASCII where the locale is not UTF-8", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { stderr } = await runIn(folder, ["check", "tiny.incept"], { env: { LC_ALL: "C" } });
    expect(stderr).toBe("ok tiny.incept: Tiny\n");
  });
});

describe("a file with an error", () => {
  test("exits 1 and shows the place with a frame, in the order file:line:column severity code", async () => {
    const folder = createFolder({ "net.incept": BROKEN });
    const { exitCode, stdout, stderr } = await runIn(folder, ["check", "net.incept"]);
    expect(exitCode).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/net\.incept:\d+:\d+.*error.*shape\//);
    expect(stderr).toContain("16×16×8");
    expect(stderr).toContain("32×32×8");
    expect(stderr).toMatch(/✗ 1 error\n$/);
  });

  test("leaves the other files checked; the highest exit code wins", async () => {
    const folder = createFolder({ "net.incept": BROKEN, "tiny.incept": TINY });
    const files = ["net.incept", "missing.incept", "tiny.incept"];
    const { exitCode, stderr } = await runIn(folder, ["check", ...files]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("missing.incept does not exist");
    expect(stderr).toContain("✗ 1 error");
    expect(stderr).toContain("✓ tiny.incept: Tiny");
  });

  test("counts a module's error once, however many files import it", async () => {
    const folder = createFolder(SHARED_FAULT);
    const { stdout } = await runIn(folder, ["check", "--json", "a.incept", "b.incept"]);
    const { diagnostics } = JSON.parse(stdout);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0].file).toBe("bad.incept");
  });

  test("is coloured with --color always, and not with NO_COLOR on a terminal", async () => {
    const folder = createFolder({ "net.incept": BROKEN });
    const colored = await runIn(folder, ["check", "--color", "always", "net.incept"]);
    const plain = await runIn(folder, ["check", "net.incept"], {
      isTty: true,
      env: { NO_COLOR: "1" },
    });
    const onTerminal = await runIn(folder, ["check", "net.incept"], { isTty: true });
    expect(colored.stderr).toContain("\u001b[");
    expect(plain.stderr).not.toContain("\u001b[");
    expect(onTerminal.stderr).toBe(colored.stderr);
  });
});

describe("formats for programs", () => {
  test("json goes to standard output with lines and columns from 1", async () => {
    const folder = createFolder({ "net.incept": BROKEN });
    const { exitCode, stdout, stderr } = await runIn(folder, ["check", "--json", "net.incept"]);
    expect(exitCode).toBe(1);
    expect(stderr).toBe("");
    const { formatVersion, diagnostics } = JSON.parse(stdout);
    expect(formatVersion).toBe(1);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ severity: "error", file: "net.incept" });
    expect(diagnostics[0].range.start.line).toBeGreaterThanOrEqual(3);
  });

  test("json of a clean file is an empty list", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { exitCode, stdout } = await runIn(folder, ["check", "--format", "json", "tiny.incept"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ formatVersion: 1, diagnostics: [] });
  });

  test("github gives one workflow command for each finding", async () => {
    const folder = createFolder({ "net.incept": BROKEN });
    const { exitCode, stdout } = await runIn(folder, ["check", "--format", "github", "net.incept"]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^::error file=net\.incept,line=\d+,[^\n]*::[^\n]+\n$/);
  });

  test("sarif is version 2.1.0 and names the tool", async () => {
    const folder = createFolder({ "net.incept": BROKEN });
    const { stdout } = await runIn(folder, ["check", "--format", "sarif", "net.incept"]);
    const { version, runs } = JSON.parse(stdout);
    expect(version).toBe("2.1.0");
    expect(runs[0].tool.driver.name).toBe("inceptc");
    expect(runs[0].results).toHaveLength(1);
  });
});

describe("a warning", () => {
  const RESIZED = `${TINY}
network Stated {
  input 32x32x3
  stem: conv 3x3 16 => 32x32x16
}
variant Narrow of Stated {
  width 0.5
}
`;

  test("does not fail unless --max-warnings says so", async () => {
    const folder = createFolder({ "net.incept": RESIZED });
    const lax = await runIn(folder, ["check", "net.incept"]);
    const strict = await runIn(folder, ["check", "--max-warnings", "0", "net.incept"]);
    expect(lax.stderr).toContain("1 warning");
    expect(lax.exitCode).toBe(0);
    expect(strict.exitCode).toBe(1);
    expect(strict.stderr).toContain("--max-warnings allows 0");
  });

  test("is not shown with --quiet, and still counts", async () => {
    const folder = createFolder({ "net.incept": RESIZED });
    const args = ["check", "--quiet", "--max-warnings", "0", "net.incept"];
    const { exitCode, stderr } = await runIn(folder, args);
    expect(exitCode).toBe(1);
    expect(stderr).not.toContain("outdated");
  });
});

describe("--set", () => {
  test("gives a network its parameter", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { exitCode } = await runIn(folder, ["check", "tiny.incept", "--set", "classes=3"]);
    expect(exitCode).toBe(0);
  });

  test("of a value out of range is a finding", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { exitCode, stderr } = await runIn(folder, [
      "check",
      "tiny.incept",
      "--set",
      "classes=0",
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("error");
  });

  test.each(["classes", "=3", "1a=3", "classes="])("`%s` is not understood", async (pair) => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { exitCode, stderr } = await runIn(folder, ["check", "tiny.incept", "--set", pair]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("name=value");
  });

  test("twice for one name is not understood", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const twice = ["--set", "classes=3", "--set", "classes=4"];
    const { exitCode } = await runIn(folder, ["check", "tiny.incept", ...twice]);
    expect(exitCode).toBe(2);
  });
});

describe("standard input", () => {
  test("is read for -, and called <stdin>", async () => {
    const { exitCode, stderr } = await runIn(createFolder(), ["check", "-"], { stdin: BROKEN });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("<stdin>:");
  });

  test("stands for the file of --stdin-filepath, and imports are found beside that", async () => {
    const folder = createFolder({ "nets/part.incept": "module Part {\n  conv 3x3 8\n}\n" });
    const stdin = 'import { Part } from "./part.incept"\nnetwork N {\n  input 8x8x3\n  Part\n}\n';
    const args = ["check", "-", "--stdin-filepath", "nets/net.incept"];
    const { exitCode, stderr } = await runIn(folder, args, { stdin });
    expect(stderr).toBe("✓ nets/net.incept: N\n");
    expect(exitCode).toBe(0);
  });
});

describe("--stats", () => {
  test("says on standard error how long each step took", async () => {
    const folder = createFolder({ "tiny.incept": TINY });
    const { stdout, stderr } = await runIn(folder, ["check", "--stats", "tiny.incept"]);
    expect(stdout).toBe("");
    const phases = ["parse", "bind", "declarations", "elaborate", "infer", "lint"];
    for (const step of ["start", "read", ...phases, "check", "print", "total"]) {
      expect(stderr).toMatch(new RegExp(`^${step} +\\d+\\.\\d ms$`, "m"));
    }
  });
});

describe("lints", () => {
  /** The 7×7 kernel is only advised against. */
  const LARGE = "network N {\n  input 32x32x16\n  conv 7x7 16\n}\n";

  test("that advise are shown with --advice", async () => {
    const folder = createFolder({ "net.incept": LARGE });
    const silent = await runIn(folder, ["check", "net.incept"]);
    const advised = await runIn(folder, ["check", "--advice", "net.incept"]);
    expect(silent.stderr).toBe("✓ net.incept: N\n");
    expect(advised.exitCode).toBe(0);
    expect(advised.stderr).toContain("lint/large-kernel");
  });

  test("have the level that --lint gives them, and an error counts", async () => {
    const folder = createFolder({ "net.incept": LARGE });
    const args = ["check", "net.incept", "--lint", "lint/large-kernel=error"];
    const { exitCode, stderr } = await runIn(folder, args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("error lint/large-kernel");
  });

  test.each([
    ["lint/large-kernels=off", "did you mean lint/large-kernel?"],
    ["lint/large-kernel=loud", "off, info, warning, error"],
    ["lint/large-kernel", "does not have the form code=level"],
  ])("--lint %s is not understood", async (pair, message) => {
    const folder = createFolder({ "net.incept": LARGE });
    const { exitCode, stderr } = await runIn(folder, ["check", "net.incept", "--lint", pair]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});

test.each([["check"], ["report"], ["compile"], ["graph"], ["diff", "tiny.incept"]])(
  "a file that is too large says so, also where a network of it is named: %s",
  async (...command) => {
    const folder = createFolder({ "tiny.incept": TINY });
    const args = [...command, "tiny.incept:Tiny", "--limit", "characters=9"];
    const { stderr } = await runIn(folder, args);
    expect(stderr).toContain("syntax/file-too-large");
    expect(stderr).not.toContain("no network");
  },
);
