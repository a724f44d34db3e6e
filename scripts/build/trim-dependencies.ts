/** A plugin of the build that takes out of bundled dependencies what they do at every start and inceptc has no use for. */
import type { Rolldown } from "tsdown";

interface Trim {
  /** How the path of the file ends. */
  readonly file: string;
  /** Stands in the file once. */
  readonly text: string;
  readonly replacement: string;
}

const TRIMS: readonly Trim[] = [
  {
    // Commander can run subcommands that are programs of their own, and loads for that what starts processes, and with it
    // what opens connections. All subcommands of inceptc are functions.
    file: "commander/lib/command.js",
    text: "const childProcess = require('node:child_process');",
    replacement: "const childProcess = undefined;",
  },
  {
    // Chevrotain writes down a function of 65,536 numbers before it makes a lexer, for texts mostly beyond Latin-1. Below
    // 256 it is not asked, and above, computing it gives the same numbers.
    file: "chevrotain/lib/src/scan/lexer.js",
    text: ": charCodeToOptimizedIdxMap[charCode];",
    replacement: ": 255 + ~~(charCode / 255);",
  },
  {
    file: "chevrotain/lib/src/scan/lexer.js",
    text: "        initCharCodeToOptimizedIndexMap();\n",
    replacement: "",
  },
  {
    // PDFKit finds its colour profile and the metrics of standard fonts beside its own file; a picture has neither.
    file: "pdfkit/js/pdfkit.node.mjs",
    text: "const ICC_PROFILE_PATH = new URL('./data/sRGB_IEC61966_2_1.icc', import.meta.url).href;",
    replacement: "const ICC_PROFILE_PATH = undefined;",
  },
  {
    file: "pdfkit/js/pdfkit.node.mjs",
    text: "const require$1 = createRequire(import.meta.url);",
    replacement: "const require$1 = undefined;",
  },
];

/** Changes the dependencies while they are bundled. A dependency that no longer has the text fails the build. */
export function trimDependencies(): Rolldown.Plugin {
  return {
    name: "trim-dependencies",
    transform: {
      filter: { id: /node_modules/ },
      handler: (code, id) => trim(code, id),
    },
  };
}

/** The text of a file with its trims made, or nothing where it has none. */
export function trim(code: string, path: string): string | undefined {
  const trims = TRIMS.filter(({ file }) => path.replaceAll("\\", "/").endsWith(`/${file}`));
  if (trims.length === 0) return undefined;
  return trims.reduce((text, { file, text: old, replacement }) => {
    const parts = text.split(old);
    if (parts.length !== 2) {
      throw new Error(`${file} holds ${parts.length - 1} times what is to be replaced: ${old}`);
    }
    return parts.join(replacement);
  }, code);
}
