/** Checks the imports between parts of the source, and that each rule about them detects a violation. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const CRUISER = resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const CONFIGURATION = resolve(".dependency-cruiser.mjs");

interface CruiseSummary {
  readonly violations: readonly {
    readonly rule: { readonly name: string };
    readonly from: string;
    readonly to: string;
  }[];
  readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
}

/** What dependency-cruiser says of the folder. */
function cruise(folder: string): CruiseSummary {
  const output = execFileSync(
    process.execPath,
    [CRUISER, "--config", CONFIGURATION, "--output-type", "json", "src", "grammar"],
    { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(output).summary;
}

test("every import stays within what its room may use", () => {
  const { violations } = cruise(".");
  expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
});

/** A file that breaks each rule, by the rule's name: importer and imported. */
const TRESPASSES: Readonly<Record<string, readonly [string, string]>> = {
  "room-core": ["src/compiler/core/a.ts", "src/compiler/ir/x.ts"],
  "room-diagnostics": ["src/compiler/diagnostics/a.ts", "src/compiler/ir/x.ts"],
  "room-ir": ["src/compiler/ir/a.ts", "src/compiler/ops/x.ts"],
  "room-syntax": ["src/compiler/syntax/a.ts", "src/compiler/names/x.ts"],
  "room-names": ["src/compiler/names/a.ts", "src/compiler/elaborate/x.ts"],
  "room-ops": ["src/compiler/ops/a.ts", "src/compiler/cost/x.ts"],
  "room-elaborate": ["src/compiler/elaborate/a.ts", "src/compiler/check/x.ts"],
  "room-check": ["src/compiler/check/a.ts", "src/compiler/syntax/x.ts"],
  "room-cost": ["src/compiler/cost/a.ts", "src/compiler/compile.ts"],
  "room-diff": ["src/compiler/diff/a.ts", "src/compiler/syntax/x.ts"],
  "room-lower": ["src/compiler/lower/a.ts", "src/compiler/emit/x.ts"],
  "room-emit": ["src/compiler/emit/a.ts", "src/compiler/syntax/x.ts"],
  "room-analyze": ["src/compiler/analyze/a.ts", "src/compiler/emit/x.ts"],
  "every-room-is-listed": ["src/compiler/attic/a.ts", "src/compiler/core/x.ts"],
  "compiler-imports-no-other-part": ["src/compiler/core/b.ts", "src/node/x.ts"],
  "diff-steps-follow-one-another": [
    "src/compiler/diff/collect/a.ts",
    "src/compiler/diff/grade/x.ts",
  ],
  "weights-are-pure": ["src/weights/a.ts", "src/node/x.ts"],
  "zip-is-for-one-folder": ["src/weights/b.ts", "@zip.js/zip.js"],
  "grammar-stands-alone": ["grammar/a.ts", "src/compiler/core/x.ts"],
  "grammar-is-for-syntax": ["src/compiler/names/b.ts", "grammar/x.ts"],
  "chevrotain-is-for-the-grammar": ["src/compiler/names/c.ts", "chevrotain"],
  "ts-morph-is-for-emit": ["src/compiler/emit/b.ts", "ts-morph"],
  "dagre-is-for-pictures": ["src/compiler/emit/d.ts", "@dagrejs/dagre"],
  "emitters-load-late": ["src/compiler/index.ts", "src/compiler/emit/tfjs-layers/x.ts"],
  "pdf-loads-late": ["src/cli/e.ts", "src/pdf/x.ts"],
  "pdf-sees-figures": ["src/pdf/a.ts", "src/compiler/ir/x.ts"],
  "node-is-for-node-and-cli": ["src/compiler/core/c.ts", "node:fs"],
  "node-sees-the-host": ["src/node/a.ts", "src/compiler/ir/x.ts"],
  "cli-sees-the-library": ["src/cli/a.ts", "src/compiler/ir/x.ts"],
  "action-sees-the-command-line": ["src/action/a.ts", "src/compiler/ir/x.ts"],
  "the-action-is-an-end": ["src/cli/b.ts", "src/action/x.ts"],
  "no-network": ["src/node/e.ts", "node:https"],
  "page-sees-pictures": ["src/page/a.ts", "src/compiler/ir/x.ts"],
  "runtime-stands-alone": ["src/runtime/a.ts", "src/compiler/core/x.ts"],
  "runtime-for-node-sees-files": ["src/runtime/node/a.ts", "src/compiler/core/x.ts"],
  "runtime-runs-in-browsers": ["src/runtime/b.ts", "src/runtime/node/x.ts"],
  "tfjs-is-for-runtime": ["src/compiler/emit/c.ts", "@tensorflow/tfjs"],
  "no-cycles": ["src/node/b.ts", "src/node/c.ts"],
  "no-guessing": ["src/node/d.ts", "src/node/missing.ts"],
};

test("every rule speaks where it is broken", () => {
  const folder = mkdtempSync(join(tmpdir(), "inceptc-rooms-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const specifierOf = (importer: string, imported: string): string => {
    const isLocal = imported.endsWith(".ts");
    return isLocal ? `${"../".repeat(importer.split("/").length - 1)}${imported}` : imported;
  };
  write("tsconfig.json", '{ "compilerOptions": { "module": "nodenext" } }');
  const trespasses = Object.values(TRESPASSES);
  for (const [importer, imported] of trespasses) {
    if (imported.endsWith("missing.ts") || imported.startsWith("node:")) continue;
    if (imported.endsWith(".ts")) write(imported, "export const x = 1;\n");
    else {
      write(`node_modules/${imported}/package.json`, `{ "name": "${imported}", "main": "x.js" }`);
      write(`node_modules/${imported}/x.js`, "exports.x = 1;\n");
    }
    if (importer === "src/node/b.ts") write(imported, 'export { x } from "./b.ts";\n');
  }
  for (const [importer, imported] of trespasses) {
    write(importer, `export { x } from "${specifierOf(importer, imported)}";\n`);
  }
  const { violations, ruleSetUsed } = cruise(folder);
  const rules = ruleSetUsed.forbidden.map(({ name }) => name).sort();
  const broken = new Set(violations.map(({ rule }) => rule.name));
  expect(Object.keys(TRESPASSES).sort()).toEqual(rules);
  expect([...broken].sort()).toEqual(rules);
});
