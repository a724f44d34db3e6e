/**
 * Tests that programs on the project's pages compile: each ```ts block is type-checked beside the code generated from
 * the specifications on its page, or from the bundled ones.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Project, ts } from "ts-morph";
import { expect, test } from "vitest";
import { compile } from "../../src/compiler/index.ts";
import { createMemoryHost } from "../support/memory-host.ts";
import { readSnippets } from "./read-snippets.ts";

const PAGES = [
  "README.md",
  "docs/generated-code.md",
  "docs/runtime.md",
  "docs/weights.md",
  ...readdirSync("docs/cookbook").map((name) => `docs/cookbook/${name}`),
];

/** What pages speak of and leave to the reader. */
const READERS_OWN = `
declare const picture: import("@tensorflow/tfjs").Tensor3D;
declare const pictures: import("@tensorflow/tfjs").Tensor4D;
declare const labels: import("@tensorflow/tfjs").Tensor2D;
`;

interface Program {
  /** `docs/runtime.md:14`. */
  readonly place: string;
  readonly text: string;
}

function readPrograms(page: string): readonly Program[] {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(({ index, 1: code = "" }) => ({
    place: `${page}:${text.slice(0, index).split("\n").length}`,
    text: `${code}export {};\n`,
  }));
}

/** Code of the page's own specifications, by file name. */
async function compilePage(page: string): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>();
  for (const { text, fileName, codes } of readSnippets(page).flat()) {
    if (fileName === undefined || codes.length > 0) continue;
    const { files } = await compile({
      path: fileName,
      host: createMemoryHost({ [fileName]: text }),
    });
    for (const file of files) made.set(file.fileName, String(file.content));
  }
  return made;
}

/** Puts what a program imports from `./…` where it looks for it. */
function addImported(
  project: Project,
  folder: string,
  { text }: Program,
  made: ReadonlyMap<string, string>,
): void {
  for (const [, specifier = "", name = ""] of text.matchAll(
    /from "\.\/((?:[\w-]+\/)*([\w-]+\.ts))"/g,
  )) {
    const shipped = join("generated", name);
    const code =
      made.get(name) ?? (existsSync(shipped) ? readFileSync(shipped, "utf8") : undefined);
    if (code) project.createSourceFile(join(folder, specifier), code, { overwrite: true });
  }
}

test("every program on a page compiles", async () => {
  const project = new Project({
    tsConfigFilePath: "tsconfig.json",
    skipAddingFilesFromTsConfig: true,
    compilerOptions: {
      noUnusedLocals: false,
      paths: {
        inceptc: ["./src/compiler/index.ts"],
        "inceptc/weights": ["./src/weights/index.ts"],
        "inceptc/weights/node": ["./src/weights/node/index.ts"],
        "inceptc/runtime": ["./src/runtime/index.ts"],
        "inceptc/runtime/node": ["./src/runtime/node/index.ts"],
      },
    },
  });
  project.createSourceFile("docs/readers-own.d.ts", READERS_OWN);
  const places = new Map<string, string>();
  for (const page of PAGES) {
    const programs = readPrograms(page);
    const made = programs.length > 0 ? await compilePage(page) : new Map<string, string>();
    for (const program of programs) {
      const folder = join("docs", "programs", program.place.replaceAll(/[.:]/g, "-"));
      addImported(project, folder, program, made);
      const file = project.createSourceFile(join(folder, "program.ts"), program.text);
      places.set(file.getFilePath(), program.place);
    }
  }
  expect(places.size).toBeGreaterThan(PAGES.length / 2);
  const mistakes = [...places].flatMap(([path, place]) =>
    project
      .getSourceFileOrThrow(path)
      .getPreEmitDiagnostics()
      .map(({ compilerObject }) => {
        const why = ts.flattenDiagnosticMessageText(compilerObject.messageText, "\n");
        return `${place} ${why}`;
      }),
  );
  expect(mistakes).toEqual([]);
});
