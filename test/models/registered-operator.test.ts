/**
 * Registers an operator that is nowhere in the compiler: what `inceptc` can do with an operator follows from its record. It
 * permutes channels twice and has no weights.
 */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test, vi } from "vitest";
import { drawPicture } from "../../src/compiler/graph.ts";
import { check, compareNetworks, report } from "../../src/compiler/index.ts";
import type { OperatorDefinition } from "../../src/compiler/ops/operator.ts";
import { measurePeaks } from "../oracle/measure-peaks.ts";
import { checkedText } from "../support/checked-networks.ts";
import { compileModel } from "./compile-model.ts";
import { moveWeights, scatterWeights } from "./move-weights.ts";
import { factoryOf, predict, randomInput, startBackend } from "./run-model.ts";

/** Deals channels out twice: first into three groups, then into two. */
const { TWIST } = vi.hoisted(() => {
  const definition: OperatorDefinition = {
    name: "twist",
    family: "shape",
    doc: "Deals channels out twice.",
    operands: ["groups"],
    attributes: {
      groups: { type: "int", doc: "Groups of the second time.", min: 1, change: "numerics" },
    },
    flags: {},
    inferShape: (_, input) => input,
    lower: ({ groups }, { output }, layers) => {
      layers.add("shuffle", { name: "deal", attributes: { groups: 3 }, shape: output });
      layers.add("shuffle", { attributes: { groups: Number(groups) }, shape: output });
    },
    measure: () => ({}),
  };
  return { TWIST: definition };
});

vi.mock("../../grammar/operators.ts", async (importOriginal) => {
  const { OPERAND_COUNTS } = await importOriginal<typeof import("../../grammar/operators.ts")>();
  return { OPERAND_COUNTS: { ...OPERAND_COUNTS, twist: 1 } };
});

vi.mock("../../src/compiler/ops/registry.ts", async (importOriginal) => {
  const registry = await importOriginal<typeof import("../../src/compiler/ops/registry.ts")>();
  return {
    ...registry,
    OPERATOR_NAMES: [...registry.OPERATOR_NAMES, TWIST.name],
    findOperator: (name: string) => (name === TWIST.name ? TWIST : registry.findOperator(name)),
    operatorNamed: (name: string) => (name === TWIST.name ? TWIST : registry.operatorNamed(name)),
  };
});

beforeAll(startBackend);

/** Two branches of 7 and 5 channels, in one order or the other, and layers around the operator. */
function network(first: string, second: string, step = "twist 2"): string {
  return `network N {
    input 6x6x3
    stem: concat { | a: ${first} | b: ${second} }
    twisted: ${step}
    head: conv 3x3 4 -> globalavgpool -> dense 5
  }`;
}

const BASE = network("conv 3x3 7", "conv 1x1 5");

/** The layer that gives the output of the model as it is before the head, and that output on a picture. */
function outputsAt(model: tf.LayersModel, names: readonly string[], x: tf.Tensor): number[][] {
  const outputs = names.map((name) => model.getLayer(name).output as tf.SymbolicTensor);
  const part = tf.model({ inputs: model.inputs, outputs });
  return tf.tidy(() =>
    (part.predict(x) as tf.Tensor[]).map((tensor) => Array.from(tensor.dataSync())),
  );
}

test("an operator that is registered is checked, and mistakes in it are named", () => {
  expect(check(BASE).diagnostics).toEqual([]);
  const [mistake] = check(network("conv 3x3 7", "conv 1x1 5", "twist 0")).diagnostics;
  expect(mistake?.message).toContain("groups");
});

test("its report has the memory that a real run takes", async () => {
  expect(report(BASE).report?.params.total).toBeGreaterThan(0);
  const { reported, real } = await measurePeaks("registered-operator", BASE);
  expect(real - reported).toBeGreaterThanOrEqual(0);
  expect(real - reported).toBeLessThan(64);
});

test("its code computes what it says", async () => {
  await startBackend();
  const model = factoryOf(await compileModel("registered-operator-code", BASE))();
  scatterWeights(model, 3);
  const x = randomInput([6, 6, 3]);
  const [before = [], after = []] = outputsAt(model, ["stem.concat", "twisted.twist"], x);
  const deal = (values: readonly number[], groups: number): number[] => {
    const share = values.length / groups;
    return values.map((_, out) => values[(out % groups) * share + Math.floor(out / groups)] ?? 0);
  };
  const channels = 12;
  for (let start = 0; start < before.length; start += channels) {
    const place = before.slice(start, start + channels);
    expect(after.slice(start, start + channels)).toEqual(deal(deal(place, 3), 2));
  }
  x.dispose();
  model.dispose();
});

test("a comparison follows channels through it, and real weights fit as it says", async () => {
  const head = network("conv 1x1 5", "conv 3x3 7")
    .replace("a:", "c:")
    .replace("b:", "a:")
    .replace("c:", "b:");
  const { diff } = compareNetworks(checkedText(BASE), checkedText(head));
  expect(diff.weights.verdict).toBe("permuted");
  const [from, to] = await Promise.all(
    [BASE, head].map(async (text, index) =>
      factoryOf(await compileModel(`registered-operator-${index}`, text))(),
    ),
  );
  if (!from || !to) throw new Error("both networks are built");
  scatterWeights(from, 100);
  scatterWeights(to, 9000);
  moveWeights(from, to, diff.weights);
  const x = randomInput([6, 6, 3]);
  const [one = new Float32Array()] = await predict(from, x);
  const [other = new Float32Array()] = await predict(to, x);
  one.forEach((value, index) => {
    expect(other[index]).toBeCloseTo(value, 4);
  });
  const changed = compareNetworks(
    checkedText(BASE),
    checkedText(network("conv 3x3 7", "conv 1x1 5", "twist 4")),
  );
  expect(changed.diff.findings.map(({ id }) => id)).toContain("attribute-changed");
  tf.dispose(x);
  from.dispose();
  to.dispose();
});

test("a picture shows it", async () => {
  const picture = await drawPicture([{ checked: checkedText(BASE) }]);
  expect(picture.kind === "drawn" && picture.text).toContain("twist");
});
