/** Owns the script of a picture's page as a module that holds its text: src/page, bundled with all that it imports. */
import { readFileSync } from "node:fs";
import { build } from "tsdown";
import type { DerivedFile } from "../derived-file.ts";

const LICENSE = "node_modules/@dagrejs/dagre/LICENSE";

export async function derivePageScript(): Promise<readonly DerivedFile[]> {
  const [bundled] = await build({
    config: false,
    entry: ["src/page/page.ts"],
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
  const script = `/*! Holds @dagrejs/dagre and @dagrejs/graphlib.\n${readFileSync(LICENSE, "utf8").trim()} */\n${chunk.code.trim()}`;
  // In a page, this would end the script.
  const safe = script.replaceAll(/<(?=\/script|!--|script)/gi, "\\x3c");
  const text = `/** The script of a picture's page. Generated from src/page by \`npm run generate:page\`; do not edit. */\nexport const PAGE_SCRIPT =\n  ${JSON.stringify(safe)};\n`;
  return [{ path: "src/compiler/emit/picture/page-script.generated.ts", text }];
}
