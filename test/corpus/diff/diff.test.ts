/**
 * Compares every pair with the text beside it: what `inceptc diff` prints for it, all findings included, and the listing
 * of both. `UPDATE=1` rewrites the texts.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderDiffText } from "../../../src/cli/diff/render-diff-text.ts";
import { renderDiffUnified } from "../../../src/cli/diff/render-diff-unified.ts";
import { createPrinter } from "../../../src/cli/printer.ts";
import { type Comparison, compareNetworks, selectFindings } from "../../../src/compiler/index.ts";
import { checkedSpec, checkedText } from "../../support/checked-networks.ts";
import { DIFF_PAIRS, type DiffPair, type PairSide } from "./pairs.ts";

const isUpdate = process.env.UPDATE === "1";

function check(side: PairSide): ReturnType<typeof checkedText> {
  return "text" in side ? checkedText(side.text) : checkedSpec(side.spec, side.network);
}

function compare({ base, head }: DiffPair): Comparison {
  return compareNetworks(check(base), check(head));
}

/** By the name of the file that holds it. */
function render({ diff, outline }: Comparison, hasLevels: boolean): Record<string, string> {
  const printer = createPrinter({ isTty: false, write: () => {} }, {}, "never");
  const view = { diff, selected: selectFindings(diff.findings, { all: true }) };
  const whole = `${renderDiffText(view, "graph", printer)}\n${renderDiffUnified(view, outline(), printer)}`;
  if (!hasLevels) return { "diff.txt": whole };
  return {
    "diff.txt": whole,
    "source.txt": renderDiffText(view, "source", printer),
    "tensors.txt": renderDiffText(view, "tensors", printer),
  };
}

describe.each(DIFF_PAIRS)("$name", (pair) => {
  const forms = render(compare(pair), pair.hasLevels === true);

  test.each(Object.entries(forms))("reads as pinned down in %s", (file, produced) => {
    const path = join(import.meta.dirname, pair.name, file);
    if (isUpdate) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, produced);
    }
    expect(produced).toBe(existsSync(path) ? readFileSync(path, "utf8") : "");
  });
});

/** What has to be in each, whatever the words are. */
const FACTS: Readonly<
  Record<string, { readonly verdict: string; readonly rules: readonly string[] }>
> = {
  "same-network": { verdict: "full", rules: [] },
  "v4-paper-and-slim": {
    verdict: "partial",
    rules: [
      "branch-order-changed",
      "kernel-changed",
      "kernel-order-changed",
      "layer-renamed",
      "module-replaced",
    ],
  },
  "resnet-v2-paper-and-released": {
    verdict: "partial",
    rules: [
      "block-added",
      "block-removed",
      "layer-added",
      "repeat-count-changed",
      "module-replaced",
      "step-added",
    ],
  },
  "resnet-v2-slim-and-keras": {
    verdict: "full",
    rules: ["dropout-changed", "input-crop-changed", "norm-momentum-changed"],
  },
  "resnet-v2-slim-and-timm": {
    verdict: "partial",
    rules: [
      "norm-gamma-added",
      "norm-momentum-changed",
      "dropout-changed",
      "step-removed",
      "output-renamed",
      "input-crop-changed",
    ],
  },
  "v4-with-an-auxiliary-head": { verdict: "partial", rules: ["block-added", "output-added"] },
  "residual-scale": { verdict: "full", rules: ["residual-scale-changed"] },
  "more-blocks": { verdict: "partial", rules: ["repeat-count-changed"] },
  "block-inserted": { verdict: "partial", rules: ["block-added"] },
  "module-renamed": { verdict: "full", rules: ["module-renamed"] },
  "branches-swapped": { verdict: "permuted", rules: ["branch-order-changed"] },
  "smaller-input": { verdict: "full", rules: ["input-shape-changed", "resolution-changed"] },
};

/** Left out here: they follow from what is compared, and not from the edit. */
const INCIDENTAL = new Set([
  "network-renamed",
  "budget-changed",
  "argument-changed",
  "parameter-changed",
]);

test.each(Object.entries(FACTS))(
  "%s has these findings and no others",
  (name, { verdict, rules }) => {
    const pair = DIFF_PAIRS.find((one) => one.name === name);
    if (!pair) throw new Error(`there is no pair ${name}`);
    const { findings, weights } = compare(pair).diff;
    const found = findings.filter(
      ({ id, isConsequence }) => !isConsequence || id === "resolution-changed",
    );
    const ids = new Set(found.map(({ id }) => id));
    expect([...ids].filter((id) => !INCIDENTAL.has(id)).sort()).toEqual([...rules].sort());
    expect(weights.verdict).toBe(verdict);
  },
);
