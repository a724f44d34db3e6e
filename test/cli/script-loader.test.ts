/** Runs files with compiled code beside them, with none, and with some that V8 cannot use. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { compiledPath, createScriptLoader } from "../../src/cli/script-loader.ts";

let folder: string;
let main: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "inceptc-loader-"));
  main = join(folder, "main.cjs");
  writeFileSync(
    main,
    'const { sep } = require("node:path"); exports.name = "main"; exports.part = require("./part.cjs"); exports.sep = sep;',
  );
  writeFileSync(
    join(folder, "part.cjs"),
    'exports.known = require("./main.cjs").name; exports.twice = (n) => 2 * n; exports.file = __filename;',
  );
});

interface Main {
  readonly name: string;
  readonly sep: string;
  readonly part: { readonly known: string; readonly file: string; twice(n: number): number };
}

test("files load each other, also in a circle, and modules of Node", () => {
  const loaded = createScriptLoader().load(main) as Main;
  expect(loaded.name).toBe("main");
  expect(loaded.part.known).toBe("main");
  expect(loaded.part.file).toBe(join(folder, "part.cjs"));
  expect(loaded.part.twice(21)).toBe(42);
  expect(["/", "\\"]).toContain(loaded.sep);
});

test("a file runs once", () => {
  const { load } = createScriptLoader();
  expect(load(main)).toBe(load(main));
});

test("compiled code is used where it was made of the file, and ignored where it was not", () => {
  const first = createScriptLoader();
  first.load(main);
  for (const [path, script] of first.scripts) {
    writeFileSync(compiledPath(path), script.createCachedData());
  }
  const rejections = (): readonly (boolean | undefined)[] => {
    const loader = createScriptLoader();
    expect((loader.load(main) as Main).part.twice(4)).toBe(8);
    return [...loader.scripts.values()].map(({ cachedDataRejected }) => cachedDataRejected);
  };
  expect(rejections()).toEqual([false, false]);
  writeFileSync(main, `${readFileSync(main, "utf8")} exports.more = 1;`);
  expect(rejections()).toEqual([true, false]);
  // Another text once more: V8 would remember this one.
  writeFileSync(main, `${readFileSync(main, "utf8")} exports.most = 2;`);
  writeFileSync(compiledPath(main), "not compiled code");
  expect(rejections()).toEqual([true, false]);
});
