/** Tests that archives of numpy arrays are read as numpy wrote them, and that damaged ones are refused. */
import { crc32, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesInMemory, singleFile } from "../../../src/weights/byte-source.ts";
import { readValues } from "../../../src/weights/checkpoint.ts";
import { CheckpointError } from "../../../src/weights/checkpoint-error.ts";
import { fromFortranOrder } from "../../../src/weights/formats/npz/fortran-order.ts";
import { parseNpyHeader } from "../../../src/weights/formats/npz/npy-header.ts";
import { writeNpz } from "../../../src/weights/formats/npz/write-npz.ts";
import { openCheckpoint } from "../../../src/weights/open-checkpoint.ts";
import { readZip } from "../../../src/weights/zip/read-zip.ts";
import { writeZip } from "../../../src/weights/zip/write-zip.ts";
import { craftZip } from "./crafted-zip.ts";
import { errorOf, expectNoOtherError } from "./damaged.ts";
import { expectReal } from "./real-files.ts";
import { collectBytes, tensorOf } from "./tensors.ts";

const shapes = fc.array(fc.nat({ max: 4 }), { maxLength: 4 });
const tensors = fc.uniqueArray(
  fc
    .tuple(fc.string({ unit: "grapheme" }), shapes, fc.infiniteStream(fc.float()))
    .map(([name, shape, numbers]) => {
      const size = shape.reduce((count, side) => count * side, 1);
      return tensorOf(name, shape, Float32Array.from(numbers.take(size)));
    }),
  { selector: ({ name }) => name, maxLength: 5 },
);

test.each(["stored.npz", "compressed.npz"])(
  "reads %s, which numpy wrote, number by number",
  async (file) => {
    await expectReal(file, "npz");
  },
);

test("gives back bit for bit what was written", async () => {
  await fc.assert(
    fc.asyncProperty(tensors, async (written) => {
      const bytes = await collectBytes(writeNpz(written));
      const read = await openCheckpoint(singleFile(bytesInMemory("x", bytes)));
      expect(read.tensors.map(({ name }) => name)).toEqual(written.map(({ name }) => name));
      for (const [index, tensor] of read.tensors.entries()) {
        expect(tensor.shape).toEqual(written[index]?.shape);
        expect(await readValues(tensor)).toEqual(await readValues(written[index] ?? tensor));
      }
    }),
  );
});

test("writes the same bytes for the same tensors", async () => {
  const tensor = tensorOf("a/kernel", [2], Float32Array.from([1, 2]));
  expect(await collectBytes(writeNpz([tensor]))).toEqual(await collectBytes(writeNpz([tensor])));
});

test("passes on what a tensor to write throws, and lets a reader stop early", async () => {
  const tensor = {
    ...tensorOf("a", [1], Float32Array.of(1)),
    // biome-ignore lint/correctness/useYield: it fails before the first
    async *read(): AsyncGenerator<Float32Array> {
      throw new Error("no such disk");
    },
  };
  await expect(collectBytes(writeNpz([tensor]))).rejects.toThrow("no such disk");
  for await (const _ of writeNpz([tensorOf("a", [4], new Float32Array(4))])) break;
});

test("turns Fortran order into row-major order, whatever fits into memory at a time", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
      fc.integer({ min: 1, max: 9 }),
      async (shape, block) => {
        const count = shape.reduce((product, side) => product * side, 1);
        // The value of a place is its number in row-major order.
        const stored = Float32Array.from({ length: count }, (_, at) => {
          let [rest, index] = [at, 0];
          for (const [axis, side] of shape.entries()) {
            const stride = shape.slice(axis + 1).reduce((product, other) => product * other, 1);
            index += (rest % side) * stride;
            rest = Math.floor(rest / side);
          }
          return index;
        });
        const read = () => fromFortranOrder(shape, tensorOf("", shape, stored).read, block);
        const expected = Float32Array.from({ length: count }, (_, at) => at);
        expect(await readValues({ shape, read })).toEqual(expected);
      },
    ),
  );
});

test.each([
  [
    "an order of keys that numpy does not write",
    "{'shape': (2, 3), 'descr': '>f8', 'fortran_order': True}",
  ],
  [
    "double quotes and numbers of Python 2",
    `{"descr": "<i8", "fortran_order": False, "shape": (3L,),}`,
  ],
])("reads a header with %s", (_, text) => {
  expect(parseNpyHeader(text)).toHaveProperty("shape");
});

test.each([
  ["{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", /the type "\|O"/],
  ["{'descr': '<U10', 'fortran_order': False, 'shape': (2,), }", /the type "<U10"/],
  ["{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }", /the type "<c8"/],
  ["{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", /not one of numbers/],
  ["{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", /not one of numbers/],
  ["{'descr': '<f4', 'fortran_order': False, 'shape': (9007199254740993,), }", /whole numbers/],
  ["{'descr': '<f4', 'fortran_order': 'no', 'shape': (2,), }", /has the shape/],
  ["{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", /not one of/],
  [`{'descr': '<f4', 'fortran_order': False, 'shape': (${"1,".repeat(65)}), }`, /at most 64/],
  ["__import__('os').system('ls')", /not one of numbers/],
])("refuses the header %s", (text, message) => {
  expect(parseNpyHeader(text)).toEqual({ refusal: expect.stringMatching(message) });
});

async function archive(name: string, content: Uint8Array): Promise<Uint8Array> {
  return collectBytes(
    writeZip([
      {
        name,
        async *read() {
          yield content;
        },
      },
    ]),
  );
}

function npy(text: string, data: number, version = 1): Uint8Array {
  const header = new TextEncoder().encode(text);
  const length = [header.length & 0xff, header.length >> 8];
  return Uint8Array.from([
    ...[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0],
    ...length,
    ...header,
    ...new Uint8Array(data),
  ]);
}

const HUGE = "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000, 1000000), }";

test.each([
  ["a shape that takes more", npy(HUGE, 8), /tensor `a`.* are 8 bytes of values, and its shape/],
  ["an unknown version", npy(HUGE, 8, 9), /has version 9/],
  ["no array", new TextEncoder().encode("hello"), /does not begin as an array/],
  ["an empty file", new Uint8Array(), /does not begin as an array/],
  ["a header that is cut off", npy(HUGE, 0).subarray(0, 40), /is cut off in its header/],
  ["a header that is too long", npy(" ".repeat(10_001), 0), /header of 10001 bytes/],
])("refuses %s", async (_, content, message) => {
  const error = await errorOf(await archive("a.npy", content));
  expect(error.message).toMatch(message);
  expect(error.place.tensor).toBe("a");
});

test("refuses an archive of other files", async () => {
  expect((await errorOf(await archive("a.txt", new Uint8Array(4)))).message).toMatch(
    /is a zip archive, but no checkpoint/,
  );
});

test("refuses values that were changed, by the checksum of the archive", async () => {
  const bytes = await collectBytes(writeNpz([tensorOf("a", [3], Float32Array.of(1, 2, 3))]));
  const checkpoint = await openCheckpoint(singleFile(bytesInMemory("x.npz", bytes)));
  const at = checkpoint.tensors[0]?.place?.start ?? 0;
  const error = await errorOf(bytes.with(at, 99));
  expect(error.message).toMatch(/x: tensor `a`, bytes \d+ to \d+ are damaged data of `a.npy`/);
});

test.each(["stored.npz", "compressed.npz"])("a changed %s is read, or refused", async (file) => {
  await expectNoOtherError(file);
});

const SMALL = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 8);

test("reads what the crafted archives of this test are made of", async () => {
  const packed = { bytes: new Uint8Array(deflateRawSync(SMALL)), method: 8 };
  const said = { size: SMALL.length, checksum: crc32(SMALL) };
  const bytes = craftZip([
    { name: "a.npy", bytes: SMALL },
    { name: "b.npy", ...packed, ...said },
  ]);
  const { tensors: read } = await openCheckpoint(singleFile(bytesInMemory("x", bytes)));
  for (const tensor of read) expect(await readValues(tensor)).toEqual(new Float32Array(2));
  expect(read).toHaveLength(2);
});

test("unpacks no more than the directory says", async () => {
  const bomb = Buffer.concat([SMALL, Buffer.alloc(64 * 1024 * 1024)]);
  const bytes = craftZip([
    { name: "a.npy", bytes: new Uint8Array(deflateRawSync(bomb)), method: 8, size: SMALL.length },
  ]);
  let counted = 0;
  const [file] = await readZip(bytesInMemory("x", bytes));
  const unpackAll = async () => {
    for await (const chunk of file?.read() ?? []) counted += chunk.length;
  };
  await expect(unpackAll()).rejects.toThrow(CheckpointError);
  // What one step of unpacking made is thrown away; the rest is not made.
  expect(counted).toBeLessThan(1024 * 1024);
  expect((await errorOf(bytes)).message).toMatch(/tensor `a`, bytes 35 to \d+ are damaged data/);
});

test.each([
  [
    "two files of one name",
    [
      { name: "a.npy", bytes: SMALL },
      { name: "a.npy", bytes: SMALL },
    ],
    /holds two files `a.npy`/,
  ],
  [
    "files that share their bytes",
    [
      { name: "a.npy", bytes: SMALL },
      { name: "b.npy", bytes: SMALL, isAlias: true },
    ],
    /is a damaged zip archive: Overlapping/,
  ],
  ["another compression", [{ name: "a.npy", bytes: SMALL, method: 12 }], /by method 12/],
  [
    "data behind the end",
    [{ name: "a.npy", bytes: SMALL, size: 2 ** 32 - 2 }],
    /damaged|values, and its shape/,
  ],
])("refuses %s", async (_, files, message) => {
  expect((await errorOf(craftZip(files))).message).toMatch(message);
});
