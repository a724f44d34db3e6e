/**
 * Tests that generated networks compute what the authors' code computes. With the same weights and picture, the outputs
 * equal those of Keras, timm, torchvision, TF-slim and facenet (reference-outputs.json, made by
 * scripts/reference/measure_outputs.py).
 */
import * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";
import { analyze, compile, renderDiagnostics } from "../../src/compiler/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { loadGenerated } from "./compile-model.ts";
import { referencePicture, setReferenceWeights } from "./reference-weights.ts";
import { factoryOf, predict } from "./run-model.ts";

export interface Reference {
  readonly source: string;
  readonly isBeforeSoftmax: boolean;
  /** A factor on all kernels, where numbers would grow until float32 has no digits left for what differs. */
  readonly gain?: number;
  /** A factor on the picture, where layers normalize by how large numbers are. */
  readonly pictureScale?: number;
  readonly length: number;
  readonly norm: number;
  readonly first: readonly number[];
}

/** Keras' Xception computes the shortcut of a block before its body. */
const SHORTCUT_FIRST: ReadonlySet<string> = new Set(["Xception"]);

/** The network, or what goes into its softmax. */
function sourceFor(spec: string, network: string, isBeforeSoftmax: boolean) {
  const remove = isBeforeSoftmax ? "remove head.softmax" : "";
  const text = `import { ${network} } from "./${spec}"\nvariant Reference of ${network} { ${remove} }\n`;
  const overlay = { path: "reference.incept", text };
  const host = createNodeHost({ cwd: process.cwd(), root: process.cwd(), overlay });
  return { path: "reference.incept", host };
}

/** A generated network without weights, up to where the reference measures: `name` is `specs/inception-v4.incept:InceptionV4`. */
export async function compileReference(name: string, { isBeforeSoftmax }: Reference) {
  const [spec = "", network = ""] = name.split(":");
  const source = sourceFor(spec, network, isBeforeSoftmax);
  const { checked, diagnostics } = analyze(source);
  const [architecture] = checked();
  const { files } = await compile(source);
  const [file] = files;
  if (!architecture || !file) throw new Error(renderDiagnostics(diagnostics));
  const generated = await loadGenerated(`reference-${network}`, String(file.content));
  return { model: factoryOf(generated)(), architecture, inputShape: generated.INPUT_SHAPE };
}

/** Fills the network with the reference's weights and compares what it computes. */
export async function expectReference(name: string, reference: Reference): Promise<void> {
  const { model, architecture, inputShape } = await compileReference(name, reference);
  const [, network = ""] = name.split(":");
  setReferenceWeights(model, architecture, SHORTCUT_FIRST.has(network), reference.gain);
  const picture = referencePicture(inputShape, reference.pictureScale);
  const [output = new Float32Array()] = await predict(model, picture);
  tf.dispose(picture);
  model.dispose();
  expectOutput(output, reference);
}

export function expectOutput(output: Float32Array, reference: Reference): void {
  expect(output.length).toBe(reference.length);
  expect(Math.hypot(...output) / reference.norm).toBeCloseTo(1, 4);
  const size = reference.norm / Math.sqrt(reference.length);
  const errors = reference.first.map((value, index) => Math.abs(value - (output[index] ?? 0)));
  expect(Math.max(...errors) / size).toBeLessThan(1e-3);
}
