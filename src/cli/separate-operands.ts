/** Marks what git appends to the command line of its diff driver, so that a file's name is never taken for an option. */

/** Modes of files as git passes them, also for a missing file; and what docs/diff.md puts in their place for a difftool. */
const MODE = /^(?:[0-7]{6}|\.|-)$/;

/** The arguments of `git-diff-driver` with `--` before those of git: seven, or nine for a renamed file. */
export function separateOperands(args: readonly string[]): readonly string[] {
  if (args[0] !== "git-diff-driver" || args.includes("--")) return args;
  const count = [9, 7].find((one) => {
    const operands = args.slice(1).slice(-one);
    return operands.length === one && MODE.test(operands[3] ?? "") && MODE.test(operands[6] ?? "");
  });
  if (count === undefined) return args;
  return [...args.slice(0, -count), "--", ...args.slice(-count)];
}
