/** Tests that real networks take checkpoints whose names and shapes are theirs, and that what does not fit is said. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lower } from "../../src/compiler/lower/lower.ts";
import { type StoredTensor, valueCount } from "../../src/weights/checkpoint.ts";
import { fitCheckpoint } from "../../src/weights/fit/fit-checkpoint.ts";
import { readFitted } from "../../src/weights/fit/read-fitted.ts";
import type { Naming } from "../../src/weights/names/naming.ts";
import { checkedStatements } from "../support/checked-networks.ts";
import { loadNaming, lowerNetwork } from "./load-network.ts";

/** A tensor whose value number i is i, or what `numberAt` says. */
function tensor(
  name: string,
  shape: readonly number[],
  numberAt = (index: number) => index,
): StoredTensor {
  return {
    name,
    shape,
    type: "float32",
    async *read() {
      yield Float32Array.from({ length: valueCount(shape) }, (_, index) => numberAt(index));
    },
  };
}

function listed(list: string): readonly StoredTensor[] {
  const lines = readFileSync(`test/weights/names/${list}.txt`, "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [name = "", shape = ""] = line.split(" ");
    return tensor(name, shape.split("x").map(Number));
  });
}

test("Keras' Inception-v3 fits as it is, whatever number its session began with", () => {
  const graph = lowerNetwork("inception-v3", "InceptionV3");
  const tensors = listed("keras-InceptionV3");
  const naming = loadNaming("inception-v3", "keras");
  expect(fitCheckpoint(graph, naming, { tensors }).verdict).toBe("full");
  const later = tensors.map((one) => ({
    ...one,
    name: one.name.replace(
      /^(conv2d|batch_normalization)(?:_(\d+))?\//,
      (_, base, number) => `${base}_${Number(number ?? 0) + 95}/`,
    ),
  }));
  const fit = fitCheckpoint(graph, naming, { tensors: later });
  expect(fit.verdict).toBe("full");
  expect(fit.fits.map(({ named, stored }) => [named.fullName, stored?.name])).toContainEqual([
    "stem.conv_2a.conv/kernel",
    "conv2d_96/kernel",
  ]);
});

test("timm's Inception-v4 is permuted; without one tensor it is partial, and the tensor is named", () => {
  const graph = lowerNetwork("inception-v4", "InceptionV4Timm");
  const naming = loadNaming("inception-v4", "timm");
  const tensors = listed("timm-inception_v4");
  expect(fitCheckpoint(graph, naming, { tensors }).verdict).toBe("permuted");
  const wrapped = tensors.map((one) => ({ ...one, name: `module.${one.name}` }));
  expect(fitCheckpoint(graph, naming, { tensors: wrapped }).verdict).toBe("permuted");
  const without = tensors.filter(({ name }) => name !== "features.9.branch0.bn.weight");
  const fit = fitCheckpoint(graph, naming, { tensors: without });
  expect(fit.verdict).toBe("partial");
  expect(fit.missing.map(({ fullName }) => fullName)).toEqual(["a.3.b1x1.conv.batchnorm/gamma"]);
});

test("a checkpoint with gammas does not fit a network without them: the gammas are too much", () => {
  const graph = lowerNetwork("inception-v4", "InceptionV4");
  const naming = { ...loadNaming("inception-v4", "timm"), networks: ["InceptionV4"] };
  const fit = fitCheckpoint(graph, naming, { tensors: listed("timm-inception_v4") });
  expect(fit.verdict).toBe("partial");
  expect(fit.extra).toHaveLength(149);
  expect(fit.extra.every(({ name }) => name.endsWith(".bn.weight"))).toBe(true);
});

test("torchvision's file may hold the auxiliary head that the network leaves out", () => {
  const graph = lowerNetwork("inception-v3", "InceptionV3Torchvision");
  const fit = fitCheckpoint(graph, loadNaming("inception-v3", "torchvision"), {
    tensors: listed("torchvision-inception_v3"),
  });
  expect(fit.verdict).toBe("permuted");
  expect(fit.ignored.map(({ name }) => name)).toContain("AuxLogits.fc.weight");
});

test("another network's checkpoint gives none", () => {
  const fit = fitCheckpoint(
    lowerNetwork("inception-v4", "InceptionV4Timm"),
    loadNaming("inception-v4", "timm"),
    { tensors: listed("torchvision-resnet50") },
  );
  expect(fit.verdict).toBe("none");
  expect(fit.fits).toEqual([]);
});

const plain = (style: Naming["style"], modules: Naming["modules"]): Naming => ({
  file: "test.names.json",
  name: "test",
  style,
  networks: [],
  modules,
  unused: [],
});

test("fills the gammas of a checkpoint that has none, and folds a bias that stands before normalization", async () => {
  const graph = lower(checkedStatements("conv 1x1 2 linear", "4x4x1").root);
  const tensors = [
    tensor("c/weights", [1, 1, 1, 2]),
    tensor("c/biases", [2], () => 5),
    tensor("c/BatchNorm/beta", [2]),
    tensor("c/BatchNorm/moving_mean", [2], () => 7),
    tensor("c/BatchNorm/moving_variance", [2]),
    tensor("global_step", []),
  ];
  const fit = fitCheckpoint(graph, plain("slim", { conv: "c" }), { tensors });
  expect(fit.verdict).toBe("permuted");
  const values = new Map<string, readonly number[]>();
  for (const one of fit.fits) values.set(one.named.tensor.name, [...(await readFitted(one))]);
  expect(values.get("gamma")).toEqual([1, 1]);
  expect(values.get("moving_mean")).toEqual([2, 2]);
  expect(fit.ignored.map(({ name }) => name)).toEqual(["global_step"]);
});

test("reorders the axes of PyTorch: kernels, depthwise kernels, and a dense layer behind a flattening", async () => {
  const statements =
    "dwconv 1x2 mult=2 norm=none bias=false linear -> conv 2x1 3 valid norm=none bias=false linear -> flatten -> dense 2";
  const graph = lower(checkedStatements(statements, "2x2x2").root);
  const tensors = [
    tensor("dw.weight", [4, 1, 1, 2]),
    tensor("conv.weight", [3, 4, 2, 1]),
    tensor("fc.weight", [2, 6]),
    tensor("fc.bias", [2]),
  ];
  const fit = fitCheckpoint(graph, plain("pytorch", { dwconv: "dw", conv: "conv", dense: "fc" }), {
    tensors,
  });
  expect([fit.missing, fit.mismatched, fit.extra]).toEqual([[], [], []]);
  const read = async (name: string) => {
    const one = fit.fits.find(({ named }) => named.fullName === name);
    return one && [...(await readFitted(one))];
  };
  // [1, 2, 2 channels, 2]: column w, channel c, multiplier m lies at ((c·2 + m)·1)·2 + w.
  expect(await read("dwconv/depthwise_kernel")).toEqual([0, 2, 4, 6, 1, 3, 5, 7]);
  // [2, 1, 4, 3]: row h, channel i, filter o lies at (o·4 + i)·2 + h.
  expect((await read("conv/kernel"))?.slice(0, 6)).toEqual([0, 8, 16, 2, 10, 18]);
  // 1×2×3 flattened: row (w·3 + c) of the kernel is c·2 + w of PyTorch's.
  expect(await read("dense/kernel")).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]);
});

test("leaves out the background of 1,001 classes", async () => {
  const graph = lower(checkedStatements("globalavgpool -> dense 1000", "2x2x3").root);
  const tensors = [tensor("l/weights", [1, 1, 3, 1001]), tensor("l/biases", [1001])];
  const fit = fitCheckpoint(graph, plain("slim", { dense: "l" }), { tensors });
  expect(fit.fits.map(({ steps }) => steps)).toEqual([
    ["background-dropped"],
    ["background-dropped"],
  ]);
  const [kernel = new Float32Array(), bias = new Float32Array()] = await Promise.all(
    fit.fits.map(readFitted),
  );
  expect([kernel.length, kernel[0], kernel[999], kernel[1000]]).toEqual([3000, 1, 1000, 1002]);
  expect([bias.length, bias[0], bias[999]]).toEqual([1000, 1, 1000]);
});
