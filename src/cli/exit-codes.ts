/** The exit codes, what each means, and the text about them in `--help`. */

/** The exit codes; `docs` and `--help` list the same meanings. */
export const EXIT_CODES = {
  ok: 0,
  findings: 1,
  usage: 2,
  unreadable: 3,
  internal: 4,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** The exit codes as `--help` shows them. */
export const EXIT_CODE_HELP = `Exit codes:
  0  success
  1  findings: errors in the specification, too many warnings, or stale files with --check
  2  invalid command line
  3  an input could not be read, or an output could not be written
  4  an internal error of inceptc`;
