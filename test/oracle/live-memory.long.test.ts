/** Holds the peak of live memory of whole networks against real runs. */
import { beforeAll, describe, expect, it } from "vitest";
import { createNodeHost } from "../../src/node/node-host.ts";
import { REPOSITORY } from "../support/checked-networks.ts";
import { measurePeaks, startCpuBackend } from "./measure-peaks.ts";

beforeAll(startCpuBackend);

describe("the peak of live memory is that of whole networks, within 5 %", () => {
  it.each([
    ["specs/inception-v4.incept", "InceptionV4", 75],
    ["specs/inception-resnet-v2.incept", "InceptionResNetV2", 75],
    ["specs/inception-v3.incept", "InceptionV3Timm", 75],
    ["specs/zoo/mobilenet-v2.incept", "MobileNetV2", 64],
    ["specs/zoo/efficientnet-b0.incept", "EfficientNetB0", 64],
    ["specs/zoo/efficientnet-v2-s.incept", "EfficientNetV2S", 64],
    ["specs/zoo/csp-darknet-53.incept", "CSPDarknet53", 64],
    ["specs/zoo/googlenet-caffe.incept", "GoogLeNetCaffe", 64],
    ["specs/zoo/convnext-t.incept", "ConvNeXtT", 64],
    ["specs/zoo/mobilenet-v3-large.incept", "MobileNetV3Large", 64],
    ["specs/zoo/se-resnet-50.incept", "SEResNet50", 64],
    ["specs/zoo/shufflenet-v2.incept", "ShuffleNetV2", 64],
    ["specs/zoo/u-net.incept", "UNet", 32],
  ])("for %s %s", async (path, network, side) => {
    const text = `import { ${network} } from "./${path}"\nvariant Small of ${network} { input ${side}x${side}x3 }\n`;
    const overlay = { path: "small.incept", text };
    const host = createNodeHost({ cwd: REPOSITORY, root: REPOSITORY, overlay });
    const { reported, real } = await measurePeaks(network, { path: overlay.path, host });
    expect(Math.abs(reported / real - 1)).toBeLessThan(0.05);
  });
});
