/** Tests that formats are read in ranges: opening reads no values, and a piece of values is all that is read at a time. */
import { expect, test } from "vitest";
import {
  type ByteSource,
  bytesInMemory,
  bytesOfBlob,
  singleFile,
} from "../../../src/weights/byte-source.ts";
import { readValues } from "../../../src/weights/checkpoint.ts";
import { writeKeras3 } from "../../../src/weights/formats/keras/write-keras-3.ts";
import { writeKerasH5 } from "../../../src/weights/formats/keras/write-keras-h5.ts";
import { writeNpz } from "../../../src/weights/formats/npz/write-npz.ts";
import { writeSafetensors } from "../../../src/weights/formats/safetensors/write-safetensors.ts";
import { openCheckpoint } from "../../../src/weights/open-checkpoint.ts";
import type { TensorToWrite } from "../../../src/weights/tensor-to-write.ts";
import { craftZip } from "./crafted-zip.ts";
import { Pickle } from "./pickle-writer.ts";
import { realBytes } from "./real-files.ts";
import { collectBytes, tensorOf } from "./tensors.ts";

const SIDE = 1536;
const values = Float32Array.from({ length: SIDE * SIDE }, (_, at) => at % 1000);
const tensors: readonly TensorToWrite[] = [
  tensorOf("dense/kernel", [SIDE, SIDE], values),
  tensorOf("dense/bias", [SIDE], values.slice(0, SIDE)),
];

function torchArchive(): Uint8Array {
  const pickle = new Pickle()
    .op("}")
    .text("dense/kernel")
    .global("torch._utils._rebuild_tensor_v2")
    .op("((")
    .text("storage")
    .global("torch.FloatStorage")
    .text("0")
    .text("cpu")
    .number(values.length)
    .op("tQ")
    .number(0)
    .numbers([SIDE, SIDE])
    .numbers([SIDE, 1])
    .op("tRs");
  return craftZip([
    { name: "a/data.pkl", bytes: pickle.bytes() },
    { name: "a/data/0", bytes: new Uint8Array(values.buffer) },
  ]);
}

const files = new Map([
  ["safetensors", await collectBytes(writeSafetensors(tensors, {}))],
  ["npz", await collectBytes(writeNpz(tensors))],
  ["keras-h5", await collectBytes(writeKerasH5(tensors, {}))],
  ["keras-3", await collectBytes(writeKeras3(tensors, () => "dense"))],
  ["pytorch", torchArchive()],
]);

/** A source that notes the length of each read. */
function noting(source: ByteSource, lengths: number[]): ByteSource {
  return {
    ...source,
    read: (start, end) => {
      lengths.push(end - start);
      return source.read(start, end);
    },
  };
}

test.each([...files])(
  "opens %s without its values, which come in pieces",
  async (format, bytes) => {
    const lengths: number[] = [];
    const checkpoint = await openCheckpoint(singleFile(noting(bytesInMemory("x", bytes), lengths)));
    expect(checkpoint.format).toBe(format);
    const opening = lengths.reduce((sum, length) => sum + length, 0);
    expect(opening).toBeLessThan(bytes.length / 20);
    for (const { name, read } of checkpoint.tensors) {
      for await (const piece of read()) expect(piece.length, name).toBeLessThanOrEqual(1024 * 1024);
    }
    expect(Math.max(...lengths)).toBeLessThanOrEqual(4 * 1024 * 1024);
  },
);

test.each([...files])("a reader of %s may stop after the first piece", async (_, bytes) => {
  const { tensors: read } = await openCheckpoint(singleFile(bytesInMemory("x", bytes)));
  for (const tensor of read) {
    for await (const _piece of tensor.read()) break;
    // Each call reads anew.
    expect((await readValues(tensor))[1]).toBe(1);
  }
});

test.each([
  ...files,
  ["compressed npz", realBytes("compressed.npz")] as const,
  ["legacy pytorch", realBytes("net-legacy.pt")] as const,
  ["keras archive", realBytes("tiny.keras")] as const,
])("reads %s from a Blob, as of a file that a user chose", async (_, bytes) => {
  const blob = await openCheckpoint(singleFile(bytesOfBlob("x", new Blob([bytes.slice()]))));
  const memory = await openCheckpoint(singleFile(bytesInMemory("x", bytes)));
  expect(blob.tensors.length).toBe(memory.tensors.length);
  for (const [index, tensor] of memory.tensors.entries()) {
    const own = blob.tensors[index];
    const bits = Buffer.from((own === undefined ? values : await readValues(own)).buffer);
    // As bits: NaN is equal to itself, and millions of numbers are compared at once.
    expect(bits.equals(Buffer.from((await readValues(tensor)).buffer)), tensor.name).toBe(true);
  }
});
