/** Tests that names of files and values of options cannot control the terminal, whatever a command does with them. */
import { describe, expect, test } from "vitest";
import { printable } from "../../src/cli/printable.ts";
import { BROKEN, createFolder, runIn, TINY } from "./support/run-in-folder.ts";

/** Clears the screen, sets the title, goes back on the line, turns the writing around, and is two lines. */
const HOSTILE = "\u001b[2J\u001b]0;title\u0007\u009b1m\r\u202e\nx";
/** What inceptc itself prints: lines, and colours where they are asked for. */
const CONTROL = /[^\P{C}\n]/u;

describe("nothing that a name holds controls the terminal", () => {
  const good = `${HOSTILE}a.incept`;
  const bad = `${HOSTILE}b.incept`;
  test.each([
    ["check", good],
    ["check", bad],
    ["check", "missing", HOSTILE],
    ["report", good],
    ["report", good, good],
    ["report", good, "--out", `${HOSTILE}.txt`],
    ["diff", good, bad],
    ["diff", good, "small.incept"],
    ["fmt", "--check", "--diff", good],
    ["fmt", bad],
    ["compile", good, "--out", HOSTILE],
    ["compile", good, "--out", HOSTILE, "--dry-run"],
    ["graph", good, "--out", `${HOSTILE}.svg`],
    ["graph", good, "--expand", HOSTILE],
    ["init", HOSTILE],
    ["init", "--template", HOSTILE],
    ["explain", HOSTILE],
    ["completion", HOSTILE],
    ["git-diff-driver", good, good, "0", "0", bad, "0", "0"],
    ["review", HOSTILE],
    [HOSTILE],
    ["check", `--${HOSTILE}`],
    ["check", good, "--lint", HOSTILE],
    ["check", good, "--set", HOSTILE],
    ["check", good, "--limit", HOSTILE],
    ["check", good, "--format", HOSTILE],
    ["check", good, "--color", HOSTILE],
    ["check", good, "--max-warnings", HOSTILE],
    ["check", good, "--root", HOSTILE],
    ["report", good, "--input", HOSTILE],
    ["diff", good, good, "--only", HOSTILE, "--ignore", HOSTILE],
    ["diff", good, good, "--max-macs", HOSTILE],
    ["diff", good, good, "--map", HOSTILE],
  ])("%j", async (...args) => {
    const folder = createFolder({ [good]: TINY, [bad]: BROKEN, "small.incept": TINY });
    const { stdout, stderr } = await runIn(folder, args, { isTty: true, env: { NO_COLOR: "1" } });
    expect(stderr).not.toMatch(CONTROL);
    expect(stdout).not.toMatch(CONTROL);
    expect(stderr).not.toMatch(/^xa\.incept/m);
  });
});

test("a file or a program gets names as they are", async () => {
  const name = "\u001b[2Ja.incept";
  const folder = createFolder({ [name]: TINY.replaceAll("  ", "     ") });
  const { stdout } = await runIn(folder, ["fmt", "--check", name]);
  expect(stdout).toBe(`${name}\n`);
});

test("colours stay where they are wanted, and nothing else of the kind", () => {
  const styled = "\u001b[1m\u001b[31mred\u001b[39m\u001b[22m \u001b[2Jx\u001b[0m";
  expect(printable(styled, true)).toBe(
    "\u001b[1m\u001b[31mred\u001b[39m\u001b[22m <U+001B>[2Jx<U+001B>[0m",
  );
  expect(printable(styled, false)).not.toContain("\u001b");
  expect(printable("a\tb\nc – d\u{1f600}", false)).toBe("a\tb\nc – d\u{1f600}");
});
