import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  analyze,
  type CompilerCache,
  type CompilerOptions,
  check,
  createCache,
  renderDiagnostics,
  report,
} from "../../../src/compiler/index.ts";
import { fuzz } from "../../fuzz/fuzz.ts";
import { createMemoryHost } from "../../support/memory-host.ts";

/** What each file may say; nothing stands for a file that does not exist. */
const TEXTS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  "main.incept": [
    'import { A } from "./a.incept"\nimport { B } from "./b.incept"\nnetwork N {\n  input 8x8x3\n  A -> B\n}\n',
    'import { A } from "./a.incept"\nnetwork N {\n  input 8x8x3\n  A(5) -> A\n}\n',
    'import { A, B } from "./a.incept"\nnetwork N(n: int = 2) {\n  input 8x8x3\n  A(n) -> B\n}\nvariant V of N { replace "A" with B }\n',
    'import { A } from "./a.incept"\nnetwork N {\n  input 8x8x3\n  A ->\n}\n',
  ],
  "a.incept": [
    "module A(filters: int = 4) {\n  conv 3x3 filters\n}\n",
    "// Moved by a line.\nmodule A(filters: int = 4) {\n  conv 3x3 filters\n}\n",
    'import { B } from "./b.incept"\nmodule A(filters: int = 4) {\n  B -> conv 1x1 filters\n}\n',
    "defaults conv(bias=true)\nlet w = 4\nmodule A(filters: int = w) {\n  conv 3x3 filters valid\n}\nmodule B { conv 9x9 7 valid }\n",
    "module A { convv 3x3 4 }\n",
    undefined,
  ],
  "b.incept": [
    "module B {\n  residual { conv 1x1 3 }\n}\n",
    "module B {\n  conv 1x1 6\n}\n",
    'import { A } from "./a.incept"\nmodule B {\n  A(2)\n}\n',
    undefined,
  ],
};

type Files = Readonly<Record<string, string>>;

const anyFiles: fc.Arbitrary<Files> = fc
  .record(
    Object.fromEntries(
      Object.entries(TEXTS).map(([path, texts]) => [path, fc.constantFrom(...texts)]),
    ),
  )
  .map((files) =>
    Object.fromEntries(
      Object.entries(files).flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])),
    ),
  );

const anyOptions: fc.Arbitrary<CompilerOptions> = fc.constantFrom<CompilerOptions[]>(
  {},
  { advice: true },
  { network: "N" },
  { set: { n: 3 } },
  { limits: { layers: 1 } },
  { limits: { nesting: 1 } },
  { lints: { "lint/unused-import": "error" } },
);

function answer(files: Files, options: CompilerOptions): unknown {
  const input = { path: "main.incept", host: createMemoryHost(files) };
  const { diagnostics, networks } = check(input, options);
  const { report: cost } = report(input, options);
  return { findings: renderDiagnostics(diagnostics), networks, cost };
}

describe("a cache", () => {
  it("changes no answer, whatever is edited between calls and whatever is asked", async () => {
    const call = fc.tuple(anyFiles, anyOptions);
    await fuzz(
      fc.property(fc.array(call, { minLength: 2, maxLength: 8 }), (calls) => {
        const cache = createCache();
        for (const [files, options] of calls) {
          expect(answer(files, { ...options, cache })).toEqual(answer(files, options));
        }
      }),
      { runs: 200, longRuns: 5_000 },
    );
  });

  it("gives back the very same networks while nothing changes", () => {
    const cache = createCache();
    const [first] = checkedIn(INTACT, cache);
    expect(first).toBeDefined();
    expect(checkedIn({ ...INTACT }, cache)[0]?.root).toBe(first?.root);
  });

  it("keeps what was made of the files that an edit does not reach", () => {
    const cache = createCache();
    const before = callsIn(INTACT, cache);
    const after = callsIn({ ...INTACT, "b.incept": "module B {\n  conv 1x1 6\n}\n" }, cache);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(after[1]?.output).toEqual([8, 8, 6]);
  });
});

const INTACT: Files = {
  "main.incept": TEXTS["main.incept"]?.[0] ?? "",
  "a.incept": "module A {\n  conv 3x3 3\n}\n",
  "b.incept": TEXTS["b.incept"]?.[0] ?? "",
};

function checkedIn(files: Files, cache: CompilerCache) {
  return analyze({ path: "main.incept", host: createMemoryHost(files) }, { cache }).checked();
}

/** The shaped bodies of the two calls of the network. */
function callsIn(files: Files, cache: CompilerCache) {
  const [network] = checkedIn(files, cache);
  return (network?.root.children ?? []).map(({ children: [body] }) => body);
}
