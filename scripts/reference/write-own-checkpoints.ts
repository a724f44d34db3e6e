/**
 * Writes a checkpoint in each format that inceptc writes, and what is in them, for write_checkpoints.py to read with the
 * frameworks.
 *
 *   npx tsx scripts/reference/write-own-checkpoints.ts DIR
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type TensorToWrite,
  writeKeras3,
  writeKerasH5,
  writeNpz,
  writeSafetensors,
} from "../../src/weights/index.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("give the folder to write to");

const SHAPES: readonly (readonly [name: string, shape: readonly number[]])[] = [
  ["conv2d/kernel", [3, 3, 2, 4]],
  ["conv2d/bias", [4]],
  ["batch_normalization/beta", [4]],
  ["batch_normalization/moving_mean", [4]],
  ["batch_normalization/moving_variance", [4]],
  ["dense/kernel", [4, 3]],
  ["dense/bias", [3]],
];

const numbers = SHAPES.map(([, shape], place) => {
  const count = shape.reduce((product, side) => product * side, 1);
  return Float32Array.from({ length: count }, (_, at) => Math.sin(at * 12.9898 + place) * 3);
});
numbers[1]?.set([NaN, Infinity, -Infinity, -0]);

const tensors: readonly TensorToWrite[] = SHAPES.map(([name, shape], place) => ({
  name,
  shape,
  async *read() {
    const all = numbers[place] ?? new Float32Array();
    yield all.subarray(0, 5);
    yield all.subarray(5);
  },
}));

const FILES: Readonly<Record<string, AsyncIterable<Uint8Array>>> = {
  "own.npz": writeNpz(tensors),
  "half.npz": writeNpz(tensors, "float16"),
  "own.h5": writeKerasH5(tensors, {}),
  "half.h5": writeKerasH5(tensors, {}, "float16"),
  "own.weights.h5": writeKeras3(tensors, (layer) => layer),
  "half.weights.h5": writeKeras3(tensors, (layer) => layer, "float16"),
  "own.safetensors": writeSafetensors(tensors, { format: "np" }),
  "half.safetensors": writeSafetensors(tensors, {}, "float16"),
};

mkdirSync(folder, { recursive: true });
const expected: Record<string, object[]> = {};
for (const [file, pieces] of Object.entries(FILES)) {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  writeFileSync(join(folder, file), Buffer.concat(all));
  expected[file] = SHAPES.map(([name, shape], place) => ({
    name,
    shape,
    type: file.startsWith("half") ? "float16" : "float32",
    values: Array.from(numbers[place] ?? [], (value) =>
      Number.isFinite(value) ? value : String(value).toLowerCase().replace("infinity", "inf"),
    ),
  }));
}
writeFileSync(join(folder, "expected.json"), JSON.stringify(expected));
