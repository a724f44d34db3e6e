/** Runs `inceptc explain`: prints the documentation of a diagnostic code, or the list of codes. */
import { join } from "node:path";
import { type CatalogueEntry, catalogue } from "../../compiler/index.ts";
import { packageFolder } from "../../node/package-folder.ts";
import { readInputFile } from "../../node/read-input.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { nearest } from "../suggestion.ts";
import type { Terminal } from "../terminal.ts";

const entries: ReadonlyMap<string, Pick<CatalogueEntry<never>, "severity">> = new Map(
  Object.entries(catalogue),
);

/** Prints to standard output. Throws a {@link Failure} (exit code 2) for a code that does not exist. */
export function runExplain(code: string | undefined, terminal: Terminal): ExitCode {
  if (code === undefined) {
    for (const [name, { severity }] of entries) {
      terminal.stdout.write(`${severity.padEnd(8)} ${name}\n`);
    }
    return EXIT_CODES.ok;
  }
  if (!entries.has(code)) {
    throw new Failure(
      EXIT_CODES.usage,
      `there is no diagnostic with the code \`${code}\``,
      nearest(code, [...entries.keys()]) ?? "inceptc explain lists all codes",
    );
  }
  const folder = packageFolder();
  const page = join(folder, "docs", "diagnostics", `${code}.md`);
  const input = readInputFile(page, folder);
  if ("problem" in input) {
    throw new Failure(EXIT_CODES.unreadable, `${page} ${input.problem}`);
  }
  terminal.stdout.write(input.text);
  return EXIT_CODES.ok;
}
