/** Checks that the compiler and the runtime do not depend on Node, by bundling both for a browser. */
import { build } from "tsdown";
import { expect, test } from "vitest";

interface Bundled {
  /** What the entry needs at once from outside of the bundle. */
  readonly eager: readonly string[];
  /** What any part of it may need from outside, at once or late. */
  readonly all: readonly string[];
}

/** Bundles for a browser as `npm run build` does for Node, with what matches `external` left out, and all of Node. */
async function bundle(entry: string, external: RegExp): Promise<Bundled> {
  const [bundled] = await build({
    config: false,
    entry: [entry],
    platform: "browser",
    deps: { neverBundle: [/^node:/, external] },
    dts: false,
    write: false,
    clean: false,
    logLevel: "silent",
  });
  const chunks = (bundled?.chunks ?? []).filter((part) => part.type === "chunk");
  const imports = /(?:\bfrom\s*|\bimport\s*\(?\s*)"([\w@:][^"\s;)]*)"/g;
  const all = chunks.flatMap(({ code }) =>
    [...code.matchAll(imports)].map(([, name = ""]) => name),
  );
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const eager = new Set(chunks.filter((chunk) => chunk.isEntry).map(({ fileName }) => fileName));
  // The set grows while it is walked: what an eager chunk imports is eager too.
  for (const name of eager) for (const one of byName.get(name)?.imports ?? []) eager.add(one);
  return {
    eager: [...eager].filter((name) => !byName.has(name)).sort(),
    all: [...new Set(all)].sort(),
  };
}

test("the compiler asks for ts-morph alone, and that only when it emits", async () => {
  const { eager, all } = await bundle("src/compiler/index.ts", /^ts-morph$/);
  expect(all).toEqual(["ts-morph"]);
  expect(eager).toEqual([]);
});

test("the runtime asks for TensorFlow.js alone", async () => {
  const { all } = await bundle("src/runtime/index.ts", /^@tensorflow\//);
  expect(all).toContain("@tensorflow/tfjs");
  expect(all.filter((name) => !name.startsWith("@tensorflow/"))).toEqual([]);
});

test("reading checkpoints asks for no part of Node", async () => {
  const { all } = await bundle("src/weights/index.ts", /^(?!.)/);
  expect(all).toEqual([]);
});
