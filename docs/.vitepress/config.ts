/** Configuration of the docs site: pages, menus, search, and the highlighting of `.incept` code. */
import { defineConfig } from "vitepress";
import inceptGrammar from "../../grammar/incept.tmLanguage.json" with { type: "json" };
import { inlineDiagrams, readDiagramStyle } from "./inline-diagrams.ts";
import { linkPage, listPages } from "./list-pages.ts";
import { copyLinkedFiles, linkRepositoryFiles } from "./repository-links.ts";

const DIAGNOSTIC_FAMILIES = ["syntax", "name", "type", "shape", "budget", "emit", "lint"];

/** Commands stand out, and what they print does not. */
const consoleGrammar = {
  name: "console",
  scopeName: "text.console",
  patterns: [
    {
      match: "^(\\$) (.*)$",
      captures: { 1: { name: "comment.prompt" }, 2: { name: "entity.name.command markup.bold" } },
    },
  ],
  repository: {},
};

const guide = linkPage("language/README", "Guide");
const cookbook = linkPage("cookbook/README", "Cookbook");
const operators = linkPage("ops/README", "Operators");
const diagnostics = linkPage("diagnostics/README", "Diagnostics");
const cost = linkPage("cost", "Cost conventions");
const generatedCode = linkPage("generated-code", "Generated code");
const drawing = linkPage("graph", "Drawing networks");
const comparing = linkPage("diff", "Comparing networks");
const reviewing = linkPage("github-action", "Reviewing pull requests");
const weights = linkPage("weights", "Trained weights");
const runtime = linkPage("runtime", "Runtime");
const api = linkPage("api/README", "API reference");
const architecture = linkPage("architecture", "Architecture");
const glossary = linkPage("glossary", "Glossary");
const addingAnOperator = linkPage("dev/adding-an-op", "Adding an operator");
const addingADiagnostic = linkPage("dev/adding-a-diagnostic", "Adding a diagnostic");
const addingALint = linkPage("dev/adding-a-lint", "Adding a lint");
const addingATarget = linkPage("dev/adding-a-target", "Adding a target");
const fuzzing = linkPage("dev/fuzzing", "Fuzzing");
const startUp = linkPage("dev/start-up", "Start-up time");
const decisions = linkPage("decisions/README", "Decisions");

export default defineConfig({
  title: "inceptc",
  description: "A small language for convolutional networks, and its compiler",
  lang: "en",
  head: [["style", {}, readDiagramStyle()]],
  // Pages are read on a code host too, where the first page of a folder is README.md.
  rewrites: (path) => path.replace(/(^|\/)README\.md$/, "$1index.md"),
  ignoreDeadLinks: false,
  markdown: {
    languages: [{ ...inceptGrammar, name: "incept", repository: {} }, consoleGrammar],
    config: (markdown) => {
      linkRepositoryFiles(markdown);
      inlineDiagrams(markdown);
    },
  },
  buildEnd: ({ outDir }) => copyLinkedFiles(outDir),
  // The search index is one chunk, and larger than Vite likes chunks to be.
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    nav: [
      { ...guide, activeMatch: "^/language/" },
      { ...cookbook, activeMatch: "^/cookbook/" },
      {
        text: "Reference",
        items: [
          operators,
          diagnostics,
          cost,
          drawing,
          comparing,
          reviewing,
          generatedCode,
          weights,
          runtime,
          api,
          glossary,
        ],
      },
      {
        text: "Inside",
        items: [
          architecture,
          addingAnOperator,
          addingADiagnostic,
          addingALint,
          addingATarget,
          fuzzing,
          startUp,
          decisions,
        ],
      },
    ],
    sidebar: [
      { ...guide, items: listPages("language"), collapsed: false },
      { ...cookbook, items: listPages("cookbook"), collapsed: false },
      { ...operators, items: listPages("ops"), collapsed: true },
      {
        ...diagnostics,
        items: DIAGNOSTIC_FAMILIES.map((family) => ({
          text: family,
          items: listPages(`diagnostics/${family}`),
          collapsed: true,
        })),
        collapsed: true,
      },
      cost,
      drawing,
      comparing,
      reviewing,
      generatedCode,
      { ...runtime, items: [linkPage("tfjs-node", "tfjs-node")], collapsed: true },
      { ...api, items: listPages("api"), collapsed: true },
      glossary,
      architecture,
      addingAnOperator,
      addingADiagnostic,
      addingALint,
      addingATarget,
      fuzzing,
      startUp,
      { ...decisions, items: listPages("decisions"), collapsed: true },
    ],
  },
});
