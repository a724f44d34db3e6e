/** Tests that state dicts are read as PyTorch saved them, that nothing in a pickle runs, and that damaged files are refused. */
import { expect, test } from "vitest";
import { bytesInMemory, singleFile } from "../../../src/weights/byte-source.ts";
import { openCheckpoint } from "../../../src/weights/open-checkpoint.ts";
import { readZip } from "../../../src/weights/zip/read-zip.ts";
import { craftZip } from "./crafted-zip.ts";
import { errorOf, expectNoOtherError } from "./damaged.ts";
import { Pickle } from "./pickle-writer.ts";
import { expectReal, realBytes } from "./real-files.ts";

test.each([
  "net.pt",
  "net-legacy.pt",
  "odd.pt",
  "odd-legacy.pt",
  "odd-protocol-4.pt",
  "unsigned.pt",
  "training.pt",
  "training-legacy.pt",
  "nested.pt",
  "big-endian.pt",
])("reads %s, which PyTorch saved, number by number", async (file) => {
  await expectReal(file, "pytorch");
});

test("what is saved beside a state dict is metadata", async () => {
  const { metadata } = await openCheckpoint(
    singleFile(bytesInMemory("x", realBytes("training.pt"))),
  );
  expect(metadata).toEqual({ epoch: "7", arch: "small" });
});

test("says where a tensor lies that is in one piece, and of others that it is not", async () => {
  const bytes = realBytes("odd.pt");
  const { tensors } = await openCheckpoint(singleFile(bytesInMemory("x", bytes)));
  const placed = new Map(tensors.map(({ name, place }) => [name, place]));
  expect(placed.get("transposed")).toBeUndefined();
  const { start = 0, end = 0 } = placed.get("scalar") ?? {};
  expect(new DataView(bytes.buffer).getFloat32(start, true)).toBe(2.5);
  expect(end - start).toBe(4);
});

/** An archive with this pickle and one storage of 16 bytes. */
function archive(pickle: Pickle): Uint8Array {
  return craftZip([
    { name: "archive/data.pkl", bytes: pickle.bytes() },
    { name: "archive/data/0", bytes: new Uint8Array(16) },
  ]);
}

interface TensorParts {
  readonly key?: string;
  readonly count?: number;
  readonly offset?: number;
  readonly shape?: readonly number[];
  readonly strides?: readonly number[];
  readonly storage?: string;
}

/** A state dict of one tensor `w`. */
function oneTensor(parts: TensorParts): Pickle {
  const { key = "0", count = 4, offset = 0, shape = [2, 2], strides = [2, 1] } = parts;
  const { storage = "torch.FloatStorage" } = parts;
  return new Pickle()
    .op("}")
    .text("w")
    .global("torch._utils._rebuild_tensor_v2")
    .op("((")
    .text("storage")
    .global(storage)
    .text(key)
    .text("cpu")
    .number(count)
    .op("tQ")
    .number(offset)
    .numbers(shape)
    .numbers(strides)
    .op("tRs");
}

test("reads the crafted archive that the tests below change", async () => {
  const { tensors } = await openCheckpoint(singleFile(bytesInMemory("x", archive(oneTensor({})))));
  expect(tensors).toMatchObject([{ name: "w", shape: [2, 2], type: "float32" }]);
});

test.each<[string, TensorParts, RegExp]>([
  ["a storage that is not there", { key: "7" }, /tensor `w` lies in the storage "7"/],
  ["a storage outside of the archive", { key: "../../etc/passwd" }, /tensor `w` lies in/],
  ["a storage that is shorter", { count: 5 }, /tensor `w`, bytes \d+ to \d+ are 16, and its/],
  ["an offset behind the end", { offset: 1 }, /tensor `w`, bytes \d+ to \d+ are not in its/],
  ["strides behind the end", { strides: [3, 1] }, /are not in its storage/],
  ["a shape that is too large", { shape: [2 ** 31 - 1, 2 ** 31 - 1] }, /are not in its storage/],
  ["a negative size", { shape: [-2, 2] }, /tensor without storage, type/],
  ["a negative stride", { strides: [-2, 1] }, /tensor without storage, type/],
  ["fewer strides than sides", { strides: [1] }, /tensor without storage, type/],
  ["a shape that repeats values", { shape: [2 ** 30], strides: [0] }, /repeats to 1073741824/],
  ["more axes than PyTorch has", { shape: Array(65).fill(1), strides: Array(65).fill(1) }, /shape/],
  ["a type that is not read", { storage: "torch.ComplexFloatStorage" }, /ComplexFloatStorage/],
])("refuses %s", async (_, parts, message) => {
  expect((await errorOf(archive(oneTensor(parts)))).message).toMatch(message);
});

test.each([
  "os.system",
  "builtins.eval",
  "builtins.getattr",
  "posix.system",
  "torch.serialization.load",
  "torch.load",
  "numpy.core.multiarray._reconstruct",
  "constructor.constructor",
  "__proto__.call",
  "collections.OrderedDict.__init__",
])("does not call %s", async (name) => {
  const call = new Pickle().global(name).op("(").text("touch /tmp/inceptc").op("tR");
  expect((await errorOf(archive(call))).message).toContain(`would call "${name}"`);
  const [module = "", ...rest] = name.split(".");
  const stacked = new Pickle().text(module).text(rest.join(".")).op("\x93)R");
  expect((await errorOf(archive(stacked))).message).toContain(`would call "${name}"`);
});

test.each([
  ["a storage's type", new Pickle().global("torch.FloatStorage").op(")R"), /which is no function/],
  ["a text", new Pickle().text("os.system").op(")R"), /calls something that is no function/],
  [
    "an ordered dictionary of others",
    new Pickle().global("collections.OrderedDict").op("K\x01\x85R"),
    /of something else/,
  ],
  ["attributes of a function", new Pickle().global("torch.Size").op("}b"), /has none/],
  ["values where there are none", new Pickle().op("t"), /takes a value where there is none/],
  ["a value that was not kept", new Pickle().op("h\x07"), /reads value 7/],
  ["an instruction that data do not need", new Pickle().op("i"), /instruction 0x69 at byte 2/],
  ["a huge number", new Pickle().op("\x8b\xff\xff\xff\x7f"), /number of 2147483647 bytes|middle/],
  ["a text longer than the file", new Pickle().op("X\xff\xff\xff\x7f"), /middle of a pickle/],
  ["nothing", new Pickle().op("}"), /an empty dictionary, and no tensors by name/],
  ["a list", new Pickle().op("]"), /holds a list, and no tensors/],
  ["a key that is a list", new Pickle().op("}]Ns"), /keys are no texts or numbers/],
  ["a million lists", new Pickle().op("]0".repeat(1_000_001)), /has more than 1000000 lists/],
])("refuses a pickle with %s", async (_, pickle, message) => {
  expect((await errorOf(archive(pickle))).message).toMatch(message);
});

test("does not follow dictionaries that contain each other again and again", async () => {
  const wide = new Pickle().op("}q\x00");
  for (let level = 0; level < 12; level += 1) {
    wide.op("}");
    for (let key = 0; key < 50; key += 1)
      wide.text(`k${key}`).op(`h${String.fromCharCode(level)}s`);
    wide.op(`q${String.fromCharCode(level + 1)}`);
  }
  expect((await errorOf(archive(wide))).message).toMatch(/has more than 200000 names/);
  // A dictionary in itself.
  const cyclic = new Pickle().op("}q\x00").text("k").op("h\x00s");
  expect((await errorOf(archive(cyclic))).message).toMatch(/dictionaries in each other/);
  const deep = new Pickle().op("]".repeat(100_000)).op("a".repeat(99_999));
  expect((await errorOf(archive(deep))).message).toMatch(/holds a list/);
});

test.each([
  ["net.pt", 7],
  ["net-legacy.pt", 1],
  ["odd-legacy.pt", 1],
  ["odd-protocol-4.pt", 13],
])("a changed %s is read, or refused", async (file, step) => {
  await expectNoOtherError(file, { step });
});

test("a pickle with any bytes changed is read, or refused", async () => {
  const storages = Array.from({ length: 20 }, (_, key) => ({
    name: `odd/data/${key}`,
    bytes: new Uint8Array(96),
  }));
  const source = bytesInMemory("x", realBytes("odd.pt"));
  const pickle = (await readZip(source)).find(({ name }) => name.endsWith("data.pkl"));
  await expectNoOtherError("odd.pt", {
    step: 20,
    runs: 1000,
    part: await source.read(pickle?.start ?? 0, pickle?.end ?? 0),
    wrap: (bytes) => craftZip([{ name: "odd/data.pkl", bytes }, ...storages]),
  });
});
