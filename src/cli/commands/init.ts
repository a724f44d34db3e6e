/** Runs `inceptc init`: copies a bundled specification and its imports into the user's folder. */
import { readdirSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { displayMessage } from "../../compiler/diagnostics/display-text.ts";
import { check } from "../../compiler/index.ts";
import { packageFolder } from "../../node/package-folder.ts";
import { readInputFile } from "../../node/read-input.ts";
import { compareFile, type OutputFile, writeFiles } from "../../node/write-files.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { printPath } from "../printable.ts";
import { openSource } from "../source.ts";
import { nearest } from "../suggestion.ts";
import type { Terminal } from "../terminal.ts";
import { attemptWrite } from "../write-output.ts";

export interface InitOptions {
  readonly template: string;
  readonly list?: true;
}

/** Folders of `specs/` whose specifications are templates; `modules/` holds what they import. */
const TEMPLATE_FOLDERS = [".", "zoo"] as const;

/** Prints the paths of the new files. Throws a {@link Failure} where a file with other content is there. */
export async function runInit(
  folder: string | undefined,
  { template, list }: InitOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const templates = findTemplates();
  if (list) {
    for (const name of templates.keys()) terminal.stdout.write(`${name}\n`);
    return EXIT_CODES.ok;
  }
  const spec = templates.get(template);
  if (spec === undefined) {
    throw new Failure(
      EXIT_CODES.usage,
      `there is no template called \`${template}\``,
      nearest(template, [...templates.keys()]) ?? "inceptc init --list names them",
    );
  }
  if (folder?.endsWith(".incept")) {
    throw new Failure(
      EXIT_CODES.usage,
      `\`${folder}\` is the name of a file, but init takes a folder`,
      `inceptc init --template ${template} writes ${basename(spec)} here; rename it afterwards`,
    );
  }
  const files = await withImports(spec, terminal);
  const out = folder ?? ".";
  const target = resolve(terminal.cwd, out);
  attemptWrite(terminal, () => {
    requireNothingLost(target, out, files);
    writeFiles(target, files);
  });
  for (const { fileName } of files) printPath(join(out, fileName), terminal.stdout);
  const [main] = files;
  if (main !== undefined) {
    const next = `next: inceptc report ${join(out, main.fileName)}`;
    terminal.stderr.write(`${displayMessage(next)}\n`);
  }
  return EXIT_CODES.ok;
}

/** Absolute paths of the specifications by name, sorted. */
function findTemplates(): ReadonlyMap<string, string> {
  const specs = specsFolder();
  const paths = TEMPLATE_FOLDERS.flatMap((folder) =>
    readdirSync(join(specs, folder))
      .filter((name) => name.endsWith(".incept"))
      .sort()
      .map((name) => join(specs, folder, name)),
  );
  return new Map(paths.map((path) => [basename(path, ".incept"), path]));
}

/** The specification first, then the files that it imports, in the same relative places as in `specs/`. */
async function withImports(spec: string, terminal: Terminal): Promise<readonly OutputFile[]> {
  const paths = new Set<string>();
  const source = await openSource(spec, {}, terminal, (path) => paths.add(path));
  check({ path: source.path, host: source.host });
  const specs = specsFolder();
  return [...paths].map((path) => {
    const input = readInputFile(path, specs);
    if ("problem" in input) throw new Failure(EXIT_CODES.unreadable, `${path} ${input.problem}`);
    return path === spec
      ? { fileName: basename(spec), content: atTop(spec, input.text) }
      : { fileName: relative(specs, path), content: input.text };
  });
}

/** The text of a specification once it is moved above all of its imports: nothing outside its folder is read. */
function atTop(spec: string, text: string): string {
  return text.replace(/(\bfrom\s+")([^"]+)/g, (_, before: string, specifier: string) => {
    const way = relative(specsFolder(), resolve(dirname(spec), specifier));
    return `${before}./${way.replaceAll("\\", "/")}`;
  });
}

function specsFolder(): string {
  return join(packageFolder(), "specs");
}

function requireNothingLost(target: string, out: string, files: readonly OutputFile[]): void {
  const lost = files.find((file) => compareFile(target, file) === "changed");
  if (lost === undefined) return;
  throw new Failure(
    EXIT_CODES.unreadable,
    `${join(out, lost.fileName)} already exists with different content`,
    "choose a different folder: inceptc init DIR",
  );
}
