/** Tests that safetensors files are read as written, and that damaged ones are refused with the place of the damage. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesInMemory, singleFile } from "../../../src/weights/byte-source.ts";
import { readValues } from "../../../src/weights/checkpoint.ts";
import { CheckpointError } from "../../../src/weights/checkpoint-error.ts";
import { readSafetensors } from "../../../src/weights/formats/safetensors/read-safetensors.ts";
import { writeSafetensors } from "../../../src/weights/formats/safetensors/write-safetensors.ts";
import { openCheckpoint } from "../../../src/weights/open-checkpoint.ts";
import { collectBytes, tensorOf } from "./tensors.ts";

const shapes = fc.array(fc.nat({ max: 4 }), { maxLength: 4 });
const tensors = fc.uniqueArray(
  fc.tuple(fc.string(), shapes, fc.infiniteStream(fc.float())).map(([name, shape, numbers]) => {
    const size = shape.reduce((count, side) => count * side, 1);
    return tensorOf(name, shape, Float32Array.from(numbers.take(size)));
  }),
  { selector: ({ name }) => name, maxLength: 5 },
);

function named(header: object, data: number): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

async function errorOf(bytes: Uint8Array): Promise<CheckpointError> {
  const error = await readSafetensors(bytesInMemory("x.safetensors", bytes)).catch(
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(CheckpointError);
  return error;
}

test("gives back bit for bit what was written", async () => {
  await fc.assert(
    fc.asyncProperty(tensors, async (written) => {
      fc.pre(written.every(({ name }) => name !== "__metadata__"));
      const bytes = await collectBytes(writeSafetensors(written, { format: "pt" }));
      const read = await openCheckpoint(singleFile(bytesInMemory("x", bytes)));
      expect(read.metadata).toEqual({ format: "pt" });
      const byName = new Map(read.tensors.map((tensor) => [tensor.name, tensor]));
      expect(byName.size).toBe(written.length);
      for (const tensor of written) {
        const own = byName.get(tensor.name);
        expect(own?.shape).toEqual(tensor.shape);
        expect(own && (await readValues(own))).toEqual(await readValues(tensor));
      }
    }),
  );
});

test("rounds to float16 as IEEE 754 says", async () => {
  const values = [
    1,
    1.0004883,
    1.0009766,
    65504,
    65520,
    2 ** -24,
    2 ** -25,
    3 * 2 ** -26,
    -0.1,
    6.1e-5,
  ];
  const tensor = tensorOf("a", [values.length], Float32Array.from(values));
  const bytes = await collectBytes(writeSafetensors([tensor], {}, "float16"));
  const { tensors: read } = await readSafetensors(bytesInMemory("x", bytes));
  expect(read[0]?.type).toBe("float16");
  const expected = [
    1,
    1,
    1.0009765625,
    65504,
    Infinity,
    2 ** -24,
    0,
    2 ** -24,
    -0.0999755859375,
    6.0975551605e-5,
  ];
  expect(read[0] && [...(await readValues(read[0]))]).toEqual(expected.map(Math.fround));
});

test.each([
  [
    "offsets behind the end",
    { a: { dtype: "F32", shape: [2], data_offsets: [0, 8] } },
    4,
    /bytes \d+ to \d+ are not in the file/,
  ],
  [
    "a shape that takes more",
    { a: { dtype: "F32", shape: [3], data_offsets: [0, 8] } },
    8,
    /are 8 bytes, and its shape takes 12/,
  ],
  [
    "an unknown type",
    { a: { dtype: "F8_E4M3", shape: [1], data_offsets: [0, 1] } },
    1,
    /the type "F8_E4M3"/,
  ],
  [
    "a negative size",
    { a: { dtype: "F32", shape: [-1], data_offsets: [0, 4] } },
    4,
    /sizes are whole numbers/,
  ],
  [
    "a size that overflows",
    { a: { dtype: "F32", shape: [2 ** 40, 2 ** 40], data_offsets: [0, 4] } },
    4,
    /its shape takes/,
  ],
  [
    "tensors that overlap",
    {
      a: { dtype: "U8", shape: [4], data_offsets: [0, 4] },
      b: { dtype: "U8", shape: [4], data_offsets: [2, 6] },
    },
    6,
    /tensor `b`.*overlap/,
  ],
  [
    "bytes of no tensor",
    { a: { dtype: "U8", shape: [1], data_offsets: [0, 1] } },
    9,
    /belong to no tensor/,
  ],
  ["a gap", { a: { dtype: "U8", shape: [1], data_offsets: [1, 2] } }, 2, /leave a gap/],
])("refuses %s", async (_, header, data, message) => {
  expect((await errorOf(named(header, data))).message).toMatch(message);
});

test("refuses a header longer than the file, and one that is no JSON", async () => {
  const long = new Uint8Array(16);
  new DataView(long.buffer).setBigUint64(0, 2n ** 63n, true);
  expect((await errorOf(long)).message).toMatch(/header of 9223372036854775808 bytes/);
  expect((await errorOf(Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7b]))).message).toMatch(
    /no header in JSON/,
  );
});

test("a file with any bytes changed is read, or refused with an error of its own", async () => {
  const tensor = tensorOf("conv.weight", [2, 3], Float32Array.from([1, 2, 3, 4, 5, 6]));
  const bytes = await collectBytes(writeSafetensors([tensor], { format: "pt" }));
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.nat(bytes.length),
      async (at, by, cut) => {
        for (const damaged of [
          bytes.with(at, ((bytes[at] ?? 0) + by) % 256),
          bytes.slice(0, cut),
        ]) {
          try {
            const { tensors: read } = await readSafetensors(bytesInMemory("x", damaged));
            for (const own of read) await readValues(own);
          } catch (error) {
            expect(error).toBeInstanceOf(CheckpointError);
          }
        }
      },
    ),
  );
});
