/** Tests what is printed of a failure, and of an error that is a bug of inceptc. */
import { expect, test } from "vitest";
import { EXIT_CODES } from "../../src/cli/exit-codes.ts";
import { Failure } from "../../src/cli/failure.ts";
import { reportError } from "../../src/cli/print-failure.ts";
import { inTerminal } from "./support/run-in-folder.ts";

/** What is printed of the error in a command with these arguments. */
function reportIn(error: unknown, env: Record<string, string> = {}) {
  const args = ["check", "a b.incept"];
  return inTerminal(".", { env }, async (terminal) => reportError(error, args, terminal));
}

test("a failure has its own exit code, and its help below it", async () => {
  const failure = new Failure(EXIT_CODES.unreadable, "x.incept is a folder", "name a file");
  expect(await reportIn(failure)).toEqual({
    exitCode: 3,
    stdout: "",
    stderr: "inceptc: x.incept is a folder\n  help: name a file\n",
  });
});

test("control characters of a message do not reach the terminal", async () => {
  const { stderr } = await reportIn(new Failure(EXIT_CODES.usage, "\u001b[2Jno file"));
  expect(stderr).not.toContain("\u001b");
});

test("any other error is a bug: exit code 4, and what a report of it needs", async () => {
  const { exitCode, stdout, stderr } = await reportIn(new TypeError("x is not a function"));
  expect([exitCode, stdout]).toEqual([4, ""]);
  expect(stderr).toContain("this is a bug in inceptc, not in your specification");
  expect(stderr).toContain(`Node ${process.version}`);
  expect(stderr).toContain('inceptc "check" "a b.incept"\n');
  expect(stderr).toContain("TypeError: x is not a function");
  expect(stderr).toContain("INCEPTC_DEBUG=1 prints the stack trace.");
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test("INCEPTC_DEBUG prints the stack trace, where there is one", async () => {
  const { stderr } = await reportIn(new Error("broken"), { INCEPTC_DEBUG: "1" });
  expect(stderr).toMatch(/^ {4}at /m);
  const thrown = await reportIn("a word", { INCEPTC_DEBUG: "1" });
  expect(thrown.exitCode).toBe(4);
  expect(thrown.stderr).toContain("thrown: a word");
});
