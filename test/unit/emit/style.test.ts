/** Generated code as others meet it: it passes Biome as it is, and TypeScript at its strictest. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";
import { EVERY_CONSTRUCT } from "../../support/every-construct.ts";
import { compileText } from "./compile-text.ts";

const ROOT = join(import.meta.dirname, "../../..");
const FOLDER = join(ROOT, ".cache/style");

/** Names that are words of JavaScript, of generated code, of tfjs, or of every object. */
const HOSTILE_NAMES = `
/// Ends the comment */ process.exit(1) /*
module New { conv 1x1 4 }
module Tf { conv 1x1 4 }
module Conv { New -> Tf }
module Function(w: int, name: int, seed: int) { conv 1x1 w -> conv 1x1 name -> conv 1x1 seed }
network Object(
  constructor: int = 3, class: int = 4, seed: int = 5, tf: int = 6, options: int = 3, toString: int = 9
) {
  input 8x8x3
  new: New
  class: Tf
  let_: Conv
  f: Function(w=1, name=2, seed=3)
  g: Function(w=2, name=3, seed=4)
  concat {
    | name: conv 1x1 class
    | conv_bn_relu: conv 1x1 seed
    | max_pool: maxpool 3x3
    | i: 2 x conv 1x1 tf
    | tensor: conv 1x1 options
    | math: conv 1x1 (constructor + toString * 2 / 3)
  }
  head: globalavgpool -> dense 2
}`;

const LONG = "a".repeat(60);

/** Names so long that every kind of line has to be broken. */
const LONG_NAMES = `
module M${LONG}(p${LONG}: int, q${LONG}: int) {
  conv 1x1 p${LONG} -> concat {
    | b${LONG}: conv 1x1 q${LONG}
    | c${LONG}: conv 3x3 4
    | d${LONG}: conv 5x5 3
  }
  aux e${LONG} { globalavgpool }
}
network N${LONG}(o${LONG}: int = 10) {
  input 8x8x3
  l${LONG}: M${LONG}(p${LONG}=3, q${LONG}=5)
  m${LONG}: M${LONG}(p${LONG}=4, q${LONG}=7)
  head: globalavgpool -> dense (2 * o${LONG})
}`;

/** A model that is nothing but its input. */
const NOTHING = "network Nothing { input 8x8x3 identity }";

const TEXTS = {
  everything: EVERY_CONSTRUCT,
  hostile: HOSTILE_NAMES,
  long: LONG_NAMES,
  nothing: NOTHING,
};

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, text] of Object.entries(TEXTS)) {
    writeFileSync(join(FOLDER, `${name}.ts`), await compileText(text));
  }
});

afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

it("needs no formatter and offends no linter", () => {
  const biome = join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  // A file of all constructs is longer than this project's limit, and lies where git does not look.
  const options = ["--skip=style/noExcessiveLinesPerFile", "--vcs-use-ignore-file=false"];
  const args = [biome, "check", "--error-on-warnings", ...options, FOLDER];
  const run = (): string => {
    try {
      return execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8", stdio: "pipe" });
    } catch (error) {
      return error instanceof Error && "stdout" in error ? `${error.message}${error.stdout}` : "";
    }
  };
  expect(run()).toMatch(/^Checked 4 files in [^.]*\. No fixes applied\.$/m);
});

it("has no type error under the strictest options", () => {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.base.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const files = Object.keys(TEXTS).map((name) => join(FOLDER, `${name}.ts`));
  const program = ts.createProgram(files, {
    ...options,
    types: [],
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
  });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  expect(problems).toEqual([]);
});
