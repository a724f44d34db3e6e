/** Writes the table of targets in docs/generated-code.md from the registry in `src/compiler/emit/targets.ts`. */
import { TARGETS } from "../../src/compiler/emit/targets.ts";
import { type DerivedFile, readRepositoryFile } from "../derived-file.ts";
import { renderTable } from "./markdown-table.ts";
import { replaceSection } from "./replace-section.ts";

const PATH = "docs/generated-code.md";

const OUTPUTS = { folder: "the current folder", stdout: "standard output" } as const;

/** The page with its table written anew. */
export function deriveTargets(): DerivedFile {
  const rows = TARGETS.map(({ name, doc, extensions, defaultOut }) => [
    `\`${name}\``,
    doc,
    extensions.map((extension) => `\`${extension}\``).join(", "),
    OUTPUTS[defaultOut],
  ]);
  const table = renderTable(["target", "what it makes", "files", "where, without `--out`"], rows);
  return { path: PATH, text: replaceSection(PATH, readRepositoryFile(PATH), "targets", table) };
}
