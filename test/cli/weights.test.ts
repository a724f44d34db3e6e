/** Tests `inceptc weights`: what it says of checkpoints that fit and of those that do not, and what it writes. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  bytesInMemory,
  openCheckpoint,
  readValues,
  singleFile,
  type TensorToWrite,
  valueCount,
  writeSafetensors,
} from "../../src/weights/index.ts";
import { collectBytes, tensorOf } from "../unit/weights/tensors.ts";
import { createFolder, runIn } from "./support/run-in-folder.ts";

const SPEC = `network Net(filters: int = 2) {
  input 4x4x1
  stem: conv 1x1 filters
  head: globalavgpool -> dense 3
}

variant Wide of Net {
  set filters = 4
}
`;

const NAMES = JSON.stringify({
  torch: {
    style: "pytorch",
    networks: ["Net", "Wide"],
    modules: { "stem.conv": "stem", "head.dense": "fc" },
  },
});

/** What PyTorch would save of a network with this many filters. */
function torchTensors(filters: number): readonly TensorToWrite[] {
  const shapes: Readonly<Record<string, readonly number[]>> = {
    "stem.conv.weight": [filters, 1, 1, 1],
    "stem.bn.weight": [filters],
    "stem.bn.bias": [filters],
    "stem.bn.running_mean": [filters],
    "stem.bn.running_var": [filters],
    "fc.weight": [3, filters],
    "fc.bias": [3],
  };
  return Object.entries(shapes).map(([name, shape]) =>
    tensorOf(
      name,
      shape,
      Float32Array.from({ length: valueCount(shape) }, (_, index) => index),
    ),
  );
}

async function createWeights(tensors: readonly TensorToWrite[], names = NAMES): Promise<string> {
  const folder = createFolder({ "net.incept": SPEC, "net.names.json": names });
  const bytes = await collectBytes(writeSafetensors(tensors, { format: "pt" }));
  writeFileSync(join(folder, "net.safetensors"), bytes);
  return folder;
}

test("inspect lists tensors, and metadata", async () => {
  const folder = await createWeights(torchTensors(2));
  const { exitCode, stdout } = await runIn(folder, ["weights", "inspect", "net.safetensors"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("net.safetensors: safetensors, 7 tensors, 19 values, 76 B");
  expect(stdout).toContain("format: pt");
  expect(stdout).toMatch(/fc\.weight +float32 +3×2 +24 B/);
  const json = await runIn(folder, ["weights", "inspect", "net.safetensors", "--json"]);
  expect(JSON.parse(json.stdout).tensors).toHaveLength(7);
});

test("check says that all fits, and exits with 0", async () => {
  const folder = await createWeights(torchTensors(2));
  const { exitCode, stdout } = await runIn(folder, [
    "weights",
    "check",
    "net.incept",
    "net.safetensors",
  ]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("permuted: every tensor fits");
  expect(stdout).toContain("7 of 7 tensors");
});

test("check exits with 1, names what is of another shape, and which network it fits", async () => {
  const folder = await createWeights(torchTensors(4));
  const { exitCode, stdout, stderr } = await runIn(folder, [
    "weights",
    "check",
    "net.incept",
    "net.safetensors",
  ]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("partial: only some tensors fit");
  expect(stdout).toContain("fc.weight is 3×4; head.dense/kernel needs 3×2");
  expect(stderr).toContain("it fits Wide: check against net.incept:Wide");
  const any = await runIn(folder, ["weights", "check", "net.incept", "net.safetensors", "--any"]);
  expect(any.exitCode).toBe(0);
  expect(any.stdout).toContain("→ Wide");
});

test("convert writes names and layout of generated code, whole or not at all", async () => {
  const folder = await createWeights(torchTensors(2));
  const args = ["weights", "convert", "net.incept", "net.safetensors", "--to", "own.safetensors"];
  const { exitCode, stdout } = await runIn(folder, args);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("wrote own.safetensors");
  const own = await openCheckpoint(
    singleFile(bytesInMemory("own", readFileSync(join(folder, "own.safetensors")))),
  );
  expect(own.metadata).toMatchObject({ network: "Net", names: "torch" });
  const kernel = own.tensors.find(({ name }) => name === "head.dense/kernel");
  expect(kernel && [...(await readValues(kernel))]).toEqual([0, 2, 4, 1, 3, 5]);

  const wrong = await runIn(folder, [
    "weights",
    "convert",
    "net.incept:Wide",
    "net.safetensors",
    "--to",
    "wide.npz",
  ]);
  expect(wrong.exitCode).toBe(1);
  expect(wrong.stderr).toContain("nothing was written");
  expect(existsSync(join(folder, "wide.npz"))).toBe(false);
});

test("convert keeps a file that is no checkpoint, and says so", async () => {
  const folder = await createWeights(torchTensors(2));
  writeFileSync(join(folder, "own.npz"), "mine");
  const args = ["weights", "convert", "net.incept", "net.safetensors", "--to", "own.npz"];
  const { exitCode, stderr } = await runIn(folder, args);
  expect(exitCode).toBe(3);
  expect(stderr).toContain("own.npz exists, and inceptc did not write it");
  expect(readFileSync(join(folder, "own.npz"), "utf8")).toBe("mine");
  expect((await runIn(folder, [...args, "--force"])).exitCode).toBe(0);
});

test("convert counts values that are no numbers", async () => {
  const tensors = torchTensors(2).map((tensor) =>
    tensor.name === "fc.bias"
      ? tensorOf("fc.bias", [3], Float32Array.of(1, Number.NaN, Number.POSITIVE_INFINITY))
      : tensor,
  );
  const folder = await createWeights(tensors);
  const { stdout } = await runIn(folder, [
    "weights",
    "convert",
    "net.incept",
    "net.safetensors",
    "--to",
    "a.npz",
  ]);
  expect(stdout).toContain("2 values are NaN or infinite, the first in head.dense/bias");
});

test.each([
  ["a missing file", ["net.incept", "none.pth"], 3, "none.pth does not exist"],
  [
    "no checkpoint",
    ["net.incept", "net.incept"],
    3,
    "net.incept is no checkpoint of a format that is read",
  ],
  [
    "names that are not there",
    ["net.incept", "net.safetensors", "--naming", "keras"],
    2,
    "there are no names called `keras`",
  ],
  [
    "a file of names that is not there",
    ["net.incept", "net.safetensors", "--names", "x.json"],
    3,
    "the file of names x.json does not exist",
  ],
  ["an unknown network", ["net.incept:Nat", "net.safetensors"], 2, "did you mean"],
])("refuses %s", async (_, args, code, message) => {
  const folder = await createWeights(torchTensors(2));
  const { exitCode, stderr } = await runIn(folder, ["weights", "check", ...args]);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(code);
});

test.each([
  ["{", "is no JSON"],
  [
    '{"a":{"style":"caffe","networks":[],"modules":{}}}',
    "whose `style` is none of pytorch, slim, keras",
  ],
  [
    '{"a":{"style":"slim","networks":["Net"],"modules":{"x":1}}}',
    "whose module `x` is neither a name nor a pair of names",
  ],
  [
    '{"a":{"style":"slim","networks":["Net"],"modules":{"stem.conv":"x{i}"}}}',
    "{i} in the name x{i} is not in its path",
  ],
])("says what is wrong with a file of names: %s", async (names, message) => {
  const folder = await createWeights(torchTensors(2), names);
  const { exitCode, stderr } = await runIn(folder, [
    "weights",
    "check",
    "net.incept",
    "net.safetensors",
  ]);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(3);
});
