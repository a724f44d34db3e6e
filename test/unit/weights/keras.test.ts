/** Tests that weights are read as Keras and h5py wrote them, by the names of Keras, and that damaged files are refused. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesInMemory, singleFile } from "../../../src/weights/byte-source.ts";
import { readValues } from "../../../src/weights/checkpoint.ts";
import { legacyNames } from "../../../src/weights/formats/keras/keras-names.ts";
import { writeKeras3 } from "../../../src/weights/formats/keras/write-keras-3.ts";
import { writeKerasH5 } from "../../../src/weights/formats/keras/write-keras-h5.ts";
import { openCheckpoint } from "../../../src/weights/open-checkpoint.ts";
import type { TensorToWrite } from "../../../src/weights/tensor-to-write.ts";
import { errorOf, expectNoOtherError } from "./damaged.ts";
import { expectReal, realBytes } from "./real-files.ts";
import { collectBytes, tensorOf } from "./tensors.ts";

test.each(["small.h5", "keras-2.h5", "types.h5", "types-latest.h5"])(
  "reads %s number by number",
  async (file) => {
    await expectReal(file, "keras-h5");
  },
);

test.each(["small.weights.h5", "kinds.weights.h5", "tiny.keras"])(
  "reads %s of Keras 3 number by number, by the same names",
  async (file) => {
    await expectReal(file, "keras-3", "any order");
  },
);

test("versions are metadata", async () => {
  const { metadata } = await openCheckpoint(
    singleFile(bytesInMemory("x", realBytes("keras-2.h5"))),
  );
  expect(metadata).toEqual({ backend: "tensorflow", keras_version: "2.2.4" });
});

test.each([
  ["conv", ["conv/kernel:0", "conv/bias:0"], ["conv/kernel", "conv/bias"]],
  ["predictions", ["predictions_1/kernel:0"], ["predictions/kernel"]],
  ["model", ["a/kernel", "b/kernel"], ["model/a/kernel", "model/b/kernel"]],
  [
    "cell",
    ["cell/inner/kernel:0", "cell/inner_1/kernel:0"],
    ["cell/inner/kernel", "cell/inner_1/kernel"],
  ],
  ["conv", ["net/conv/kernel", "net/conv/bias"], ["conv/kernel", "conv/bias"]],
  ["model", ["conv/kernel:0"], ["model/conv/kernel"]],
  ["dense", ["dense_a/kernel", "dense_1/kernel"], ["dense/dense_a/kernel", "dense/kernel"]],
  ["twice", ["twice/k", "twice_1/k"], ["twice/twice/k", "twice/twice_1/k"]],
  ["alone", ["kernel:0"], ["alone/kernel"]],
  ["block/conv", ["block/conv/kernel:0"], ["block/conv/kernel"]],
])("names the weights of %s", (layer, weights, names) => {
  expect(legacyNames(layer, weights)).toEqual(names);
});

test("says where values lie", async () => {
  const bytes = realBytes("types.h5");
  const { tensors } = await openCheckpoint(singleFile(bytesInMemory("x", bytes)));
  const placed = new Map(tensors.map(({ name, place }) => [name, place]));
  const { start = 0, end = 0 } = placed.get("a/scalar") ?? {};
  expect(new DataView(bytes.buffer).getFloat32(start, true)).toBe(1.5);
  expect(end - start).toBe(4);
  expect(placed.get("a/gzip")).toBeUndefined();
});

/** A file with a number at the first place of some bytes, or behind it, changed. */
function changed(file: string, before: readonly number[], skip: number, to: readonly number[]) {
  const bytes = realBytes(file);
  const at = Buffer.from(bytes).indexOf(Buffer.from(before));
  expect(at).toBeGreaterThan(0);
  bytes.set(to, at + skip);
  return bytes;
}

const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];
const HUGE = [0, 0, 0, 0, 0, 0, 0, 0x10];

test.each([
  [
    "a name that is not there",
    changed("keras-2.h5", ascii("conv2d_1/kernel:0"), 16, [0x31]),
    /tensor `conv2d_1\/kernel`.* is not there|kernel:1|not there/,
  ],
  ["a version of the file", changed("keras-2.h5", [0x48, 0x44, 0x46, 0x0d], 7, [9]), /version 9/],
  [
    "names of a group at a wrong place",
    changed("keras-2.h5", ascii("HEAP"), 24, HUGE),
    /bytes \d+ to \d+ are not in the file/,
  ],
  [
    "a heap longer than the file",
    changed("keras-2.h5", ascii("HEAP"), 8, HUGE),
    /are not in the file/,
  ],
  [
    "a tree that leads to itself",
    changed("keras-2.h5", ascii("TREE"), 5, [1]),
    /no node of the tree|not "TREE"/,
  ],
])("refuses %s", async (_, bytes, message) => {
  expect((await errorOf(bytes)).message).toMatch(message);
});

test("refuses values that are not in the file, by the tensor's name and its bytes", async () => {
  const bytes = realBytes("keras-2.h5");
  const { tensors } = await openCheckpoint(singleFile(bytesInMemory("x", bytes)));
  const { start = 0, end = 0 } = tensors.at(-1)?.place ?? {};
  const address = Buffer.alloc(8);
  address.writeBigUint64LE(BigInt(start));
  bytes.set([0, 0, 1], Buffer.from(bytes).indexOf(address));
  const error = await errorOf(bytes);
  expect(error.place).toEqual({
    file: "x",
    tensor: "block/conv/kernel",
    bytes: [0x10000, 0x10000 + end - start],
  });
});

test("refuses a file that is cut off, by the bytes that it lacks", async () => {
  const bytes = realBytes("keras-2.h5");
  const error = await errorOf(bytes.slice(0, -100));
  expect(error.message).toBe(
    "x, bytes 22116 to 22216 are not there: the file says that it has them",
  );
});

test.each([
  ["keras-2.h5", 3],
  ["types.h5", 3],
  ["types-latest.h5", 1],
  ["small.weights.h5", 7],
  ["small.h5", 7],
  ["tiny.keras", 97],
])("a changed %s is read, or refused", async (file, step) => {
  await expectNoOtherError(file, { step, runs: 500 });
});

const parts = fc.stringMatching(/^[a-zß_][a-z0-9_]{0,8}$/);
const written = fc
  .uniqueArray(
    fc.tuple(fc.array(parts, { minLength: 1, maxLength: 2 }), fc.integer({ min: 1, max: 3 })),
    {
      selector: ([path]) => path[0],
      maxLength: 6,
    },
  )
  .chain((layers) =>
    fc.tuple(
      ...layers.flatMap(([path, count]) =>
        Array.from({ length: count }, (_, weight) =>
          fc
            .tuple(fc.array(fc.nat({ max: 3 }), { maxLength: 4 }), fc.infiniteStream(fc.float()))
            .map(([shape, numbers]) => {
              const size = shape.reduce((product, side) => product * side, 1);
              const values = Float32Array.from(numbers.take(size));
              return tensorOf(`${path.join("/")}/w${weight}`, shape, values);
            }),
        ),
      ),
    ),
  );

async function expectSame(bytes: Uint8Array, tensors: readonly TensorToWrite[]): Promise<void> {
  const read = await openCheckpoint(singleFile(bytesInMemory("x", bytes)));
  const byName = new Map(read.tensors.map((tensor) => [tensor.name, tensor]));
  expect([...byName.keys()].sort()).toEqual(tensors.map(({ name }) => name).sort());
  for (const tensor of tensors) {
    const own = byName.get(tensor.name);
    expect(own?.shape).toEqual(tensor.shape);
    expect(own && (await readValues(own))).toEqual(await readValues(tensor));
  }
}

test("gives back bit for bit what was written as Keras 2 does, in its order", async () => {
  await fc.assert(
    fc.asyncProperty(written, async (tensors) => {
      const bytes = await collectBytes(writeKerasH5(tensors, { backend: "jax" }));
      const read = await openCheckpoint(singleFile(bytesInMemory("x", bytes)));
      expect(read.tensors.map(({ name }) => name)).toEqual(tensors.map(({ name }) => name));
      expect(read.metadata).toEqual({ backend: "jax", keras_version: "2.15.0" });
      await expectSame(bytes, tensors);
    }),
  );
});

test("gives back bit for bit what was written as Keras 3 does", async () => {
  const tensors = [
    tensorOf("conv2d_7/kernel", [1, 1, 2, 1], Float32Array.of(3, 4)),
    tensorOf("conv2d_3/kernel", [1, 1, 1, 1], Float32Array.of(5)),
    tensorOf("conv2d_3/bias", [1], Float32Array.of(NaN)),
    tensorOf("bn/beta", [1], Float32Array.of(-0)),
    tensorOf("bn/moving_mean", [1], Float32Array.of(7)),
    tensorOf("bn/moving_variance", [1], Float32Array.of(Infinity)),
  ];
  const classOf = (layer: string) => (layer === "bn" ? "batch_normalization" : "conv2d");
  await expectSame(await collectBytes(writeKeras3(tensors, classOf)), tensors);
});

test("splits names that are too long for one attribute, as Keras does", async () => {
  const tensors = Array.from({ length: 1500 }, (_, layer) =>
    tensorOf(`${"a_long_name_".repeat(5)}${layer}/kernel`, [1], Float32Array.of(layer)),
  );
  const bytes = await collectBytes(writeKerasH5(tensors, {}));
  expect(Buffer.from(bytes).includes("layer_names1")).toBe(true);
  await expectSame(bytes, tensors);
});

test("refuses to write a tensor whose values are not those of its shape", async () => {
  const tensor = tensorOf("a/b", [3], Float32Array.of(1));
  await expect(collectBytes(writeKerasH5([tensor], {}))).rejects.toThrow(/other values than its/);
});

test("ends where layers of a hostile file share one large heap of names", async () => {
  const layers = Array.from({ length: 400 }, (_, layer) =>
    tensorOf(`l${layer}/kernel`, [1], Float32Array.of(layer)),
  );
  const file = Buffer.from(await collectBytes(writeKeras3(layers, () => "dense")));
  // Behind the file: an empty tree, and a heap of 1 MiB. The links of each layer's group become a table that has both.
  const [tree, heap] = [file.length, file.length + 24];
  const tail = Buffer.alloc(24 + 32 + 2 ** 20);
  tail.write("TREE", 0);
  tail.write("HEAP", 24);
  tail.writeBigUint64LE(2n ** 20n, 24 + 8);
  tail.writeBigUint64LE(BigInt(heap + 32), 24 + 24);
  for (let at = file.indexOf("vars"); at >= 0; at = file.indexOf("vars", at + 1)) {
    // The message begins 13 bytes before its name: type, size, flags, then version, flags, character set and length.
    file.writeUInt16LE(0x11, at - 13);
    file.writeBigUint64LE(BigInt(tree), at - 5);
    file.writeBigUint64LE(BigInt(heap), at + 3);
  }
  const bytes = Buffer.concat([file, tail]);
  bytes.writeBigUint64LE(BigInt(bytes.length), 40);
  expect((await errorOf(new Uint8Array(bytes))).message).toMatch(/are read again and again/);
});
