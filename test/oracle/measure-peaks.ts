/** Measures a network's peak of live memory: as its report has it, and while generated code runs on a real backend. */
import * as tf from "@tensorflow/tfjs";
import { measurePeakBytes } from "../../src/compiler/cost/live-memory.ts";
import { analyze, type SourceInput } from "../../src/compiler/index.ts";
import { lower } from "../../src/compiler/lower/lower.ts";
import { compileModel } from "../models/compile-model.ts";
import { factoryOf } from "../models/run-model.ts";
import { peakBytesOf } from "./live-bytes.ts";

/** A clone shares its numbers there, as on most backends; on wasm it is a copy. */
export async function startCpuBackend(): Promise<void> {
  await tf.setBackend("cpu");
}

export interface Peaks {
  /** As the report says. */
  readonly reported: number;
  /** While the generated code predicts. */
  readonly real: number;
}

/** `name` tells the files of tests apart. */
export async function measurePeaks(name: string, source: SourceInput): Promise<Peaks> {
  const [checked] = analyze(source, {}, "first").checked();
  if (!checked) throw new Error(`${name} has errors`);
  const model = factoryOf(await compileModel(`live-memory-${name}`, source))();
  const picture = tf.zeros([1, ...checked.root.input.map(Number)]);
  const real = peakBytesOf(() => {
    tf.tidy(() => {
      model.predict(picture);
    });
  });
  picture.dispose();
  model.dispose();
  return { reported: measurePeakBytes(lower(checked.root)), real };
}
