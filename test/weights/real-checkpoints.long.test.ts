/**
 * Tests that checkpoints which real frameworks saved give generated networks the outputs of these frameworks. The files are
 * made by `scripts/reference/measure_outputs.py --save DIR`, and looked for in the folder that INCEPTC_CHECKPOINTS names.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { lower } from "../../src/compiler/lower/lower.ts";
import { loadWeights } from "../../src/runtime/load-weights.ts";
import { fitCheckpoint } from "../../src/weights/fit/fit-checkpoint.ts";
import { fittedTensors } from "../../src/weights/fit/fitted-tensors.ts";
import { parseNamings } from "../../src/weights/names/naming.ts";
import { filesOnDisk } from "../../src/weights/node/files-on-disk.ts";
import { openCheckpoint } from "../../src/weights/open-checkpoint.ts";
import { compileReference, expectOutput, type Reference } from "../models/expect-reference.ts";
import { referencePicture } from "../models/reference-weights.ts";
import { predict, startBackend } from "../models/run-model.ts";

beforeAll(startBackend);

const folder = process.env.INCEPTC_CHECKPOINTS ?? "";
const references: Readonly<Record<string, Reference>> = JSON.parse(
  readFileSync("test/models/reference-outputs.json", "utf8"),
);

/** Networks that have names beside their specification, and a checkpoint. */
const cases = Object.keys(references).flatMap((reference) => {
  const [spec = "", network = ""] = reference.split(":");
  const names = spec.replace(/\.incept$/, ".names.json");
  if (!existsSync(names)) return [];
  const namings = parseNamings(names, readFileSync(names, "utf8"));
  return namings
    .filter(({ networks, style }) => networks.includes(network) && style !== "slim")
    .map((naming) => ({ reference, network, naming }));
});

test.skipIf(folder === "").each(cases)("$reference", async ({ reference, network, naming }) => {
  const ending = naming.style === "keras" ? ".weights.h5" : ".safetensors";
  const files = await filesOnDisk(join(folder, network + ending));
  onTestFinished(() => files.close());
  const expected = references[reference];
  if (expected === undefined) throw new Error(`no output of ${reference}`);
  const { model, architecture, inputShape } = await compileReference(reference, expected);
  const fit = fitCheckpoint(lower(architecture.root), naming, await openCheckpoint(files));
  expect(["full", "permuted"]).toContain(fit.verdict);
  await loadWeights(model, fittedTensors(fit));
  const picture = referencePicture(inputShape, expected.pictureScale);
  const [output = new Float32Array()] = await predict(model, picture);
  tf.dispose(picture);
  model.dispose();
  expectOutput(output, expected);
});
