/** Tests that every name leads to its declaration and back, across files, blocks and variants. */
import { expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../../src/compiler/core/limits.ts";
import { createSourceFile } from "../../../src/compiler/core/source-file.ts";
import { bind } from "../../../src/compiler/names/bind.ts";
import { createBindCache } from "../../../src/compiler/names/bind-cache.ts";
import type { BoundProgram } from "../../../src/compiler/names/bound-program.ts";
import { parseFiles } from "../../../src/compiler/names/parse-files.ts";
import type { Resolution } from "../../../src/compiler/names/resolution.ts";
import { createMemoryHost } from "../../support/memory-host.ts";

const BLOCKS = `let base = 8
module Block(width: int = base, depth: int = width) : [H, W, width] => [H, W, C] {
  let inner = 2 * width
  residual { let base = 3  conv 1x1 (base + inner) -> depth x conv 1x1 width }
  conv 1x1 (2 * W) => [W, _, _]
}
`;

const MAIN = `import Block, Unused from "./blocks.incept"
network Net(classes: int = 10) {
  input 8x8x3
  Block(depth=2, width=classes)
}
variant Wide of Net { set classes = 20  use Block for Block  replace x with conv 1x1 classes }
`;

const FILES = { "main.incept": MAIN, "blocks.incept": `${BLOCKS}module Unused { relu }\n` };

function bound(files: Readonly<Record<string, string>>): BoundProgram {
  const input = { path: "main.incept", host: createMemoryHost(files) };
  const parsed = parseFiles(input, DEFAULT_LIMITS, { parsed: new Map() });
  return bind(parsed.value, createBindCache()).value;
}

function resolve(): Resolution {
  return bound(FILES).names;
}

/** `role line:text` for each reference, where the text is that of the whole line. */
function referencesTo(resolution: Resolution, kind: string, name: string, nth = 0): string[] {
  const declaration = resolution.declarations.filter(
    (one) => one.kind === kind && one.name.text === name,
  )[nth];
  if (!declaration) throw new Error(`${kind} ${name} is not declared`);
  return resolution.referencesTo(declaration).map(({ span, role }) => {
    const before = span.file.text.slice(0, span.start);
    const column = before.length - before.lastIndexOf("\n");
    return `${role} ${span.file.path}:${before.split("\n").length}:${column}`;
  });
}

it.each([
  [
    "module",
    "Block",
    0,
    [
      "import main.incept:1:8",
      "read main.incept:4:3",
      "read main.incept:6:45",
      "read main.incept:6:55",
    ],
  ],
  ["module", "Unused", 0, ["import main.incept:1:15"]],
  ["network", "Net", 0, ["read main.incept:6:17"]],
  [
    "parameter",
    "classes",
    0,
    ["read main.incept:4:24", "argument main.incept:6:27", "read main.incept:6:86"],
  ],
  ["parameter", "depth", 0, ["argument main.incept:4:9", "read blocks.incept:4:55"]],
  [
    "parameter",
    "width",
    0,
    [
      "argument main.incept:4:18",
      "read blocks.incept:2:46",
      "read blocks.incept:2:62",
      "read blocks.incept:3:19",
      "read blocks.incept:4:72",
    ],
  ],
  ["size", "H", 0, ["read blocks.incept:2:73"]],
  [
    "size",
    "W",
    0,
    ["read blocks.incept:2:76", "read blocks.incept:5:17", "read blocks.incept:5:24"],
  ],
  ["value", "base", 0, ["read blocks.incept:2:27"]],
  ["value", "base", 1, ["read blocks.incept:4:38"]],
  ["value", "inner", 0, ["read blocks.incept:4:45"]],
] as const)("finds what refers to the %s %s (%i)", (kind, name, nth, references) => {
  expect(referencesTo(resolve(), kind, name, nth)).toEqual(references);
});

it("finds the declaration from any place that names it, and none from elsewhere", () => {
  const resolution = resolve();
  for (const declaration of resolution.declarations) {
    const { span } = declaration.name;
    expect(resolution.declarationAt(span)).toBe(declaration);
    for (const { span: use } of resolution.referencesTo(declaration)) {
      expect(use.file.text.slice(use.start, use.end)).toBe(declaration.name.text);
      expect(resolution.declarationAt(use)).toBe(declaration);
    }
  }
  expect(
    resolution.declarationAt({ file: createSourceFile("other.incept", MAIN), start: 0 }),
  ).toBeUndefined();
});

const UNKNOWN_NAMES = `let top = 1
module M(a: int = p1, b: int = p2, c: int = 3) : [H, W, C] => [p3, W, C] {
  let in_block = 4
  residual(scale=p4) { let inner = 5  conv 1x1 p5 }
  3 x(i) conv 1x1 p6
}
network N(n: int = 6) { input 8x8x3  conv 1x1 p7  residual { conv 1x1 p8 } }
variant V of N { set n = p9  replace x with conv 1x1 p10 }
`;

it.each([
  ["p1", "top", false],
  ["p2", "top a", false],
  ["p3", "top a b c H W C", true],
  ["p4", "top a b c H W C in_block", true],
  ["p5", "top a b c H W C in_block inner", true],
  ["p6", "top a b c H W C in_block i", true],
  ["p7", "top n", false],
  ["p8", "top n", true],
  ["p9", "top", false],
  ["p10", "top n", true],
])("knows what may be read where %s means nothing", (name, names, hasTrunk) => {
  const { main, names: table } = bound({ "main.incept": UNKNOWN_NAMES });
  const place = { file: main.source, start: UNKNOWN_NAMES.search(new RegExp(`${name}\\b`)) };
  expect(table.declarationAt(place)).toBeUndefined();
  expect(table.visibleAt(place)).toEqual({ names: names.split(" "), hasTrunk });
});

it("says what an index hides around the repeat", () => {
  const text = "network N(n: int = 6) { input 8x8x3  2 x(n) conv 1x1 n  2 x(m) conv 1x1 m }";
  const { declarations } = bound({ "main.incept": text }).names;
  const indices = declarations.filter(({ kind }) => kind === "index");
  expect(indices.map(({ name, hidden }) => [name.text, hidden?.kind])).toEqual([
    ["n", "parameter"],
    ["m", undefined],
  ]);
});

it("takes a name without brackets for a value, and one in brackets for a size", () => {
  const text = "module A : size => [8, 8, 3] { relu } module B : [size] => [size] { relu }";
  const { declarations, referencesTo } = bound({ "main.incept": text }).names;
  const sizes = declarations.filter(({ kind }) => kind === "size");
  expect(sizes.map((size) => [size.owner, referencesTo(size).length])).toEqual([["B", 1]]);
});
