/** Bundles the scripts of src/page with everything they import, and writes each as a module that exports its text. */
import { readFileSync } from "node:fs";
import { build } from "tsdown";
import type { DerivedFile } from "../derived-file.ts";

interface PageScript {
  /** What the bundle is made from. */
  readonly entry: string;
  /** The module that holds its text, the name by which it gives it, and what page it is of. */
  readonly path: string;
  readonly name: string;
  readonly page: string;
  /** Packages in the bundle, and where the licence lies that goes with them. */
  readonly holds?: { readonly packages: string; readonly license: string };
}

const SCRIPTS: readonly PageScript[] = [
  {
    entry: "src/page/page.ts",
    path: "src/compiler/emit/picture/page-script.generated.ts",
    name: "PAGE_SCRIPT",
    page: "a picture's page",
    holds: {
      packages: "@dagrejs/dagre and @dagrejs/graphlib",
      license: "node_modules/@dagrejs/dagre/LICENSE",
    },
  },
  {
    entry: "src/page/sort-tables.ts",
    path: "src/cli/report/sort-script.generated.ts",
    name: "SORT_SCRIPT",
    page: "a report's page",
  },
];

export async function derivePageScripts(): Promise<readonly DerivedFile[]> {
  const files: DerivedFile[] = [];
  for (const script of SCRIPTS) files.push(await derivePageScript(script));
  return files;
}

async function derivePageScript({
  entry,
  path,
  name,
  page,
  holds,
}: PageScript): Promise<DerivedFile> {
  const [bundled] = await build({
    config: false,
    entry: [entry],
    format: "iife",
    platform: "browser",
    deps: { alwaysBundle: [/.*/] },
    dts: false,
    minify: true,
    write: false,
    clean: false,
    logLevel: "silent",
  });
  const chunks = (bundled?.chunks ?? []).filter((part) => part.type === "chunk");
  const [chunk] = chunks;
  if (!chunk || chunks.length > 1) throw new Error(`${chunks.length} chunks where one was due`);
  const notice = holds
    ? `/*! Holds ${holds.packages}.\n${readFileSync(holds.license, "utf8").trim()} */\n`
    : "";
  // In a page, this would end the script.
  const safe = (notice + chunk.code.trim()).replaceAll(/<(?=\/script|!--|script)/gi, "\\x3c");
  const text = `/** The script of ${page}. Generated from src/page by \`npm run generate:page\`; do not edit. */\nexport const ${name} =\n  ${JSON.stringify(safe)};\n`;
  return { path, text };
}
