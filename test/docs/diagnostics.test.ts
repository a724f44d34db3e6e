/**
 * Tests the pages in docs/diagnostics: the faulty snippet of each gives exactly the finding that the page is about, at
 * the place between « and », and the corrected snippet gives none.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type CompilerHost,
  type CompilerOptions,
  catalogue,
  compile,
  type Diagnostic,
  renderDiagnostics,
} from "../../src/compiler/index.ts";
import { createMemoryHost } from "../support/memory-host.ts";
import { LONG_SNIPPETS } from "./long-snippets.ts";
import { readSnippets, type Snippet } from "./read-snippets.ts";

const FOLDER = "docs/diagnostics";
const codes = Object.entries(catalogue).map(([code, { severity }]) => ({ code, severity }));
const pages = new Map(
  readSnippets(FOLDER).map((snippets) => [snippets[0]?.place.replace(/\.md:\d+$/, ""), snippets]),
);

/** What a fence asks for: `limits={"depth":3}`, `unreadable=folder.incept`. */
function optionsOf(fence: string, isAdvice: boolean): CompilerOptions {
  const limits = /\blimits=(\S+)/.exec(fence)?.[1];
  return { advice: isAdvice, ...(limits ? { limits: JSON.parse(limits) } : {}) };
}

function hostOf(text: string, fence: string, page: readonly Snippet[]): CompilerHost {
  const unreadable = /\bunreadable=(\S+)/.exec(fence)?.[1];
  const files = page.flatMap((one) => (one.fileName ? [[one.fileName, one.text]] : []));
  const host = createMemoryHost({ ...Object.fromEntries(files), "page.incept": text });
  return {
    resolve: host.resolve,
    read: (path) =>
      path === unreadable ? { problem: "not-readable", detail: "it is a folder" } : host.read(path),
  };
}

async function findingsIn(
  text: string,
  fence: string,
  page: readonly Snippet[],
  isAdvice: boolean,
): Promise<readonly Diagnostic[]> {
  const host = hostOf(text, fence, page);
  // Compiling finds what a check finds, and what only the making of code brings to light.
  const { diagnostics } = await compile({ path: "page.incept", host }, optionsOf(fence, isAdvice));
  return diagnostics;
}

/** The text without marks, and the offset at which the finding must begin. */
function readMark(text: string): { readonly text: string; readonly start: number } {
  return { text: text.replaceAll(/[«»]/g, ""), start: text.indexOf("«") };
}

describe.each(codes)("the page on $code", ({ code, severity }) => {
  const page = pages.get(`${FOLDER}/${code}`) ?? [];
  const isAdvice = severity === "info";
  const faulty = page.filter(({ fence }) => fence.includes(`finding=${code}`));
  const mended = page.filter(({ fence }) => !/\b(?:finding|file)=/.test(fence));
  const long = LONG_SNIPPETS[code];

  it("begins with the code", () => {
    const text = readFileSync(`${FOLDER}/${code}.md`, "utf8");
    expect(text.startsWith(`# ${code}\n\n`)).toBe(true);
  });

  it("shows a faulty text that gives this finding and no other", async () => {
    const shown = long === undefined ? faulty : [{ text: long, fence: "" }];
    // No text has the finding about a file that does not exist.
    expect(shown).toHaveLength(code === "name/file-not-readable" ? 0 : 1);
    for (const { text: marked, fence } of shown) {
      const { text, start } = readMark(marked);
      const diagnostics = await findingsIn(text, fence, page, isAdvice);
      const rendered = renderDiagnostics(diagnostics);
      // Those on the way to too many mistakes are no subject of the page.
      const relevant = diagnostics.filter(
        (one) => one.code === code || code !== "syntax/too-many-mistakes",
      );
      expect(
        relevant.map((one) => one.code),
        rendered,
      ).toEqual([code]);
      if (start >= 0) expect(relevant[0]?.span.start, rendered).toBe(start);
    }
  });

  it("shows a mended text that is clean", async () => {
    expect(mended).toHaveLength(1);
    for (const { text, fence } of mended) {
      const diagnostics = await findingsIn(text, fence, page, isAdvice);
      expect(diagnostics, renderDiagnostics(diagnostics)).toEqual([]);
    }
  });
});

describe("the pages on lints", () => {
  const lints = codes.filter(({ code }) => code.startsWith("lint/"));

  it.each(lints)("$code says how it is set to another level", ({ code, severity }) => {
    const text = readFileSync(`${FOLDER}/${code}.md`, "utf8");
    expect(text).toContain(severity === "info" ? "It is advice" : "It is a warning");
    expect(text).toContain(`--lint ${code}=`);
  });
});
