/** Holds safe repairs to their promise: they never change what is computed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyze } from "../../src/compiler/compile.ts";
import { check, compareNetworks, fix } from "../../src/compiler/index.ts";
import { findCases } from "../corpus/find-cases.ts";
import { REPOSITORY } from "../support/checked-networks.ts";
import { EVERY_CONSTRUCT } from "../support/every-construct.ts";
import { arbitrarySpec } from "./arbitrary-spec.ts";
import { arbitraryDamage } from "./corrupt.ts";
import { fuzz } from "./fuzz.ts";

/** Texts as people write them: labels, modules with parameters, comments, values. */
const WRITTEN: readonly string[] = [
  EVERY_CONSTRUCT,
  ...["squeezenet", "u-net", "se-resnet-50"].map((name) =>
    readFileSync(join(REPOSITORY, `specs/zoo/${name}.incept`), "utf8"),
  ),
];

function hasErrors(text: string): boolean {
  return check(text).diagnostics.some(({ severity }) => severity === "error");
}

/** What differs between the networks of two texts, by name; both must have no errors. */
function differences(base: string, head: string): readonly string[] {
  const before = analyze(base).checked();
  const after = analyze(head).checked();
  expect(after.map(({ architecture }) => architecture.name)).toEqual(
    before.map(({ architecture }) => architecture.name),
  );
  return before.flatMap((one, index) => {
    const other = after[index];
    if (!other) return [];
    return compareNetworks(one, other).diff.findings.map(({ message }) => message);
  });
}

describe("safe repairs", () => {
  it("give back the network as it was before the mistake, or leave the mistake", async () => {
    let repaired = 0;
    let broken = 0;
    const text = fc.oneof(
      { arbitrary: arbitrarySpec().map((spec) => spec.text), weight: 3 },
      { arbitrary: fc.constantFrom(...WRITTEN), weight: 1 },
    );
    await fuzz(
      fc.property(text, arbitraryDamage(), (original, damage) => {
        const damaged = damage(original);
        const wasBroken = hasErrors(damaged.text);
        const result = fix(damaged.text);
        const [mended = damaged.text] = result.texts.values();
        if (result.diagnostics.some(({ severity }) => severity === "error")) {
          broken++;
          return;
        }
        // A damage that the compiler does not notice is another network, which a repair must leave as it is.
        const meant = wasBroken ? original : damaged.text;
        const found = differences(meant, mended);
        if (found.length > 0) throw new Error(`${damaged.how}${found.join("\n")}\n${mended}`);
        if (wasBroken) repaired++;
      }),
      { runs: 40, longRuns: 30_000 },
    );
    // Otherwise the property would hold of repairs that do nothing.
    expect(repaired).toBeGreaterThan(broken / 4);
  });

  it("leave every network of the corpus as it is, where it checks", () => {
    const texts = findCases()
      .map(({ folder }) => readFileSync(join(folder, "input.incept"), "utf8"))
      .filter((text) => !text.includes("import ") && !hasErrors(text));
    let changed = 0;
    for (const text of texts) {
      const [mended] = fix(text, { advice: true }).texts.values();
      if (mended === undefined) continue;
      changed++;
      expect(differences(text, mended), mended).toEqual([]);
    }
    expect(texts.length).toBeGreaterThan(50);
    expect(changed).toBeGreaterThan(0);
  });
});
