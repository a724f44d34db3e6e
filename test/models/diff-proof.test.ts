/** Attacks the answer "the same function" and its opposite: steps are moved at random, and real models must agree with both. */

import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { compareNetworks, type Finding, type NetworkDiff } from "../../src/compiler/index.ts";
import { fuzz } from "../fuzz/fuzz.ts";
import { checkedText } from "../support/checked-networks.ts";
import { arbitraryMovedSteps } from "../unit/diff/moved-steps.ts";
import { differenceAfterMove } from "./difference-after-move.ts";
import { startBackend } from "./run-model.ts";

beforeAll(startBackend);

const SAME = 1e-4;

/** Layers that may change places with a pool or a scale, by what their weights are. */
const COMMUTES = /prelu|layer_scale|batchnorm|layernorm|l2norm|norm=layer|conv 1x1 \d linear/;

function compare(base: string, head: string): NetworkDiff {
  return compareNetworks(checkedText(base), checkedText(head)).diff;
}

const grave = ({ findings }: NetworkDiff) =>
  findings.filter(
    ({ class: of, id }) => of === "numerics" || of === "unproved" || id === "output-order-changed",
  );

/** Says why a function differs, and not only another name. */
const isReason = ({ class: of, id, isConsequence }: Finding): boolean =>
  !isConsequence && of !== "cosmetic" && of !== "cost" && !id.endsWith("-renamed");

test("edits that leave the function what it is are proved to, and nothing else is said", async () => {
  await fuzz(
    fc.property(arbitraryMovedSteps("harmless"), ({ base, head }) => {
      const diff = compare(base, head);
      expect([diff.function, grave(diff)]).toEqual(["same", []]);
      const back = compare(head, base);
      expect([back.function, grave(back)]).toEqual(["same", []]);
    }),
    { runs: 200, longRuns: 20_000 },
  );
});

test("what is said to be the same function is the same function, and what is said to differ differs", async () => {
  const times = { same: 0, different: 0, unfit: 0 };
  await fuzz(
    fc.asyncProperty(arbitraryMovedSteps("any"), async ({ base, head }) => {
      const diff = compare(base, head);
      if (diff.function === null) {
        times.unfit++;
        return;
      }
      const draws = diff.function === "same" ? 1 : 6;
      const difference = await differenceAfterMove("diff-proof", base, head, diff.weights, draws);
      if (diff.function === "same") {
        times.same++;
        expect(difference).toBeLessThan(SAME);
        expect(grave(diff)).toEqual([]);
      } else {
        // Arithmetic that no comparison of graphs knows: a mean of multiples is a multiple of the mean.
        if (difference < SAME && COMMUTES.test(base)) return;
        times.different++;
        expect(difference).toBeGreaterThan(SAME);
        expect(diff.findings.filter(isReason)).not.toEqual([]);
      }
    }),
    { runs: 200, longRuns: 10_000 },
  );
  // The property says nothing where it never applies.
  expect(times.same).toBeGreaterThan(0);
  expect(times.different).toBeGreaterThan(0);
});
