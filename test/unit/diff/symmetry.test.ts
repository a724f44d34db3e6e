/** Tests that a comparison says the same in both directions, but for the names of what is new and what is gone. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareNetworks, type NetworkDiff } from "../../../src/compiler/index.ts";
import { fuzz } from "../../fuzz/fuzz.ts";
import { checkedText } from "../../support/checked-networks.ts";
import { arbitraryMovedSteps } from "./moved-steps.ts";

function compare(base: string, head: string): NetworkDiff {
  return compareNetworks(checkedText(base), checkedText(head)).diff;
}

/** What must be the same in both directions. */
function summaryOf({ function: verdict, weights, findings }: NetworkDiff) {
  const counted = findings.filter(({ isConsequence }) => !isConsequence);
  return {
    verdict,
    weights: weights.verdict,
    classes: [...new Set(counted.map(({ class: of }) => of))].sort(),
    missing: weights.missing.length,
    extra: weights.extra.length,
    mismatched: weights.mismatched.length,
  };
}

test("a comparison says the same in both directions", async () => {
  await fuzz(
    fc.property(arbitraryMovedSteps("any"), ({ base, head }) => {
      const forth = compare(base, head);
      const back = compare(head, base);
      const { missing, extra, ...rest } = summaryOf(back);
      expect(summaryOf(forth)).toEqual({ ...rest, missing: extra, extra: missing });
    }),
    { runs: 200, longRuns: 30_000 },
  );
});
