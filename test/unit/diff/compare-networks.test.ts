/** Tests properties of every comparison: none for equal networks, exactly the edits for edited ones, bounded work. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyze } from "../../../src/compiler/compile.ts";
import { buildPartTrees } from "../../../src/compiler/diff/part.ts";
import { NAME_RULES } from "../../../src/compiler/diff/rules.ts";
import { compareNetworks, type NetworkDiff } from "../../../src/compiler/index.ts";
import type { CheckedArchitecture } from "../../../src/compiler/ir/shaped.ts";
import { arbitrarySpec } from "../../fuzz/arbitrary-spec.ts";
import { fuzz } from "../../fuzz/fuzz.ts";
import { checkedText } from "../../support/checked-networks.ts";
import { arbitraryEditedNetwork } from "./edited-network.ts";

test("residuals in shortcuts of residuals are compared in time that grows with their number", () => {
  const nested = (last: string): string =>
    `network N { input 8x8x3 ${"residual { identity } shortcut {".repeat(49)} ${last} ${"}".repeat(49)} }`;
  const { findings } = diffOf(nested("conv 1x1 3"), nested("conv 3x3 3"));
  expect(findings.map(({ id }) => id)).toContain("kernel-changed");
});

function diffOf(base: string, head: string): NetworkDiff {
  return compareNetworks(checkedText(base), checkedText(head)).diff;
}

/** All networks of a text, each made anew, so that no object is on both sides. */
function networksOf(text: string): readonly CheckedArchitecture[] {
  return analyze(text).checked();
}

test("a network does not differ from itself", async () => {
  await fuzz(
    fc.property(arbitrarySpec(), ({ text }) => {
      const again = networksOf(text);
      networksOf(text).forEach((network, index) => {
        const head = again[index];
        if (!head) throw new Error("a network is missing");
        const { findings, weights, cost } = compareNetworks(network, head).diff;
        expect(findings).toEqual([]);
        expect(weights.verdict).toBe("full");
        expect(weights.renamedCount).toBe(0);
        expect([cost.params.delta, cost.macs.delta, cost.peakBytes.delta]).toEqual([0, 0, 0]);
      });
    }),
    { runs: 60, longRuns: 2_000 },
  );
});

test("every tensor of either side is accounted for once, and none fits by a false shape", async () => {
  await fuzz(
    fc.property(arbitrarySpec(), arbitrarySpec(), (one, other) => {
      const networks = [...networksOf(one.text), ...networksOf(other.text)];
      for (const base of networks) {
        for (const head of networks) {
          const { weights } = compareNetworks(base, head).diff;
          const { matched, permuted, mismatched, missing, extra } = weights;
          const moves = [...matched, ...permuted, ...mismatched];
          const heads = [...moves.map((move) => move.head), ...missing.map(({ name }) => name)];
          const bases = [...moves.map((move) => move.base), ...extra.map(({ name }) => name)];
          expect(new Set(heads).size).toBe(weights.headTensors);
          expect(new Set(bases).size).toBe(weights.baseTensors);
          expect(heads).toHaveLength(weights.headTensors);
          expect(bases).toHaveLength(weights.baseTensors);
          for (const { axes, shape } of permuted) {
            for (const { axis, runs } of axes) {
              const all = runs.flatMap(([start, count]) =>
                Array.from({ length: count }, (_, index) => start + index),
              );
              const expected = Array.from({ length: shape[axis] ?? 0 }, (_, index) => index);
              expect(all.toSorted((a, b) => a - b)).toEqual(expected);
            }
          }
          if (weights.verdict === "full" || weights.verdict === "permuted") {
            expect([missing, extra, mismatched]).toEqual([[], [], []]);
          }
        }
      }
    }),
    { runs: 25, longRuns: 300 },
  );
});

test("a comparison gives the same bytes each time, and findings have fingerprints of their own", async () => {
  await fuzz(
    fc.property(arbitrarySpec(), arbitrarySpec(), ({ text: base }, { text: head }) => {
      const diff = diffOf(base, head);
      expect(JSON.stringify(diffOf(base, head))).toBe(JSON.stringify(diff));
      const fingerprints = diff.findings.map(({ fingerprint }) => fingerprint);
      expect(new Set(fingerprints).size).toBe(fingerprints.length);
    }),
    { runs: 40, longRuns: 2_000 },
  );
});

/** The text with one of its numbers increased; what labels say of former names stays true. */
function withNumberChanged(text: string, at: number): string {
  const numbers = [...text.matchAll(/(?<!\bwas \S*)\d+/g)];
  const found = numbers[at % Math.max(1, numbers.length)];
  if (!found) return text;
  const increased = String(Number(found[0]) + 1);
  return text.slice(0, found.index) + increased + text.slice(found.index + found[0].length);
}

test("where nothing but names is found, nothing but names differs", async () => {
  let same = 0;
  let different = 0;
  await fuzz(
    fc.property(arbitrarySpec(), fc.nat(), (spec, at) => {
      // A former name is believed, also where nothing but another number makes it one.
      const text = spec.text.replace(/ was [\w.]+/g, "");
      const heads = networksOf(withNumberChanged(text, at));
      networksOf(text).forEach((base, index) => {
        const head = heads[index];
        if (!head) return;
        const { findings, weights, function: verdict } = compareNetworks(base, head).diff;
        const trees = buildPartTrees(base.root, head.root);
        const isSame =
          trees.base.root.bare === trees.head.root.bare &&
          base.architecture.input.join() === head.architecture.input.join();
        const counted = findings.filter(
          ({ id, class: of }) => of !== "cosmetic" && !NAME_RULES.has(id),
        );
        // What the trees say differently may be the same function, which is proved then.
        if (isSame) expect(counted).toEqual([]);
        else if (counted.length === 0) expect([weights.verdict, verdict]).toEqual(["full", "same"]);
        if (isSame) same++;
        else different++;
      });
    }),
    { runs: 150, longRuns: 5_000 },
  );
  expect(same).toBeGreaterThan(0);
  expect(different).toBeGreaterThan(0);
});

test("the findings are the edits, neither more nor less, and weights fit only where none touched them", async () => {
  const verdicts = { full: 0, permuted: 0, "not whole": 0 };
  await fuzz(
    fc.property(arbitraryEditedNetwork(), ({ base, head, expected, fits }) => {
      const { findings, weights } = diffOf(base, head);
      const found = findings
        .filter(({ isConsequence }) => !isConsequence)
        .map(({ id, path, before, after }) => `${id} ${path} ${before} ${after}`);
      expect(found.toSorted()).toEqual(expected.toSorted());
      const isWhole = weights.verdict === "full" || weights.verdict === "permuted";
      expect(isWhole ? weights.verdict : "not whole").toBe(fits);
      verdicts[fits]++;
    }),
    { runs: 200, longRuns: 5_000 },
  );
  expect(Object.values(verdicts).every((times) => times > 0)).toBe(true);
});
