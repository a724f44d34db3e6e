/** Holds receptive fields of networks that ship against real models. */
import { beforeAll, describe, expect, it } from "vitest";
import type { SourceInput } from "../../src/compiler/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { startBackend } from "../models/run-model.ts";
import { REPOSITORY } from "../support/checked-networks.ts";
import { expectFieldAsNoticed } from "./expect-field.ts";

beforeAll(startBackend);

/** A text that may import what ships. */
function sourceOf(text: string): SourceInput {
  const overlay = { path: "field.incept", text };
  return {
    path: overlay.path,
    host: createNodeHost({ cwd: REPOSITORY, root: REPOSITORY, overlay }),
  };
}

describe("a lit pixel is noticed by the cells whose field it is in, and by no other", () => {
  it("in the stem and the first blocks of Inception-v3", async () => {
    const field = await expectFieldAsNoticed(
      "v3",
      sourceOf(`import { StemV3 } from "./specs/modules/stems.incept"
import { InceptionV3A } from "./specs/modules/inception-v3.incept"
network Early {
  input 331x299x3
  stem: StemV3
  mixed_5b: InceptionV3A(pool_proj=32)
  mixed_5c: InceptionV3A(pool_proj=64)
}`),
    );
    expect(field.stride).toEqual([8, 8]);
  });

  it("in the stem and the first block of Inception-v4", async () => {
    const field = await expectFieldAsNoticed(
      "v4",
      sourceOf(`import { StemV4 } from "./specs/modules/stems.incept"
import { InceptionA } from "./specs/modules/inception-v4.incept"
network Early {
  input 299x299x3
  stem: StemV4
  a: InceptionA
}`),
    );
    expect(field.stride).toEqual([8, 8]);
  });

  it("in MobileNetV2, which pads and strides", async () => {
    const field = await expectFieldAsNoticed(
      "mobilenet-v2",
      sourceOf(`import { MobileNetV2 } from "./specs/zoo/mobilenet-v2.incept"
variant Narrow of MobileNetV2 { width 0.25 input 575x575x3 }`),
    );
    expect(field).toMatchObject({ size: [491, 491], stride: [32, 32] });
  });
});
