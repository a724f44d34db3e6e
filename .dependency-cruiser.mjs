/**
 * Rules on which part of the source may import which; `npm run rooms` and test/arch check the code against them. The
 * reasons are in docs/architecture.md.
 *
 * `ROOMS` names for every room under src/compiler the other rooms that it may import. A room that is not in the list is
 * an error, so that a new one gets a line here.
 */

/** @type {Readonly<Record<string, readonly string[]>>} */
const ROOMS = {
  core: [],
  diagnostics: ["core"],
  ir: ["core"],
  syntax: ["core", "diagnostics"],
  names: ["syntax", "core", "diagnostics"],
  ops: ["ir", "core", "diagnostics"],
  elaborate: ["names", "syntax", "ops", "ir", "core", "diagnostics"],
  // From here on nothing looks at syntax: the IR knows where it came from.
  check: ["cost", "lower", "ops", "ir", "core", "diagnostics"],
  cost: ["lower", "ops", "ir", "core", "diagnostics"],
  diff: ["cost", "lower", "ops", "ir", "core", "diagnostics"],
  lower: ["ops", "ir", "core", "diagnostics"],
  emit: ["lower", "cost", "ops", "ir", "core", "diagnostics"],
  // Joins the phases; compile.ts and index.ts, which lie beside the rooms, may import any room.
  analyze: ["cost", "check", "elaborate", "names", "syntax", "ir", "core", "diagnostics"],
};

const COMPILER = "^src/compiler/";

const rooms = Object.entries(ROOMS).map(([room, others]) => ({
  name: `room-${room}`,
  comment: `src/compiler/${room} may import ${others.length > 0 ? others.join(", ") : "no other room"}.`,
  severity: "error",
  from: { path: `${COMPILER}${room}/` },
  to: {
    path: [`${COMPILER}[^/]+/`, `${COMPILER}(?!host)[^/]+\\.ts$`],
    pathNot: `${COMPILER}(${[room, ...others].join("|")})/`,
  },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...rooms,
    {
      name: "every-room-is-listed",
      comment: "A folder of src/compiler that ROOMS in .dependency-cruiser.mjs does not name.",
      severity: "error",
      from: { path: `${COMPILER}[^/]+/`, pathNot: `${COMPILER}(${Object.keys(ROOMS).join("|")})/` },
      to: {},
    },
    {
      name: "compiler-imports-no-other-part",
      comment:
        "src/compiler is pure: the command line, the file system and the runtime use it, never the other way.",
      severity: "error",
      from: { path: COMPILER },
      to: { path: "^(src|test|scripts|bench|generated)/", pathNot: COMPILER },
    },
    {
      name: "diff-steps-follow-one-another",
      comment:
        "The steps of a comparison (align, collect, grade, weights) are called by the files beside them; a step uses those before it.",
      severity: "error",
      from: { path: `${COMPILER}diff/(align|collect|grade)/` },
      to: {
        path: [
          `${COMPILER}diff/(collect|grade|weights)/`,
          `${COMPILER}diff/compare-networks\\.ts$`,
        ],
        pathNot: `${COMPILER}diff/$1/`,
      },
    },
    {
      name: "weights-are-pure",
      comment:
        "src/weights runs in browsers: it reads files through ByteSource, and of the compiler only IR, lowering and core.",
      severity: "error",
      from: { path: "^src/weights/", pathNot: "^src/weights/node/" },
      to: { path: "^src/", pathNot: ["^src/weights/(?!node/)", `${COMPILER}(ir|lower|core)/`] },
    },
    {
      name: "zip-is-for-one-folder",
      comment: "Only src/weights/zip knows the library for zip archives; formats read through it.",
      severity: "error",
      from: { path: "^(src|grammar)/", pathNot: "^src/weights/zip/" },
      to: { path: "^node_modules/@zip\\.js/" },
    },
    {
      name: "grammar-stands-alone",
      comment: "The grammar imports Chevrotain and nothing of the compiler.",
      severity: "error",
      from: { path: "^grammar/" },
      to: { path: ".", pathNot: ["^grammar/", "^node_modules/(chevrotain|@chevrotain)/"] },
    },
    {
      name: "grammar-is-for-syntax",
      comment: "Only src/compiler/syntax reads the grammar; later phases read the syntax tree.",
      severity: "error",
      from: { path: "^src/", pathNot: `${COMPILER}syntax/` },
      to: { path: "^grammar/" },
    },
    {
      name: "chevrotain-is-for-the-grammar",
      comment: "Chevrotain is known to the grammar, and its token types to src/compiler/syntax.",
      severity: "error",
      from: { path: "^src/", pathNot: `${COMPILER}syntax/` },
      to: { path: "^node_modules/(chevrotain|@chevrotain)/" },
    },
    {
      name: "ts-morph-is-for-emit",
      comment:
        "ts-morph is slow to load: only the emitter of tfjs-layers knows it, and is loaded when it is needed.",
      severity: "error",
      from: { path: "^src/", pathNot: `${COMPILER}emit/tfjs-layers/` },
      to: { path: "^node_modules/(ts-morph|@ts-morph|typescript)/" },
    },
    {
      name: "dagre-is-for-pictures",
      comment: "Only the layout of pictures knows dagre.",
      severity: "error",
      from: { path: "^(src|grammar)/", pathNot: `${COMPILER}emit/picture/` },
      to: { path: "^node_modules/@dagrejs/" },
    },
    {
      name: "emitters-load-late",
      comment:
        "Emitters are imported with `await import()`, so that check and report start without ts-morph and dagre.",
      severity: "error",
      from: { path: "^src/", pathNot: [`${COMPILER}emit/`, "^src/page/"] },
      to: {
        path: `${COMPILER}emit/(tfjs-layers|picture)/`,
        dependencyTypesNot: ["dynamic-import", "type-only"],
      },
    },
    {
      name: "pdf-loads-late",
      comment:
        "src/pdf alone knows pdfkit, and is imported with `await import()`: no other format waits for it to load.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/pdf/" },
      to: { path: "^(src/pdf/|node_modules/pdfkit/)", dependencyTypesNot: ["dynamic-import"] },
    },
    {
      name: "pdf-sees-figures",
      comment: "src/pdf writes figures of the library, of which it knows the types.",
      severity: "error",
      from: { path: "^src/pdf/" },
      to: { path: "^(src|grammar)/", pathNot: ["^src/pdf/", `${COMPILER}index\\.ts$`] },
    },
    {
      name: "node-is-for-node-and-cli",
      comment:
        "Only src/node, src/cli, src/action and the parts of the runtime and of weights that are for Node know the machine.",
      severity: "error",
      from: {
        path: "^(src|grammar)/",
        pathNot: "^src/(node|cli|action|runtime/node|weights/node)/",
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "node-sees-the-host",
      comment: "src/node fulfils src/compiler/host.ts and may use core; it knows no phase.",
      severity: "error",
      from: { path: "^src/node/" },
      to: { path: "^src/", pathNot: ["^src/node/", `${COMPILER}host\\.ts$`, `${COMPILER}core/`] },
    },
    {
      name: "cli-sees-the-library",
      comment:
        "The command line uses the library as its users do, through src/compiler/index.ts; and core and the means of display, to start without it.",
      severity: "error",
      from: { path: "^src/cli/" },
      to: {
        path: "^src/",
        pathNot: [
          "^src/(cli|node|pdf)/",
          `${COMPILER}(index|host)\\.ts$`,
          "^src/weights/(node/)?index\\.ts$",
          `${COMPILER}(core|diagnostics)/`,
          `${COMPILER}emit/targets?\\.ts$`,
        ],
      },
    },
    {
      name: "action-sees-the-command-line",
      comment:
        "The GitHub action is the command line with another end: it knows that, and what both know.",
      severity: "error",
      from: { path: "^src/action/" },
      to: { path: "^src/", pathNot: ["^src/(action|cli|node)/", `${COMPILER}(core|diagnostics)/`] },
    },
    {
      name: "the-action-is-an-end",
      comment:
        "The room that knows the network is a program of its own: nothing else can reach it.",
      severity: "error",
      from: { path: "^(src|grammar)/", pathNot: "^src/action/" },
      to: { path: "^src/action/" },
    },
    {
      name: "no-network",
      comment: "Nothing opens a connection; the action alone is given `fetch` (see biome.jsonc).",
      severity: "error",
      from: { path: "^(src|grammar)/" },
      to: { path: "^(node:)?(dgram|dns|http|http2|https|net|tls)(/|$)" },
    },
    {
      name: "page-sees-pictures",
      comment:
        "What a picture's page does is made of the picture's own room, and bundled; no phase is in it.",
      severity: "error",
      from: { path: "^src/page/" },
      to: { path: "^(src|grammar)/", pathNot: ["^src/page/", `${COMPILER}(emit/picture|core)/`] },
    },
    {
      name: "runtime-stands-alone",
      comment: "What generated code imports knows nothing of the compiler.",
      severity: "error",
      from: { path: "^src/runtime/", pathNot: "^src/runtime/node/" },
      to: { path: "^(src|grammar)/", pathNot: "^src/runtime/" },
    },
    {
      name: "runtime-for-node-sees-files",
      comment:
        "The entry of the runtime for Node joins the runtime and src/node; nothing in the runtime needs it.",
      severity: "error",
      from: { path: "^src/runtime/node/" },
      to: { path: "^(src|grammar)/", pathNot: "^src/(runtime|node)/" },
    },
    {
      name: "runtime-runs-in-browsers",
      comment: "The entry ./runtime is for browsers too: only ./runtime/node leads to files.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/runtime/node/" },
      to: { path: "^src/runtime/node/" },
    },
    {
      name: "tfjs-is-for-runtime",
      comment: "The compiler writes code for TensorFlow.js and never runs it.",
      severity: "error",
      from: { path: "^(src|grammar)/", pathNot: "^src/runtime/" },
      to: { path: "^node_modules/@tensorflow/" },
    },
    {
      name: "no-cycles",
      comment: "Two files that import each other are one file.",
      severity: "error",
      from: { path: "^(src|grammar)/" },
      to: { circular: true },
    },
    {
      name: "no-guessing",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node"],
    },
  },
};
