import { describe, expect, it } from "vitest";
import { createSourceFile } from "../../../src/compiler/core/source-file.ts";
import { spanText } from "../../../src/compiler/core/span.ts";
import {
  type NetworkSource,
  networkSourceOf,
} from "../../../src/compiler/elaborate/network-source.ts";
import { bind } from "../../../src/compiler/names/bind.ts";
import { loadFiles } from "../../../src/compiler/names/load-files.ts";
import { createMemoryHost } from "../../support/memory-host.ts";
import { PARSE_LIMITS } from "../../support/parse-text.ts";

/** The source of a network or variant of `main.incept`, which may import the other files. */
function sourceOf(
  name: string,
  files: Readonly<Record<string, string>>,
  broken: readonly string[] = [],
): NetworkSource | undefined {
  const main = createSourceFile("main.incept", files["main.incept"] ?? "");
  const limits = { ...PARSE_LIMITS, files: 100 };
  const loaded = loadFiles(main, createMemoryHost(files), limits, { parsed: new Map() });
  const network = bind(loaded.value).value.main.networks.get(name);
  if (!network) throw new Error(`no network ${name}`);
  return networkSourceOf(network, (declaration) => broken.includes(declaration.name.text));
}

const FILES = {
  "main.incept": `import { Base } from "./base.incept"
    /// Narrow.
    variant Narrow of Base { width 0.5 remove a }
    variant Narrower of Narrow { width 0.25 }`,
  "base.incept": "/// Whole.\nnetwork Base { input 8x8x3 a: relu }",
};

describe("networkSourceOf", () => {
  it("gives a network as it is written", () => {
    const source = sourceOf("Base", FILES);
    expect(source).toMatchObject({ name: "Base", doc: "Whole.", edits: [] });
    expect(source).not.toHaveProperty("base");
  });

  it("follows a variant down to its network, the edits of the base first", () => {
    const source = sourceOf("Narrower", FILES);
    expect(source).toMatchObject({ name: "Narrower", base: "Narrow" });
    expect(source).not.toHaveProperty("doc");
    expect(source?.declaration.name.text).toBe("Base");
    expect(source?.file.source.path).toBe("base.incept");
    expect(source && spanText(source.span)).toBe("Narrower");
    expect(source?.edits.map(({ edit }) => spanText(edit.span))).toEqual([
      "width 0.5",
      "remove a",
      "width 0.25",
    ]);
    expect(new Set(source?.edits.map(({ file }) => file.source.path))).toEqual(
      new Set(["main.incept"]),
    );
  });

  it("takes its own doc comment, not that of its base", () => {
    expect(sourceOf("Narrow", FILES)?.doc).toBe("Narrow.");
  });

  it.each([
    ["an unknown base", "variant V of Nothing { }", []],
    ["itself as base", "variant V of V { }", []],
    ["a base in a circle", "variant V of W { } variant W of U { } variant U of W { }", []],
    ["a broken base", "network N { input 8x8x3 relu } variant V of N { }", ["N"]],
  ])("gives nothing for a variant with %s", (_, text, broken) => {
    expect(sourceOf("V", { "main.incept": text }, broken)).toBeUndefined();
  });
});
