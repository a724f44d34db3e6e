/** Tests that the names beside the specifications are those of the tensors in real checkpoints, with their shapes. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { nameTensors } from "../../src/weights/names/name-tensors.ts";
import { loadNaming, lowerNetwork } from "./load-network.ts";

/** Network and naming, and the list that scripts/reference/list_tensors.py made of the framework's own model. */
test.each([
  ["inception-v3:InceptionV3", "keras", "keras-InceptionV3"],
  ["inception-v3:InceptionV3Timm", "torchvision", "timm-inception_v3"],
  ["inception-v3:InceptionV3TorchvisionAux", "torchvision", "torchvision-inception_v3"],
  ["inception-v4:InceptionV4Timm", "timm", "timm-inception_v4"],
  ["inception-resnet-v2:InceptionResNetV2Timm", "timm", "timm-inception_resnet_v2"],
  ["inception-resnet-v2:InceptionResNetV2Keras", "keras", "keras-InceptionResNetV2"],
  ["resnet-50:ResNet50", "torchvision", "torchvision-resnet50"],
])("%s has the names of %s", (reference, name, list) => {
  const [file = "", network = ""] = reference.split(":");
  const naming = loadNaming(file, name);
  expect(naming.networks).toContain(network);
  const named = nameTensors(lowerNetwork(file, network), naming);
  const lines = named.map(({ storedName, layout }) => `${storedName} ${layout.shape.join("x")}`);
  const expected = readFileSync(`test/weights/names/${list}.txt`, "utf8").trimEnd().split("\n");
  expect([...lines].sort()).toEqual(expected.sort());
});

interface ConvNames {
  readonly tf: string;
  readonly torch: string;
}

const maps: Readonly<Record<string, readonly ConvNames[]>> = JSON.parse(
  readFileSync("test/weights/weight-maps.json", "utf8"),
);

/** Convolutions in the order of computation, whose names were proved by copying weights between the authors' codes. */
test.each([
  ["inception-v3:InceptionV3Slim", "slim", "inception_v3", "tf"],
  ["inception-v4:InceptionV4", "slim", "inception_v4", "tf"],
  ["inception-resnet-v2:InceptionResNetV2", "slim", "inception_resnet_v2", "tf"],
  ["inception-resnet-v2:InceptionResNetV2Facenet", "facenet", "inception_resnet_v2", "tf"],
  ["inception-resnet-v1:InceptionResNetV1Facenet", "facenet", "inception_resnet_v1", "tf"],
  [
    "inception-resnet-v1:InceptionResNetV1FacenetPytorch",
    "facenet-pytorch",
    "inception_resnet_v1",
    "torch",
  ],
] as const)("%s has the convolutions of %s", (reference, name, map, framework) => {
  const [file = "", network = ""] = reference.split(":");
  const kernel = framework === "tf" ? "/weights" : ".weight";
  const named = nameTensors(lowerNetwork(file, network), loadNaming(file, name));
  const names = named.flatMap(({ tensor, storedName }) =>
    tensor.name === "kernel" ? [storedName] : [],
  );
  const expected = maps[map]?.map((entry) => entry[framework] + kernel) ?? [];
  expect(names.slice(0, expected.length)).toEqual(expected);
});

test("slim's batch normalization lies in the scope of its convolution, and has no gamma", () => {
  const named = nameTensors(
    lowerNetwork("inception-v4", "InceptionV4"),
    loadNaming("inception-v4", "slim"),
  );
  expect(named.slice(0, 4).map(({ fullName, storedName }) => [fullName, storedName])).toEqual([
    ["stem.conv_1a.conv/kernel", "InceptionV4/Conv2d_1a_3x3/weights"],
    ["stem.conv_1a.conv.batchnorm/beta", "InceptionV4/Conv2d_1a_3x3/BatchNorm/beta"],
    ["stem.conv_1a.conv.batchnorm/moving_mean", "InceptionV4/Conv2d_1a_3x3/BatchNorm/moving_mean"],
    [
      "stem.conv_1a.conv.batchnorm/moving_variance",
      "InceptionV4/Conv2d_1a_3x3/BatchNorm/moving_variance",
    ],
  ]);
});
